"""IV.6-3: people who act at the same instant have one outcome, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest

from bot.agreement.events import Event
from bot.agreement.follow_ups import Waiting
from bot.agreement.ledger import NothingToSay
from bot.agreement.meeting_cadence import alert, to_be_alerted
from bot.agreement.meeting_dates import AlreadyAgreed, DateAgreed, MeetingFixed, agree
from bot.agreement.meeting_follow_ups import ask_agree, ask_held, come_near
from bot.agreement.meetings import DateFixed
from bot.agreement.people import Refusal
from tests.handlers.meeting_days import agree as agree_by_form
from tests.handlers.meeting_days import meeting, offered, propose, refused
from tests.office import ZURICH, Office


@pytest.fixture(params=["office", pytest.param("office_on_postgres", marks=pytest.mark.postgres)])
def both(request: pytest.FixtureRequest) -> Office:
    """The same house on each database, with a meeting that waits for its date."""
    office: Office = request.getfixturevalue(request.param)
    propose(office)
    return office


def at_once(office: Office, *names: str) -> list[Event | Refusal]:
    """What comes of it when all of them agree to the first time in the same instant."""
    facts = {"meeting_id": meeting(office).key, "round": 1, "slot_id": offered(office)[0], "purposes": []}

    def act(name: str) -> Event | Refusal:
        try:
            return office.house.secretariat.act(office.who(name), agree, **facts)
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(names)) as pool:
        found = list(pool.map(act, names))
    office.deliver()
    return found


def kinds(found: list[Event | Refusal]) -> list[str]:
    return sorted(type(each).__name__ for each in found)


def test_both_sides_at_once_fix_the_date_once(both: Office) -> None:
    found = at_once(both, "Amina Diallo", "Helena Costa")

    assert kinds(found) == [DateAgreed.__name__, MeetingFixed.__name__]
    assert meeting(both).starts_at is not None


def test_two_of_one_side_at_once_agree_once(both: Office) -> None:
    found = at_once(both, "Amina Diallo", "Pierre Favre")

    assert kinds(found) == [AlreadyAgreed.__name__, DateAgreed.__name__]
    assert len(refused(both)) == 1


def test_two_who_would_complete_the_agreement_at_once_fix_it_once(both: Office) -> None:
    agree_by_form(both, "Amina Diallo", 0, [])

    found = at_once(both, "Helena Costa", "Omar Haddad")

    assert kinds(found) == [DateFixed.__name__, MeetingFixed.__name__]
    (refusal,) = [each for each in found if isinstance(each, DateFixed)]
    assert refusal.by in ("Helena Costa", "Omar Haddad")


def test_what_a_slower_clock_would_say_of_a_case_that_moved_on_is_left_unsaid(office: Office) -> None:
    propose(office)
    row = meeting(office)
    near = Waiting(f"meeting:{row.key}", "meeting_near", office.today, "P1D", office.today, ())
    for verb in (come_near, ask_held):
        with pytest.raises(NothingToSay):
            office.act(None, verb, waiting=near)

    for name in ("Amina Diallo", "Helena Costa"):
        agree_by_form(office, name, 0, [])
    past = Waiting(near.subject, near.kind, date(2026, 11, 20), "P1D", office.today, ())

    with pytest.raises(NothingToSay):
        office.act(None, ask_agree, waiting=near)
    with pytest.raises(NothingToSay):
        office.act(None, come_near, waiting=past)


def test_a_place_is_told_once_by_however_many_clocks(office: Office) -> None:
    office.clock.move_to(datetime(2027, 6, 24, 10, tzinfo=ZURICH))
    with office.reading() as desk:
        (due,) = to_be_alerted(desk)
    office.act(None, alert, due=due)

    with pytest.raises(NothingToSay):
        office.act(None, alert, due=due)
