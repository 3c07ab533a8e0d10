"""What follows from what people did: planned on working days, said once, late if need be, dropped in time."""

from datetime import date, datetime

import pytest

from bot.agreement import follow_ups
from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.agreement.follow_ups import Waiting, foresee, mark_followed_up, to_be_said
from bot.agreement.ledger import NothingToSay
from tests.office import ZURICH, Office

CASE, KIND = "case:7", "case_near"
EASTER_MONDAY = date(2027, 3, 29)


def plan(desk: Desk, *, due_on: date, steps: tuple[str, ...]) -> Event:
    foresee(desk, CASE, KIND, due_on, steps)
    return Event(clause="IV.6-3", subject=CASE)


def said(desk: Desk, *, waiting: Waiting) -> Event:
    mark_followed_up(desk, waiting)
    return Event(clause="IV.6-3", subject=CASE)


def give_up(desk: Desk) -> Event:
    follow_ups.drop(desk.session, CASE, KIND)
    return Event(clause="IV.6-3", subject=CASE)


def planned(office: Office, until: date = date.max) -> list[Waiting]:
    with office.reading() as desk:
        return to_be_said(desk.session, until)


@pytest.mark.parametrize(
    ("due_on", "step", "on"),
    [
        (date(2027, 2, 3), "P7D", date(2027, 1, 27)),
        (date(2027, 4, 5), "P7D", date(2027, 3, 25)),
        (EASTER_MONDAY, "P0D", date(2027, 3, 25)),
        (date(2027, 3, 25), "+P1D", date(2027, 3, 30)),
    ],
    ids=["a working day", "the last working day before", "a holiday itself", "the first working day after"],
)
def test_a_step_on_a_closed_day_moves_to_a_working_day(
    office: Office, due_on: date, step: str, on: date
) -> None:
    office.act(None, plan, due_on=due_on, steps=(step,))

    assert [waiting.planned_for for waiting in planned(office)] == [on]


def test_a_step_whose_day_has_come_is_not_planned_and_none_is_planned_twice(office: Office) -> None:
    steps = ("P30D", "P7D", "P7D")

    office.act(None, plan, due_on=date(2026, 12, 8), steps=steps)
    office.act(None, plan, due_on=date(2026, 12, 8), steps=steps)

    (waiting,) = planned(office)
    assert (waiting.step, len(waiting.rows)) == ("P7D", 1)


def test_steps_that_were_missed_are_said_as_one_and_only_once(office: Office) -> None:
    office.act(None, plan, due_on=date(2027, 2, 3), steps=("P30D", "P7D"))
    office.clock.move_to(datetime(2027, 2, 1, 10, tzinfo=ZURICH))
    (waiting,) = planned(office, office.today)

    with office.reading() as desk:
        assert to_be_said(desk.session, date(2027, 1, 4))[0].rows == waiting.rows[:1]
    office.act(None, said, waiting=waiting)

    assert (waiting.step, len(waiting.rows)) == ("P7D", 2)
    assert planned(office) == []
    with pytest.raises(NothingToSay):
        office.act(None, said, waiting=waiting)


def test_what_is_beside_the_point_is_said_no_more(office: Office) -> None:
    office.act(None, plan, due_on=date(2027, 2, 3), steps=("P7D",))

    office.act(None, give_up)

    assert planned(office) == []


def test_what_took_the_number_of_a_dropped_step_is_not_said_in_its_place(office: Office) -> None:
    """SQLite gives the number of a row that was deleted to the next one."""
    office.act(None, plan, due_on=date(2026, 12, 8), steps=("P7D",))
    office.clock.move_to(datetime(2026, 12, 2, 10, tzinfo=ZURICH))
    (waiting,) = planned(office, office.today)
    office.act(None, give_up)
    office.act(None, plan, due_on=date(2027, 2, 3), steps=("P7D",))

    (new,) = planned(office)
    assert new.rows == waiting.rows
    with pytest.raises(NothingToSay):
        office.act(None, said, waiting=waiting)

    assert planned(office) == [new]
