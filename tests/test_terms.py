"""The words for statuses and kinds, and the sentences for refusals: all there, none left over."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from importlib import import_module
from pkgutil import walk_packages

import pytest

from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.people import (
    FromThirdOrganisation,
    NotMandated,
    NotOnRoster,
    NotServing,
    Refusal,
    WrongSide,
)
from bot.agreement.rights import Act, Role
from bot.letters import environment, say, snake, term
from bot.resources import resource

SAID_ELSEWHERE = {
    "Anchor": "a way of counting, said by time_limits/working.j2",
    "Audience": "whom to tell, never named to anybody",
    "DateReason": "a branch of time_limits/errors.j2",
    "DutyKind": "a branch of the sentences about a date",
    "FileReason": "a branch of time_limits/errors.j2",
    "PartyKind": "never named",
    "PeriodReason": "a branch of time_limits/errors.j2",
    "Problem": "blocks of agreement/definition_errors.j2",
    "Profile": "a branch of time_limits/working.j2",
    "Renewal": "a branch of agreement/glance.j2",
    "RowReason": "a branch of the sentences about an imported row",
    "Rule": "blocks of time_limits/working.j2",
    "RunsFrom": "a policy, named by its question",
    "Scope": "a branch of the sentences about a date",
}
SENTENCES = {
    "ActionStatus",
    "AmendmentStatus",
    "ArrangementStatus",
    "CommunicationStatus",
    "ConsultationStatus",
    "EmblemStatus",
    "EventNoteStatus",
    "ExchangeStatus",
    "InstrumentStatus",
    "InvitationStatus",
    "MeetingStatus",
    "MinutesStatus",
    "TerminationStatus",
    "RenewalStatus",
    "WorkplanStatus",
}
"""Whose words end in a full stop, because letters set them as sentences of their own."""


def modules(package: str) -> Iterator[str]:
    found = import_module(package)
    skipped = ("bot.sandbox", "bot.cli")
    for each in walk_packages(found.__path__, f"{package}."):
        if not each.name.startswith(skipped):
            yield each.name


def enums() -> list[type[StrEnum]]:
    """Every kind and status of the agreement, by name."""
    found = {
        each.__name__: each
        for name in modules("bot.agreement")
        for each in vars(import_module(name)).values()
        if isinstance(each, type) and issubclass(each, StrEnum) and each is not StrEnum
    }
    return [each for name, each in sorted(found.items()) if name not in SAID_ELSEWHERE]


def errors(kind: type[AgreementError] = AgreementError) -> Iterator[type[AgreementError]]:
    for each in kind.__subclasses__():
        yield each
        yield from errors(each)


def blocks(name: str) -> set[str]:
    return set(environment(resource("templates")).get_template(f"{name}.j2").blocks)


@pytest.mark.parametrize("kind", enums(), ids=lambda kind: kind.__name__)
def test_every_member_has_a_word_on_one_line(kind: type[StrEnum]) -> None:
    words = [term(member) for member in kind]

    assert all(word and "\n" not in word for word in words)
    assert len(set(words)) == len(words)
    assert all(word.endswith(".") is (kind.__name__ in SENTENCES) for word in words)


def test_no_word_is_left_over() -> None:
    used = {f"{snake(kind.__name__)}_{member.value}" for kind in enums() for member in kind}

    assert blocks("common/terms") - used == set()


def test_every_error_has_its_sentence() -> None:
    for name in modules("bot"):
        import_module(name)

    silent = [
        f"{each.routine}/{each.key()}"
        for each in errors()
        if each not in (FieldError, Refusal)
        and each.routine != "cli"  # said by the commands' own templates
        and each.key() not in blocks(f"{each.routine}/errors")
    ]

    assert silent == []


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (FromThirdOrganisation("ILO and IOM"), "for the staff of the ILO and IOM under their Agreement"),
        (
            NotOnRoster("ILO", ("Amina Diallo",)),
            "ILO's contact point, Amina Diallo, can have you added (V.2-2).",
        ),
        (NotOnRoster("ILO", ("A", "B")), "ILO's contact points, A or B, can have you added (V.2-2)."),
        (NotOnRoster("ILO"), "The administrator of your workspace can have you added (V.2-1)."),
        (
            NotServing("Mei Chen", date(2020, 10, 23), date(2025, 12, 31)),
            "covers Friday 23 October 2020 to Wednesday 31 December 2025, and not today",
        ),
        (NotServing("Mei Chen", None, date(2025, 12, 31)), "ended on Wednesday 31 December 2025"),
        (NotServing("Mei Chen", date(2027, 1, 4), None), "begins on Monday 4 January 2027"),
        (
            NotMandated(Act.SETTLE, "IOM", (Role.CONTACT_POINT, Role.LEGAL)),
            "Only IOM's contact point or legal officer can put on record how a due date was met.",
        ),
        (
            NotMandated(Act.DECIDE_EMBLEM, "IOM", (Role.EMBLEM_APPROVER,)),
            "This decision is for IOM's emblem approvers.",
        ),
        (WrongSide(Act.DECIDE_EMBLEM, "ILO"), "An emblem approver of the other party is asked to decide."),
        (WrongSide(Act.ACKNOWLEDGE_UPDATE, "ILO"), "ILO shared this itself"),
        (WrongSide(Act.ANSWER_EMBLEM, "IOM"), "The owner's question is put to the party that asked"),
    ],
)
def test_a_refusal_says_why_and_who_can_help(refusal: Refusal, sentence: str) -> None:
    assert sentence in say("people/errors", refusal.key(), refusal.facts())
