"""VI.1: every way of a permission × everybody of both parties and outside, from its own table of moves."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlmodel import func, select

from bot.agreement import emblem_decisions, emblem_endings
from bot.agreement.emblem_history import EmblemDeed
from bot.agreement.emblem_machine import MACHINE
from bot.agreement.emblems import EmblemStatus
from bot.agreement.errors import AgreementError
from bot.agreement.rights import RIGHTS, Role, Side
from bot.journal import Entry, Outcome
from bot.sandbox.seed import ROLES
from tests.handlers.permitting import (
    ASKERS,
    TODAY,
    begin,
    doing,
    granted,
    in_use,
    place,
    revoked,
    row,
)
from tests.office import Office

STRANGERS = ("Victor Lang", "Clara Novak")
BY_PEOPLE = [EmblemDeed(name) for name, move in MACHINE.moves.items() if move.act]


def party_of(office: Office, name: str) -> str:
    return office.who(name).team_id.removeprefix("T0").lower()


def may(office: Office, name: str, asking: str, deed: EmblemDeed) -> bool:
    """Whether somebody is to be let, restated from the rights alone."""
    act = MACHINE.moves[deed].act
    assert act is not None
    right, roles = RIGHTS[act], ROLES.get(office.id(name), ("", ()))[1]
    side = Side.INITIATING if party_of(office, name) == asking else Side.RESPONDING
    return name not in STRANGERS and side is right.side and bool({Role(role) for role in roles} & right.roles)


def tried(office: Office, name: str, deed: EmblemDeed, number: int) -> bool:
    verb, facts = doing(deed, party_of(office, name))
    try:
        office.house.secretariat.act(office.who(name), verb, request_id=number, **facts)
    except AgreementError:
        return False
    return True


@pytest.mark.parametrize("asking", ["ilo", "iom"])
@pytest.mark.parametrize("deed", BY_PEOPLE, ids=str)
def test_every_way_is_open_to_whom_it_belongs_and_to_nobody_else(
    office: Office, deed: EmblemDeed, asking: str
) -> None:
    way, number = MACHINE.moves[deed], begin(office, asking, deed)
    people = [office.slack.state.people[user_id].name for user_id in ROLES]

    wrong = []
    for source in sorted(way.sources):
        for name in (*people, *STRANGERS):
            place(office, source)
            done = tried(office, name, deed, number)
            expected = may(office, name, asking, deed)
            if done is not expected or row(office).status is not (way.target if done else source):
                wrong.append((source, name, done))

    assert wrong == []


@pytest.mark.parametrize("deed", BY_PEOPLE, ids=str)
def test_no_way_is_taken_from_where_it_does_not_begin_and_each_try_is_on_record(
    office: Office, deed: EmblemDeed
) -> None:
    number = begin(office, "ilo", deed)
    right = RIGHTS[MACHINE.moves[deed].act]  # type: ignore[index]
    # She is approver and legal officer, so that it is the status alone that stops her.
    name = ASKERS["ilo"] if right.side is Side.INITIATING else "Nadia Petrova"
    elsewhere = set(EmblemStatus) - MACHINE.moves[deed].sources - {EmblemStatus.DRAFT}

    for status in sorted(elsewhere):
        place(office, status)
        assert not tried(office, name, deed, number), status
        assert row(office).status is status

    with office.reading() as desk:
        refused = select(func.count()).select_from(Entry).where(Entry.outcome == Outcome.REFUSED)
        assert desk.session.exec(refused).one() == len(elsewhere)


@pytest.mark.parametrize("deed", BY_PEOPLE, ids=str)
def test_a_draft_is_not_there_for_the_other_party_whatever_it_tries(office: Office, deed: EmblemDeed) -> None:
    number = begin(office, "ilo", EmblemDeed.SUBMIT)
    verb, facts = doing(deed, "iom")

    for name in ("Yuki Tanaka", "Helena Costa", "Ines Martin"):
        with pytest.raises(AgreementError) as refused:
            office.house.secretariat.act(office.who(name), verb, request_id=number, **facts)
        assert type(refused.value).__name__ == "NoSuchRequest"


def test_what_was_never_in_use_needs_no_taking_down(office: Office) -> None:
    number = begin(office, "ilo", EmblemDeed.WITHDRAW)
    assert tried(office, "Mei Chen", EmblemDeed.WITHDRAW, number)

    assert not tried(office, "Mei Chen", EmblemDeed.TAKE_DOWN, number)
    assert row(office).status is EmblemStatus.WITHDRAWN


def at_once(jobs: list[Callable[[], object]]) -> Counter[str]:
    """What came of jobs that begin together, by the name of the error."""

    def outcome(job: Callable[[], object]) -> str:
        try:
            job()
        except AgreementError as error:
            return type(error).__name__
        return "done"

    with ThreadPoolExecutor(len(jobs)) as pool:
        return Counter(pool.map(outcome, jobs))


def job(office: Office, name: str, verb: Any, **facts: Any) -> Callable[[], object]:
    return lambda: office.house.secretariat.act(office.who(name), verb, **facts)


def decided_once(office: Office) -> None:
    number = begin(office, "ilo", EmblemDeed.APPROVE)
    yes = {"request_id": number, "status": EmblemStatus.APPROVED, "version": 1}
    no = {"request_id": number, "status": EmblemStatus.REFUSED, "reason": "No."}
    pair = [
        job(office, "Yuki Tanaka", emblem_decisions.decide, **yes),
        job(office, "Nadia Petrova", emblem_decisions.decide, **no),
    ]

    assert at_once(pair * 10) == {"done": 1, "AlreadyDecided": 19}
    assert row(office).status in (EmblemStatus.APPROVED, EmblemStatus.REFUSED)


def revoked_or_changed_once(office: Office) -> None:
    number = in_use(office)
    revoke = {"request_id": number, "reason": "Misused.", "effect_on": TODAY}
    pair = [
        job(office, "Yuki Tanaka", emblem_endings.revoke, **revoke),
        job(office, "Mei Chen", emblem_endings.change_material, request_id=number, text="Other words"),
    ]

    assert at_once(pair * 10) == {"done": 1, "EmblemMovedOn": 19}
    assert row(office).status in (EmblemStatus.REVOKED, EmblemStatus.SUBMITTED)


def taken_down_once(office: Office) -> None:
    number = revoked(office)
    again = {"request_id": number, "reason": "Again.", "effect_on": TODAY}
    pair = [
        job(office, "Mei Chen", emblem_endings.take_down, request_id=number, down_on=TODAY),
        job(office, "Nadia Petrova", emblem_endings.revoke, **again),
    ]

    assert at_once(pair * 10) == {"done": 1, "EmblemMovedOn": 19}
    assert row(office).status is EmblemStatus.TAKEN_DOWN


RACES = [decided_once, revoked_or_changed_once, taken_down_once]


@pytest.mark.parametrize("race", RACES)
def test_twenty_at_once_move_a_permission_once(office: Office, race: Callable[[Office], None]) -> None:
    race(office)


@pytest.mark.postgres
@pytest.mark.parametrize("race", RACES)
def test_twenty_at_once_move_a_permission_once_on_postgresql(
    office_on_postgres: Office, race: Callable[[Office], None]
) -> None:
    race(office_on_postgres)


def test_the_second_to_revoke_is_told_who_was_first_and_when(office: Office) -> None:
    granted(office)
    office.click("Yuki Tanaka", "emblems.revoke")
    office.click("Nadia Petrova", "emblems.revoke")
    office.submit("Yuki Tanaka", {"reason": "Misused.", "effect_on": TODAY})
    office.submit("Nadia Petrova", {"reason": "Misused, too.", "effect_on": TODAY})

    told = str(office.modal("Nadia Petrova"))
    assert "the approval was revoked by Yuki Tanaka (IOM) on Monday 23 November 2026" in told
