"""Every word of every command × everybody: who may is served, who may not is refused, and that is on record."""

import pytest
from sqlmodel import func, select

from bot.journal import Entry, Outcome
from bot.sandbox.seed import ROLES
from handlers.doors import COMMANDS
from tests.handlers.offered import (
    ANSWERING_NOTICE,
    DESIGNATING,
    DRAFTING,
    EVERYBODY,
    GIVING_NOTICE,
    RECEIVING,
    SUBSTANCE,
    TREATY,
)
from tests.office import Office

NOBODY: frozenset[str] = frozenset()
NEEDS = {
    ("/communication", "draft"): DRAFTING,
    ("/communication", "event"): DRAFTING,
    ("/contacts", "designate"): DESIGNATING,
    ("/contacts", "handover"): DESIGNATING | RECEIVING,
    ("/emblem", "mention"): SUBSTANCE,
    ("/emblem", "request"): SUBSTANCE,
    ("/emblem", "delegate"): frozenset({"contact_point", "emblem_approver"}),
    ("/exchange", "consult"): SUBSTANCE,
    ("/exchange", "matter"): SUBSTANCE,
    ("/exchange", "share"): SUBSTANCE,
    # Without an arrangement in force nobody sends anything restricted (IV.2-3); with one, see test_restricted.
    ("/exchange", "restricted"): NOBODY,
    ("/instrument", "add"): TREATY,
    ("/meeting", "announce"): SUBSTANCE,
    # Without a number nobody is shown one, and each try is on record: a wrong number may be a search (IV.4).
    ("/meeting", "invitation"): NOBODY,
    ("/meeting", "propose"): RECEIVING,
    ("/termination", "notice"): GIVING_NOTICE,
    ("/termination", "receipt"): ANSWERING_NOTICE,
    ("/termination", "withdraw"): ANSWERING_NOTICE,
    ("/termination", "renewal"): TREATY,
    ("/workplan", "add"): SUBSTANCE,
    ("/workplan", "adopt"): frozenset({"contact_point", "signatory"}),
    ("/workplan", "export"): SUBSTANCE,
    ("/workplan", "import"): SUBSTANCE,
    ("/workplan", "update"): SUBSTANCE,
}
"""What takes more than being designated: the capacities any of which is enough."""
FOR_ANYBODY = {(command, "help") for command in COMMANDS} - {("/agreement", "help")}
"""What says only what a command does."""
WORDS = [(command, word) for command, doors in COMMANDS.items() for word in doors]
STRANGERS = ("Clara Novak",)
WITHOUT_CHANNEL = {("/meeting", "propose"): {"Anan Srisai", "Linh Tran"}}
"""Focal points act for their own place, and Bangkok has no shared channel yet."""


def refusals(office: Office) -> int:
    with office.reading() as desk:
        refused = select(func.count()).select_from(Entry).where(Entry.outcome == Outcome.REFUSED)
        return desk.session.exec(refused).one()


def expected(office: Office, name: str, asked: tuple[str, str]) -> bool:
    """Whether somebody is to be refused."""
    if name in WITHOUT_CHANNEL.get(asked, ()):
        return True
    held = set(ROLES.get(office.id(name), ("", ()))[1])
    return asked not in FOR_ANYBODY and not held & NEEDS.get(asked, EVERYBODY)


@pytest.mark.parametrize("asked", WORDS, ids=[" ".join(each).strip() for each in WORDS])
def test_every_word_of_every_command_for_everybody(office: Office, asked: tuple[str, str]) -> None:
    people = [office.slack.state.people[user_id].name for user_id in ROLES]

    wrong = []
    for name in (*people, *STRANGERS):
        before = refusals(office)
        reply = office.slack.command(office.id(name), "C0LIAISON", asked[0], asked[1])
        refused = refusals(office) > before
        office.slack.close_modal(office.id(name))
        if reply.error or refused is not expected(office, name, asked):
            wrong.append((name, reply.error, refused))

    assert wrong == []


@pytest.mark.parametrize("command", COMMANDS)
def test_a_third_organisation_has_no_command_at_all(office: Office, command: str) -> None:
    reply = office.slack.command(office.id("Victor Lang"), "C0LIAISON", command, "help")

    assert reply.error


def test_what_is_needed_is_said_of_words_that_there_are() -> None:
    assert {*NEEDS, *FOR_ANYBODY} <= set(WORDS)
