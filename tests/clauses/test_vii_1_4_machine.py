"""VII.1-4: every way a room may go, tried by everybody of both parties."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.agreement import renewal_decisions
from bot.agreement.people import NotMandated, Refusal
from bot.agreement.renewal_rooms import (
    MACHINE,
    NoSuchRenewal,
    RenewalStatus,
)
from bot.agreement.rights import RIGHTS, Act
from bot.sandbox.seed import ROLES
from tests.clauses.renewing import (
    DECISION,
    decide,
    house,
    prepare,
    ready,
    rooms,
)
from tests.office import Office, Servers


@pytest.fixture
def office(tmp_path: Path, servers: Servers) -> Iterator[Office]:
    """Both organisations on Monday 5 August 2030, some days before the last day for a notice."""
    with house(tmp_path, servers, date(2030, 8, 5)) as made:
        yield made


def untouched(_: Office) -> None:
    """Nobody has been in the room."""


STATES = {
    RenewalStatus.OPEN: untouched,
    RenewalStatus.PREPARED: prepare,
    RenewalStatus.DECIDED: decide,
    RenewalStatus.READY: ready,
}


VERBS: dict[str, tuple[Any, Act]] = {
    "prepare": (renewal_decisions.prepare, Act.PREPARE_RENEWAL),
    "decide": (renewal_decisions.decide, Act.DECIDE_RENEWAL),
    "release": (renewal_decisions.release, Act.DECIDE_RENEWAL),
    "take_back": (renewal_decisions.take_back, Act.DECIDE_RENEWAL),
}


def facts_for(verb: str, party: str, seen: int) -> dict[str, Any]:
    through = {"through": party}
    if verb in ("prepare", "decide"):
        return {**DECISION, "seen": seen, **through}
    return {"room_id": 1, **({"seen": seen} if verb == "release" else {}), **through}


def tried(office: Office, name: str, verb: str, facts: dict[str, Any]) -> type[Refusal] | None:
    """How an act is refused, if it is."""
    try:
        office.act(name, VERBS[verb][0], **facts)
    except Refusal as refusal:
        return type(refusal)
    return None


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", VERBS)
def test_vii_1_4_every_transition_for_every_role_of_both_parties(
    office: Office, state: RenewalStatus, verb: str
) -> None:
    STATES[state](office)
    mine = rooms(office).get("ilo")
    for user_id in ROLES:
        person = office.slack.state.people[user_id]
        party = person.team_id.removeprefix("T0").lower()
        if party == "ilo" and may(user_id, verb):
            continue
        refused = tried(office, person.name, verb, facts_for(verb, party, mine.version if mine else 0))
        if not may(user_id, verb):
            assert refused is NotMandated, person.name
        elif verb in ("release", "take_back"):
            assert refused is NoSuchRenewal, person.name
        # What IOM's own people prepare and decide is in a room of their own.
        assert rooms(office).get("ilo") == mine
    assert_own(office, state, verb)


def may(user_id: str, verb: str) -> bool:
    return bool(RIGHTS[VERBS[verb][1]].roles & set(ROLES[user_id][1]))


def assert_own(office: Office, state: RenewalStatus, verb: str) -> None:
    """The own signatory goes the way where there is one, and is refused where there is none."""
    known = rooms(office).get("ilo")
    facts = facts_for(verb, "ilo", known.version if known else 0)
    if state in MACHINE.moves[verb].sources and (known or verb in ("prepare", "decide")):
        office.act("Amina Diallo", VERBS[verb][0], **facts)
        assert rooms(office)["ilo"].status is MACHINE.moves[verb].target
    else:
        with pytest.raises(Refusal):
            office.act("Amina Diallo", VERBS[verb][0], **facts)


@given(st.lists(st.sampled_from(sorted(MACHINE.moves)), max_size=12))
@settings(deadline=None)
def test_vii_1_4_no_way_shows_a_decision_that_one_side_did_not_release(way: list[str]) -> None:
    status, released = RenewalStatus.OPEN, False
    for name in way:
        move = MACHINE.moves[name]
        if status in move.sources:
            status, released = move.target, name == "release" or (released and name == "show")
    assert status is not RenewalStatus.RELEASED or released


def test_vii_1_4_without_a_signatory_nothing_is_released() -> None:
    without = frozenset(name for name, move in MACHINE.moves.items() if move.act is Act.DECIDE_RENEWAL)

    assert MACHINE.reachable(without=without) == {
        RenewalStatus.OPEN,
        RenewalStatus.PREPARED,
        RenewalStatus.DISCLOSED,
    }
    assert MACHINE.final == {RenewalStatus.RELEASED, RenewalStatus.DISCLOSED}
