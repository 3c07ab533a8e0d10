"""What the commonest things cost in statements, so that whoever adds one notices.

The bounds are what it takes today. A routine that needs more changes the number here, and says why; what holds
for one state of the record is better asked through `Secretariat.asked` or `remembered`, and what several
questions need is better read once (`at_hand`). On SQLite the beginning of a transaction is a statement, too.
"""

from collections.abc import Callable
from datetime import datetime

import pytest

from bot.agreement.acknowledgements import acknowledge
from bot.agreement.exchanges import Classification, share
from bot.running import ticking
from schedules.timetable import run_due
from tests.counting import asked
from tests.office import ZURICH, Office

EMPTY = 6
"""Begin and look where the record ends; embargoes, which end at an instant; lanes in trouble, which are not in the
journal; begin and note that the clock has ticked."""
LOOKING = 23
"""The same, and each question once: one statement each, but for emblems (2) and approvers, who need capacities,
approvers, delegations, absences and gaps (5)."""
ONE_DUE = LOOKING + 18
"""The same, and on a day for digests what is new for one (5), and whether an older copy was put back; then begin,
look, the share and its mark, whom it concerns (3), its line in the journal, its lane and its letter;
begin and look anew for what comes last."""
ACKNOWLEDGE = 13
"""Begin, look, who it is; the share, its mark, the line in the journal; for the card its places, channel, author
and replies, and the card; for the thanks the lane and the letter."""
STATUS = 2
"""Begin and look where the record ends: the rest is remembered."""
STATUS_AFRESH = 11
"""The same, and once for each state of the record: who asks, and what the overview shows."""


def tick(office: Office) -> Callable[[], None]:
    """The whole tick as the clock's process does it."""
    return ticking(office.house, lambda: run_due(office.house.secretariat), office.health)


def tell(office: Office) -> int:
    """Something is shared in the global channel; returns its number."""
    facts = {"title": "A fund", "summary": "It opens.", "area": "A-COOP", "channel_id": "C0LIAISON"}
    event = office.act("Mei Chen", share, classification=Classification.PUBLIC, **facts)
    return int(event.facts()["exchange_id"])


def test_a_tick_after_which_nothing_was_journalled_asks_only_what_the_journal_does_not_tell(
    office: Office,
) -> None:
    once = tick(office)
    once()
    once()

    with asked(office) as statements:
        once()

    assert len(statements) <= EMPTY, statements


def test_a_tick_after_something_was_journalled_asks_every_question_once(office: Office) -> None:
    once = tick(office)
    once()
    tell(office)

    with asked(office) as statements:
        once()

    assert len(statements) <= LOOKING, statements


def test_a_tick_in_which_one_thing_is_due_adds_what_it_takes_to_say_it(office: Office) -> None:
    tell(office)
    office.clock.move_to(datetime(2026, 11, 30, 10, tzinfo=ZURICH))
    office.health.beat("clock")
    said: list[int] = []
    once = ticking(office.house, lambda: said.append(run_due(office.house.secretariat)), office.health)

    with asked(office) as statements:
        once()

    assert said == [1]
    assert len(statements) <= ONE_DUE, statements


def test_an_acknowledgement_costs_the_act_its_line_and_its_words(office: Office) -> None:
    number = tell(office)

    with asked(office) as statements:
        office.house.secretariat.act(office.who("Helena Costa"), acknowledge, exchange_id=number)

    assert len(statements) <= ACKNOWLEDGE, statements


@pytest.mark.parametrize(
    ("again", "bound"), [(False, STATUS_AFRESH), (True, STATUS)], ids=["afresh", "again"]
)
def test_the_status_is_worked_out_once_for_each_state_of_the_record(
    office: Office, again: bool, bound: int
) -> None:
    tell(office)
    if again:
        office.command("Helena Costa", "/agreement status")

    with asked(office, here=False) as statements:
        office.command("Helena Costa", "/agreement status")

    assert len(statements) <= bound, statements
