"""What a party delegated is of no use to whoever went over to the other party."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.agreement import emblems
from bot.agreement.approvers import delegate_approval
from bot.agreement.emblem_decisions import decide
from bot.agreement.emblems import EmblemStatus
from bot.agreement.people import NotMandated, Person, holders
from bot.agreement.rights import Role
from tests.handlers import permitting
from tests.office import Office


def moved(office: Office, name: str) -> None:
    """The roster of IOM names somebody whom the ILO's named before."""
    with office.database.writing() as session:
        person = session.exec(select(Person).where(Person.name == name)).one()
        person.party = "iom"
        session.add(person)


def delegated(office: Office) -> int:
    """Mei Chen approves for Jonas Weber of the ILO; a request of the ILO waits for IOM."""
    weber, chen = office.person("Jonas Weber").key, office.person("Mei Chen").key
    days = {"first_day": office.today, "last_day": office.today + timedelta(days=9)}
    office.act("Jonas Weber", delegate_approval, approver_id=weber, delegate_id=chen, **days)
    facts = {"owner": "iom", "channel_id": permitting.LIAISON, "use": permitting.USE}
    event = office.act("Amina Diallo", emblems.request, **facts)
    return int(event.subject.rpartition(":")[2])


@pytest.mark.parametrize("gone", [("Mei Chen",), ("Jonas Weber", "Mei Chen")])
def test_vi_1_a_delegate_who_went_over_decides_nothing_for_the_other_party(
    office: Office, gone: tuple[str, ...]
) -> None:
    number = delegated(office)
    for name in gone:
        moved(office, name)

    with pytest.raises(NotMandated):
        office.act("Mei Chen", decide, request_id=number, status=EmblemStatus.APPROVED, version=1)


def test_vi_1_a_delegate_of_an_approver_who_went_over_holds_nothing(office: Office) -> None:
    delegated(office)
    moved(office, "Jonas Weber")

    with office.reading() as desk:
        found = holders(desk.session, "ilo", frozenset({Role.EMBLEM_APPROVER}), office.today)
    assert [person.name for person in found] == []
