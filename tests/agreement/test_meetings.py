"""IV.6-3: people who act at the same instant have one outcome, on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.agreement.events import Event
from bot.agreement.meeting_dates import AlreadyAgreed, DateAgreed, MeetingFixed, agree
from bot.agreement.meetings import DateFixed
from bot.agreement.people import Refusal
from tests.handlers.meeting_days import agree as agree_by_form
from tests.handlers.meeting_days import meeting, offered, propose, refused
from tests.office import Office


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
