"""IV.1: what is not acknowledged is mentioned again, more and more rarely, and then shown as open."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import select

from bot.agreement.catching_up import in_order
from bot.agreement.exchanges import Classification, Exchange, share
from schedules import exchanges
from schedules.timetable import PASSING, run, speaking
from tests.office import ZURICH, Office, words_of

LIAISON, KENYA = "ilo-iom-liaison", "C0KENYA"


@pytest.fixture
def shared(office: Office) -> Office:
    """The ILO shared something in the global channel on Monday 23 November 2026."""
    tell(office, "Mei Chen", "C0LIAISON")
    return office


def tell(office: Office, name: str, channel_id: str, **changes: Any) -> None:
    facts = {
        "title": "Labour mobility fund",
        "summary": "A new fund opens in March.",
        "area": "A-COOP",
        "classification": Classification.PUBLIC,
    }
    office.act(name, share, channel_id=channel_id, **{**facts, **changes})


def nudged(office: Office, name: str) -> list[str]:
    return [said["text"] for said in office.direct(name) if "has not acknowledged it yet" in said["text"]]


@pytest.mark.parametrize(
    ("day", "contact_point", "alternate"),
    [
        (date(2026, 11, 27), 0, 0),
        (date(2026, 11, 30), 1, 0),
        (date(2026, 12, 14), 2, 1),
        (date(2027, 1, 8), 2, 1),
        (date(2027, 2, 26), 3, 2),
    ],
    ids=str,
)
def test_an_acknowledgement_is_asked_for_with_growing_pauses_and_from_the_second_time_of_the_alternate_too(
    shared: Office, day: date, contact_point: int, alternate: int
) -> None:
    """Five working days, then ten, then twenty, and never after that."""
    shared.pass_to(day)

    assert len(nudged(shared, "Helena Costa")) == contact_point
    assert len(nudged(shared, "Omar Haddad")) == alternate
    assert not nudged(shared, "Amina Diallo")


def test_in_a_country_channel_the_field_focal_point_is_asked_too(office: Office) -> None:
    tell(office, "Samuel Otieno", KENYA)

    office.pass_to(date(2026, 11, 30))

    assert len(nudged(office, "Grace Wanjiru")) == 1
    assert not nudged(office, "Samuel Otieno")


def test_nobody_is_asked_outside_working_hours(shared: Office) -> None:
    shared.clock.move_to(datetime(2026, 11, 30, 17, 30, tzinfo=ZURICH))

    assert run(shared.house.secretariat, [speaking(exchanges.due)]) == 0
    assert not nudged(shared, "Helena Costa")


def test_a_second_clock_asks_nothing_again(shared: Office) -> None:
    shared.clock.move_to(datetime(2026, 11, 30, 10, tzinfo=ZURICH))

    assert run(shared.house.secretariat, [speaking(exchanges.due)]) == 1
    assert run(shared.house.secretariat, [speaking(exchanges.due)]) == 0


def test_a_clock_that_looked_before_another_one_spoke_asks_nothing_again(shared: Office) -> None:
    shared.clock.move_to(datetime(2026, 11, 30, 10, tzinfo=ZURICH))
    with shared.reading() as desk:
        deeds = in_order(exchanges.due(desk))

    counts = [len(shared.house.secretariat.act_together(deeds, PASSING)) for _ in range(2)]

    assert counts == [1, 0]


def test_after_weeks_of_silence_of_the_clock_one_nudge_is_sent(shared: Office) -> None:
    shared.clock.move_to(datetime(2027, 3, 1, 10, tzinfo=ZURICH))

    shared.tick()
    shared.tick()

    assert len(nudged(shared, "Helena Costa")) == 1


def test_what_is_acknowledged_is_not_mentioned_again_and_the_nudge_itself_says_so(shared: Office) -> None:
    shared.pass_to(date(2026, 11, 30))

    shared.click("Helena Costa", "exchanges.acknowledge", where="direct")
    shared.pass_to(date(2026, 12, 21))

    assert not nudged(shared, "Omar Haddad")
    card, former_nudge = shared.direct("Helena Costa")
    for message in (card, former_nudge, *shared.channel(LIAISON)[:1]):
        assert "*Acknowledged* by Helena Costa (IOM)" in words_of([message])
        assert "exchanges.acknowledge" not in str(message["blocks"])


def test_after_the_last_nudge_the_next_prompt_shows_it_as_open(shared: Office) -> None:
    shared.pass_to(date(2027, 4, 9))

    january, april = (said for said in shared.channel(LIAISON) if "anything to share" in said["text"])
    assert "not acknowledged yet" not in words_of([january])
    assert "2026/1 “Labour mobility fund”, shared by ILO on Monday 23 November 2026" in words_of([april])
    assert "IOM has not acknowledged it" in words_of([april])


def test_the_last_nudge_says_that_it_is_the_last(shared: Office) -> None:
    shared.pass_to(date(2027, 1, 29))

    first, second, third = (
        words_of([said]) for said in shared.direct("Helena Costa") if "acknowledged it yet" in said["text"]
    )
    assert "reminder, so the alternate" not in first
    assert "This is the second reminder, so the alternate contact points are told as well." in second
    assert "It is the last one" in third
    with shared.reading() as desk:
        assert desk.session.exec(select(Exchange)).one().nudge_on is None
