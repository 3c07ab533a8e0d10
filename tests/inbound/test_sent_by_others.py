"""Every act, sent in byte by byte by somebody to whom it does not belong: refused, and without effect."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from bot.agreement.people import Person
from bot.journal import Entry, Outcome
from tests.inbound.acts import knock
from tests.inbound.counting import trace
from tests.inbound.sending import Act, Body
from tests.inbound.test_inbound_once import ACTS
from tests.knocking import user
from tests.office import Office

PARTIES = ("ilo", "iom")
OTHERS = ("Ravi Menon", "Ines Martin", "Clara Novak", "Victor Lang")
"""The administrators of both parties, somebody whom no roster names, and somebody of a third organisation."""
NOT_STEWARDS = ("Jonas Weber", "Yuki Tanaka", *OTHERS[2:])
"""The same for acts on personal data, which belong to the administrators of the example: they are its stewards."""
OF_STEWARDS = "project_data."
OWN = frozenset(
    {
        "amendments.change",
        "amendments.new",
        "amendments.drop",
        "amendments.correct",
        "amendments.propose",
        "emblems.draft",
        "emblems.drop_draft",
    }
)
"""What is done to a draft: the other party is told that there is no such thing, which is no refusal to record."""


def sent_by(payload: Body, who: dict[str, str]) -> Body:
    return {**json.loads(json.dumps(payload)), "user": who, "team": {"id": who["team_id"]}}


def refusals(office: Office) -> list[str]:
    with office.reading() as desk:
        query = select(Entry.subject).where(Entry.outcome == Outcome.REFUSED).order_by(col(Entry.id))
        return list(desk.session.exec(query).all())


def ends(office: Office, who: dict[str, str]) -> None:
    with office.database.writing() as session:
        mine = (col(Person.user_id) == who["id"]) & (col(Person.team_id) == who["team_id"])
        session.exec(update(Person).where(mine).values(valid_until=office.today - timedelta(days=1)))


@pytest.mark.parametrize("act", ACTS, ids=str)
def test_nobody_sends_it_in_the_place_of_whoever_may(office: Office, act: Act) -> None:
    payload = act.ready(office)
    own, other = payload["user"], "T0IOM" if payload["user"]["team_id"] == "T0ILO" else "T0ILO"
    before, said = trace(office), []

    others = NOT_STEWARDS if act.door.startswith(OF_STEWARDS) else OTHERS
    for who in (*(user(office, name) for name in others), {**own, "team_id": other}):
        known = len(refusals(office))
        for party in PARTIES:
            knock(office, party, sent_by(payload, who))
        said.append(set(refusals(office)[known:]))
    ends(office, own)
    known = len(refusals(office))
    for party in PARTIES:
        knock(office, party, payload)

    assert trace(office) == before
    unaware = {PARTIES.index(other.removeprefix("T0").lower())} if act.door in OWN else set()
    assert [number for number, found in enumerate(said) if not found] == list(unaware)
    assert said[2:] == [{"not_on_roster"}, {"from_third_organisation"}, {"not_on_roster"}]
    assert set(refusals(office)[known:]) == {"not_serving"}
