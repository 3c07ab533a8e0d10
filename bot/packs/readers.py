"""Who may read what in a pack: what both parties have, what is one party's own, and nothing else.

A kind that is not named here is withheld from everybody but the party whose people acted.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from bot.agreement.amendments import Amendment
from bot.agreement.archive_packs import ArchivePack
from bot.agreement.communications import OUT, Communication
from bot.agreement.distributions import Distribution
from bot.agreement.invitations import Invitation
from bot.agreement.matters import NotedMatter
from bot.agreement.offices import Office
from bot.agreement.people import Person
from bot.agreement.project_data import DataCheck
from bot.agreement.project_registers import ProcessingEntry
from bot.agreement.restricted import Recipient, Restricted
from bot.agreement.terminations import Termination
from bot.agreement.vacancies import Vacancy
from bot.journal import Entry, Outcome

SHARED = frozenset(
    {
        "activity",
        "arrangement",
        "channel",
        "channels",
        "consultation",
        "cost",
        "designation",
        "document",
        "emblem",
        "emblem_mention",
        "ending",
        "event_note",
        "exchange",
        "formula",
        "instrument",
        "item",
        "ledger",
        "meeting",
        "occurrence",
        "place",
        "project",
        "renewed",
        "review",
        "series",
        "workplan",
    }
)
"""The kinds of cases that both parties have: every line about them may be read by both."""
DRAFTS = frozenset(
    {
        "amendment_drafted",
        "amendment_redrafted",
        "contribution_drafted",
        "notice_drafted",
        "notice_dropped",
        "notice_letter_made",
        "notice_revised",
    }
)
"""What is done in a case of both parties and yet concerns one side alone."""
Moment = Callable[[Session, int, Entry], frozenset[str]]


@dataclass(frozen=True)
class Reader:
    """For whom a pack is made: one party, or, without one, both together."""

    party: str = ""

    def may_have(self, owner: str) -> bool:
        """Whether what is private to `owner` may be in this pack."""
        return bool(self.party) and self.party == owner


def may_read(session: Session, reader: Reader, entry: Entry) -> bool:
    """Whether a line of the journal is shown; what one's own people did, or were refused, is one's own."""
    if reader.may_have(entry.party):
        return True
    if entry.outcome is Outcome.REFUSED or entry.event in DRAFTS:
        return False
    kind, _, key = entry.subject.partition(":")
    if kind in SHARED:
        return True
    if kind not in KEPT or not key.isdecimal():
        return False
    readers = KEPT[kind](session, int(key), entry)
    return "*" in readers or reader.party in readers


BOTH = frozenset({"*"})


def _owned(table: Any) -> Moment:
    def readers(session: Session, key: int, _: Entry) -> frozenset[str]:
        row: Any = session.get(table, key)
        return frozenset({row.party}) if row else frozenset()

    return readers


def _communication(session: Session, key: int, _: Entry) -> frozenset[str]:
    row = session.get(Communication, key)
    return BOTH if row and row.status in OUT else frozenset({row.party} if row else ())


def _invitation(session: Session, key: int, entry: Entry) -> frozenset[str]:
    row = session.get(Invitation, key)
    told = row and row.issued_at and entry.at >= row.issued_at
    return BOTH if told else frozenset({row.party} if row else ())


def _vacancy(session: Session, key: int, entry: Entry) -> frozenset[str]:
    row = session.get(Vacancy, key)
    told = row and row.others_told_at and entry.at >= row.others_told_at
    return BOTH if told else frozenset({row.party} if row else ())


def _amendment(session: Session, key: int, _: Entry) -> frozenset[str]:
    """Once a version was put to the other party, both know of it; a draft that was given up is its party's."""
    row = session.get(Amendment, key)
    return BOTH if row and row.version else frozenset({row.party} if row else ())


def _termination(session: Session, key: int, entry: Entry) -> frozenset[str]:
    """From its receipt on everybody of both parties may know that it was sent, and what was done with it since."""
    row = session.get(Termination, key)
    if row is None:
        return frozenset()
    known = row.sent_recorded_at or (row.opened_at if row.opener != row.party else None)
    told = row.is_public and known is not None and entry.at >= known
    return BOTH if told else frozenset({row.opener})


def _archive_pack(session: Session, key: int, _: Entry) -> frozenset[str]:
    """A party's own pack, and its hash, is nobody else's."""
    row = session.get(ArchivePack, key)
    return frozenset({row.reader or "*"}) if row else frozenset()


def restricted_parties(session: Session, key: int) -> frozenset[str]:
    """The parties that know of something restricted: the sender's, and those of whoever is named."""
    row = session.get(Restricted, key)
    named = select(Person.party).join(Recipient, col(Recipient.person_id) == col(Person.id))
    parties = session.exec(named.where(Recipient.restricted_id == key)).all()
    return frozenset({row.party, *parties}) if row else frozenset()


def _restricted(session: Session, key: int, _: Entry) -> frozenset[str]:
    return restricted_parties(session, key)


KEPT: Mapping[str, Moment] = {
    "amendment": _amendment,
    "archive_pack": _archive_pack,
    "communication": _communication,
    "distribution": _owned(Distribution),
    "invitation": _invitation,
    "matter": _owned(NotedMatter),
    "office": _owned(Office),
    "person": _owned(Person),
    "project_check": _owned(DataCheck),
    "project_processing": _owned(ProcessingEntry),
    "restricted": _restricted,
    "restricted_sent": _restricted,
    "termination": _termination,
    "vacancy": _vacancy,
}
"""The kinds of cases that are one party's own, for good or up to a moment, and who may read of each.

Disputes and the rooms in which renewal is decided are not here: of them each party has what its own people did."""
