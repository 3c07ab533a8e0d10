"""IV.4: a party's own meeting, before anybody is invited to it, does not pass through the other party's app."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.agreement.invitation_entries import announce_meeting
from bot.agreement.invitations import AnnouncedElsewhere
from tests.handlers.test_menu import OWN_MEETING
from tests.office import Office, Servers, words_of

FACTS = {"channel_id": "C0LIAISON", "meeting": OWN_MEETING}


@pytest.fixture
def office_of_one(tmp_path: Path, servers: Servers) -> Iterator[Office]:
    """Only the ILO has the app."""
    with Office(tmp_path, f"sqlite:///{tmp_path / 'comity.db'}", servers, parties=("ilo",)) as made:
        yield made.move_in()


def test_iv_4_an_own_meeting_is_not_taken_through_the_other_partys_app(office_of_one: Office) -> None:
    with pytest.raises(AnnouncedElsewhere):
        office_of_one.act("Helena Costa", announce_meeting, **FACTS, through="ilo")


def test_iv_4_of_an_own_meeting_nothing_is_said_through_the_other_partys_app(office_of_one: Office) -> None:
    office_of_one.act("Helena Costa", announce_meeting, **FACTS, through="iom")
    office_of_one.pass_to(date(2026, 12, 14))

    people = ("Helena Costa", "Omar Haddad", "Amina Diallo")
    assert OWN_MEETING.title not in "".join(words_of(office_of_one.direct(name)) for name in people)


def test_iv_4_with_an_app_of_its_own_the_party_is_asked_by_it(office: Office) -> None:
    office.act("Helena Costa", announce_meeting, **FACTS, through="iom")
    office.deliver()

    assert OWN_MEETING.title in words_of(office.direct("Helena Costa"))
    assert OWN_MEETING.title not in words_of(office.direct("Amina Diallo"))
