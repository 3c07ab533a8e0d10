"""What an announcement is written with: the desk it tells of, and the outbox it goes to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot import outbox
from bot.agreement.changed_sides import boxes_left
from bot.agreement.channels import get_channel
from bot.agreement.desk import Desk
from bot.agreement.emblem_cases import CaseLanguage
from bot.agreement.files import Record
from bot.agreement.ledger import OFFICE
from bot.agreement.people import Person, holders
from bot.agreement.rights import Role
from bot.cards import card
from bot.journal import Line
from bot.letters import words
from bot.outbox import Address, Kind, Posting
from bot.shapes import Button, message

DIRECT = ("U", "W")
"""How the numbers of people begin in Slack; a message to a person goes to their direct messages."""
OTHER_LANGUAGE = "common/other_language"
"""What is said beside a version of a record in another language than the first."""


@dataclass(frozen=True)
class Post:
    """Queues the words about one journalled event, each under a key that is unique in life."""

    desk: Desk
    entry: Line
    installed: frozenset[str]
    once: str = ""

    @property
    def _thing(self) -> str:
        """What the letters are about, for their keys: the same in every copy of the database for what the
        clock says, and otherwise as unique as the journal's line."""
        return f"{self.entry.agreement}:{self.once}" if self.once else self.entry.hash

    def channel(self, channel_id: str) -> Address:
        """A shared channel, spoken in by the one party's app that was chosen for it."""
        return Address(get_channel(self.desk.session, channel_id).posting_party, channel_id)

    def person(self, person: Person, channel_id: str) -> Address:
        """A person's direct messages, by their own party's app or, where it has none, the channel's."""
        person = self._present(person)
        if person.party in self.installed:
            return Address(person.party, person.user_id)
        return Address(self.channel(channel_id).party, person.user_id)

    def private(self, person: Person) -> Address | None:
        """A person's direct messages by their own party's app; None where it has none.

        What is private to a party must not pass through the other party's app.
        """
        person = self._present(person)
        return Address(person.party, person.user_id) if person.party in self.installed else None

    def _present(self, person: Person) -> Person:
        """Whoever stands for somebody who left for another party: the office of the party they were of then."""
        if not person.has_moved:
            return person
        today = self.desk.today
        office = holders(self.desk.session, person.party, OFFICE, today)
        return next(iter(office or holders(self.desk.session, person.party, frozenset(Role), today)), person)

    def letter(
        self,
        template: str,
        to: Address,
        facts: Mapping[str, object],
        *,
        buttons: Sequence[Button] = (),
        thread: Posting | None = None,
        subject: str = "",
    ) -> int:
        """Queue one letter and return its number; in `thread` it answers an earlier message."""
        if thread and (thread.party, thread.channel) != (to.party, to.channel):
            thread = None
        return outbox.put(
            self.desk.session,
            key=f"{self._thing}:{template}:{to.lane}",
            to=to,
            message=message(words(template, facts), buttons),
            letter=template,
            now=self.desk.now,
            subject=subject,
            of=thread.number if thread else None,
        )

    def instead(self, about: str, to: Address) -> None:
        """Take back what was to be said of the same thing before, where Slack has not taken it yet.

        `about` is how `Event.once` begins for everything that is said of it.
        """
        outbox.withdraw(self.desk.session, to, f"{self.entry.agreement}:{about}")

    def cards(self, subject: str, addresses: Iterable[Address]) -> None:
        """Queue the card of `subject` for each address, once."""
        it_says = card(self.desk, subject)
        for to in dict.fromkeys(addresses):
            outbox.put(
                self.desk.session,
                key=f"{self._thing}:card:{subject}:{to.lane}",
                to=to,
                message=it_says,
                letter="card",
                now=self.desk.now,
                subject=subject,
            )

    def refresh(self, subject: str, to: Iterable[Address] | None = None) -> None:
        """Bring every card of `subject` up to date, wherever it was posted; or only those at `to`."""
        rows = self._still_theirs(outbox.cards(self.desk.session, subject))
        if to is not None:
            rows = self._at(rows, to)
        if rows:
            keys = {f"{self._thing}:refresh:{row.number}": row for row in rows}
            now_it_says = card(self.desk, subject)
            outbox.put_updates(self.desk.session, keys=keys, message=now_it_says, now=self.desk.now)

    def hand_over(self, record_id: int, subject: str, template: str, facts: Mapping[str, object]) -> None:
        """Queue a written record for the thread of every card of `subject` that is in a channel."""
        self._files(self.channel_cards(subject), template, facts, record_id=record_id)

    def hand_over_all(
        self,
        records: Sequence[Record],
        subject: str,
        template: str,
        facts: Mapping[str, object],
        to: Iterable[Address] | None = None,
    ) -> None:
        """Queue a record with its versions in other languages; to the channels, or to the people at `to` alone."""
        cards = self._still_theirs(outbox.cards(self.desk.session, subject))
        rows = self.channel_cards(subject) if to is None else self._at(cards, to)
        for record in records:
            if record is records[0]:
                self._files(rows, template, facts, record_id=record.id)
            else:
                said = {"number": record.number, "language": CaseLanguage(record.language)}
                self._files(
                    rows, OTHER_LANGUAGE, said, record_id=record.id, thing=f"{template}:{record.language}"
                )

    def _still_theirs(self, rows: list[Posting]) -> list[Posting]:
        """Without the cards of those who left for another party: these stay as they were on their last day."""
        direct = any(row.channel.startswith(DIRECT) for row in rows)
        left = boxes_left(self.desk.session) if direct else frozenset()
        return [row for row in rows if (row.party, row.channel) not in left]

    @staticmethod
    def _at(rows: Iterable[Posting], to: Iterable[Address]) -> list[Posting]:
        known = frozenset(to)
        return [row for row in rows if Address(row.party, row.channel) in known]

    def enclose(self, file_id: int, subject: str, template: str, facts: Mapping[str, object]) -> None:
        """Queue a file that a person handed in for the thread of every card of `subject` in a channel."""
        self._files(self.channel_cards(subject), template, facts, enclosed_id=file_id)

    def _files(
        self,
        rows: Iterable[Posting],
        template: str,
        facts: Mapping[str, object],
        *,
        record_id: int | None = None,
        enclosed_id: int | None = None,
        thing: str = "",
    ) -> None:
        for row in rows:
            outbox.put(
                self.desk.session,
                key=f"{self._thing}:{thing or template}:{row.number}",
                to=Address(row.party, row.channel),
                message=message(words(template, facts)),
                letter=template,
                now=self.desk.now,
                kind=Kind.FILE,
                of=row.number,
                record_id=record_id,
                enclosed_id=enclosed_id,
            )

    def attach(
        self, number: int, to: Address, file_id: int, template: str, facts: Mapping[str, object]
    ) -> None:
        """Queue a file for the thread of the message `number`, which goes to the same address."""
        outbox.put(
            self.desk.session,
            key=f"{self._thing}:{template}:{number}:{file_id}",
            to=to,
            message=message(words(template, facts)),
            letter=template,
            now=self.desk.now,
            kind=Kind.FILE,
            of=number,
            enclosed_id=file_id,
        )

    def channel_cards(self, subject: str) -> list[Posting]:
        """The cards of `subject` in channels, not in direct messages."""
        return [row for row in outbox.cards(self.desk.session, subject) if not row.channel.startswith(DIRECT)]
