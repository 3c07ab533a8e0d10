"""One act, one transaction: the change, its line in the journal and the words about it, or none of them."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeVar

from sqlmodel import Field, Session, SQLModel

from bot import journal
from bot.agreement.amended_versions import Versions
from bot.agreement.calendars import JointCalendar
from bot.agreement.definition import Definition
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError
from bot.agreement.events import Event
from bot.agreement.people import TODAY, Identity, Person, Refusal, find, identify, roles_of, take_roles
from bot.agreement.repeals import note_repeals
from bot.agreement.rights import Role
from bot.agreement.time_limits import civil_day
from bot.announcements import announce
from bot.both_sides import refuse_both_sides
from bot.clock import Clock
from bot.database import Database
from bot.memory import Memory
from bot.outbox import know_lanes
from bot.post import Post
from bot.state import State, look

E = TypeVar("E", bound=Event)
T = TypeVar("T")
STATE = "state of the record"
Deed = tuple[Callable[..., Event], Mapping[str, object]]
"""A verb and the facts to do it with."""
SECRETARIAT = "secretariat"
FEW = 3
"""How many things are said together before it pays to look ahead for what they all need."""


class Receipt(SQLModel, table=True):
    """Something that must have one effect however often it arrives, such as one submission of one form."""

    key: str = Field(primary_key=True)
    at: datetime


@dataclass
class AlreadyReceived(AgreementError):
    """The same submission has arrived before, and has had its effect."""


@dataclass(frozen=True)
class Secretariat:
    """Lets people and the clock act on one agreement; `installed` names the parties that have the app.

    `definition` is the agreement as it was concluded; each desk has it as amended by its day (VII.3).
    """

    database: Database
    clock: Clock
    definition: Definition
    calendar: JointCalendar
    installed: frozenset[str]
    # Not init: with another definition, `replace` must not carry over what was found under the first.
    memory: Memory = field(default_factory=Memory, init=False, repr=False, compare=False)
    versions: Versions = field(default_factory=Versions, init=False, repr=False, compare=False)

    def act(self, who: Identity | None, verb: Callable[..., E], /, *, once: str = "", **facts: object) -> E:
        """Do `verb` for `who` (None: the clock), journal it and queue what is to be said, all or nothing.

        `once` names a submission that must count a single time. Raises what the verb raises; a refusal is
        journalled in a transaction of its own, since the act's has left no trace.
        """
        try:
            with self.database.writing() as session:
                desk = self._desk(session, who)
                self._receive(desk, once)
                return self._do(desk, verb, facts)
        except Refusal as refusal:
            self._journal_refusal(who, verb.__name__, refusal)
            raise

    def act_together(self, deeds: Sequence[Deed], passing: tuple[type[AgreementError], ...]) -> list[Event]:
        """Let the clock do several things in one transaction, each with its own line in the journal.

        What raises one of `passing` is left out: then nothing of the whole stands, and each is done alone.
        """
        if not deeds:
            return []
        try:
            with self.database.writing() as session:
                desk = self._desk(session, None)
                if len(deeds) > FEW:
                    know_lanes(session)
                return [self._do(desk, verb, facts) for verb, facts in deeds]
        except passing:
            return [event for deed in deeds if (event := self._alone(deed, passing))]

    def _alone(self, deed: Deed, passing: tuple[type[AgreementError], ...]) -> Event | None:
        verb, facts = deed
        try:
            return self.act(None, verb, once="", **facts)
        except passing:
            return None

    def _do(self, desk: Desk, verb: Callable[..., E], facts: Mapping[str, object]) -> E:
        event = verb(desk, **facts)
        refuse_both_sides(desk.session, desk.by, event)
        announce(Post(desk, self._journal(desk, event), self.installed, event.once), event)
        return event

    @contextmanager
    def reading(self, who: Identity | None = None, purpose: str = "read") -> Iterator[Desk]:
        """A desk to look at the record from, for somebody on the roster; a refusal met there is journalled."""
        try:
            with self.database.reading() as session:
                yield self._reader(session, who)
        except Refusal as refusal:
            self._journal_refusal(who, purpose, refusal)
            raise

    def remembered(self, desk: Desk, question: Hashable, find: Callable[[], T]) -> T:
        """What `find` makes of the record as this desk sees it; found once, until something is journalled."""
        return self.memory.recall(desk.session.info[STATE], question, find)

    def asked(self, desk: Desk, question: Callable[[Desk], Sequence[T]]) -> Sequence[T]:
        """What `question` finds in the record; where that is nothing, it is not asked again in vain.

        Nothing will be found before something is journalled or a day begins, so the hour must not matter to it.
        What is found is not kept: it belongs to this reading, and is asked for until it has been dealt with.
        """
        state = desk.session.info[STATE]
        return self.memory.recall(state, question, lambda: question(desk), keep=lambda found: not found)

    def _reader(self, session: Session, who: Identity | None) -> Desk:
        now = self.clock.now()
        today = civil_day(now, self.definition.tz)
        # Before anything else: what is seen later may be newer than this state, and never older.
        found = look(session)
        session.info[STATE] = state = (found.seal, today)
        session.info[TODAY] = today
        amended = self.memory.recall(state, "definition", lambda: self._amended(session, found, today))
        note_repeals(session, amended)
        desk = Desk(session, now, amended, self.calendar)
        if who is None:
            return desk
        person, roles = self.memory.recall(state, who, lambda: _on_roster(session, who, today))
        take_roles(session, person, roles)
        return replace(desk, by=person)

    def _desk(self, session: Session, who: Identity | None) -> Desk:
        # Every act ends in the journal; queueing before it keeps two from taking the same number.
        journal.queue(session)
        found = look(session)
        journal.take_head(session, found.seal)
        now = self.clock.now()
        session.info[TODAY] = today = civil_day(now, self.definition.tz)
        person = identify(session, who, today) if who else None
        amended = self._amended(session, found, today)
        note_repeals(session, amended)
        return Desk(session, now, amended, self.calendar, person)

    def _amended(self, session: Session, found: State, today: date) -> Definition:
        return self.versions.on(session, self.definition, today) if found.amended else self.definition

    def refuse_received(self, once: str) -> None:
        """Raise AlreadyReceived for a submission that had its effect; one under way is met by its act itself."""
        with self.database.reading() as session:
            _refuse_received(session, once)

    def _receive(self, desk: Desk, once: str) -> None:
        if not once:
            return
        _refuse_received(desk.session, once)
        desk.session.add(Receipt(key=once, at=desk.now))
        desk.session.flush()

    def _journal(self, desk: Desk, event: Event) -> journal.Line:
        return journal.append(
            desk.session,
            at=desk.now,
            agreement=self.definition.id,
            actor=desk.by.name if desk.by else SECRETARIAT,
            party=desk.by.party if desk.by else "",
            event=event.name,
            clause=event.clause,
            subject=event.subject,
            outcome=journal.Outcome.DONE,
            facts=event.facts(),
        )

    def _journal_refusal(self, who: Identity | None, verb: str, refusal: Refusal) -> None:
        with self.database.writing() as session:
            person = find(session, who) if who else None
            journal.append(
                session,
                at=self.clock.now(),
                agreement=self.definition.id,
                actor=person.name if person else str(who),
                party=person.party if person else "",
                event=verb,
                clause="",
                subject=refusal.key(),
                outcome=journal.Outcome.REFUSED,
                facts=refusal.facts(),
            )


def _refuse_received(session: Session, once: str) -> None:
    if session.get(Receipt, once):
        raise AlreadyReceived


def _on_roster(session: Session, who: Identity, today: date) -> tuple[Person, frozenset[Role]]:
    person = identify(session, who, today)
    return person, roles_of(session, person)
