"""What a door is called with and what it may answer: Slack's payloads end here."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from slack_sdk.models.views import View

from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.agreement.files import Attachment, FileTooLarge
from bot.agreement.people import THROUGH, Case, Identity, require
from bot.agreement.rights import Act
from bot.bootstrap import House
from bot.cards import card
from bot.forms import read
from bot.outbox import Message
from bot.secretariat import AlreadyReceived
from bot.slack import DOWNLOAD_LIMIT, SlackClient

FROM_HOME = "home:"


@dataclass(frozen=True)
class Tell:
    """Answer the person at the door, and nobody else; `instead` of the answer whose button was pressed."""

    message: Message
    instead: bool = False


@dataclass(frozen=True)
class Replace:
    """Show this view in place of the modal that was sent in."""

    view: View


Reply = Tell | Replace | None


@dataclass(frozen=True)
class Call:
    """One knock at a door: who, where, and what they brought."""

    house: House
    party: str
    who: Identity
    text: str = ""
    channel: str = ""
    trigger: str = ""
    value: str = ""
    modal: Mapping[str, Any] = field(default_factory=dict)
    in_answer: bool = False
    from_home: bool = False
    view: Mapping[str, Any] = field(default_factory=dict)

    @property
    def client(self) -> SlackClient:
        """The app through which this call came, which alone can use its trigger."""
        return self.house.clients[self.party]

    @property
    def in_modal(self) -> bool:
        """Whether the button was in a modal."""
        return bool(self.modal)

    @property
    def private(self) -> str:
        """What the form that was sent in kept for us: an id, nothing else."""
        return str(self.view.get("private_metadata", ""))

    @property
    def answers(self) -> dict[str, Any]:
        """What was filled in, by field."""
        return read(self.view)

    @property
    def sending(self) -> str:
        """What one sending of one form is known by, however often it arrives; empty for all else."""
        return f"view:{self.view['id']}:{self.view.get('hash', '')}" if self.view else ""

    def act(self, verb: Callable[..., Event], **facts: object) -> Event:
        """Let this person do `verb`; one sending of one form counts once, however often it arrives."""
        return self.house.secretariat.act(self.who, verb, once=self.sending, **facts)

    def put_on_record(self, verb: Callable[..., Event], **facts: object) -> bool:
        """Journal that this person reads something: each press is a reading of its own.

        False for a press that arrives again: it was on record and answered the first time.
        """
        press = repr((self.who, self.trigger, verb.__name__, sorted(facts.items())))
        once = f"press:{sha256(press.encode()).hexdigest()}"
        try:
            self.house.secretariat.act(self.who, verb, once=once, **facts)
        except AlreadyReceived:
            return False
        return True

    @contextmanager
    def reading(self, act: Act = Act.READ, case: Case | None = None) -> Iterator[Desk]:
        """A desk to look from, for a person who may do `act`."""
        with self.house.secretariat.reading(self.who, act.value) as desk:
            desk.session.info[THROUGH] = self.party
            require(desk.session, desk.person, act, case)
            yield desk

    def remembered(self, desk: Desk, question: str, find: Callable[[], Message]) -> Message:
        """A message that is the same for everybody until something is put on record."""
        return self.house.secretariat.remembered(desk, question, find)

    def open(self, view: View) -> None:
        """Open a modal, over the one that is open if the button was in one.

        One opened from the App Home says so in its external id: the Home is drawn anew once it was sent in.
        """
        if self.from_home:
            view.external_id = f"{FROM_HOME}{self.trigger}"
        if self.in_modal:
            self.client.push_view(self.trigger, view)
        else:
            self.client.open_view(self.trigger, view)

    def turn(self, view: View) -> None:
        """Show a view in the place of the modal whose button was pressed, if it is one of its kind; or open it.

        Slack lays at most three modals over each other.
        """
        if self.modal.get("callback_id") == view.callback_id:
            view.external_id = self.modal.get("external_id") or None
            self.client.update_view(self.modal["id"], view)
        else:
            self.open(view)

    def again(self, subject: str) -> "Reply":
        """The card of `subject` as it stands now, where only they see it; in channels it redraws itself."""
        if not (self.in_modal or self.in_answer):
            return None
        with self.reading() as desk:
            return Tell(card(desk, subject), instead=self.in_answer)

    def attachment(self, name: str) -> Attachment | None:
        """The file handed in under the field `name`, fetched from Slack.

        Raises AlreadyReceived when this sending had its effect before: its file may be gone by now.
        """
        files = self.answers.get(name) or []
        if not files:
            return None
        self.house.secretariat.refuse_received(self.sending)
        known = files[0] if "url_private" in files[0] else self.client.file(files[0]["id"])
        attachment = self.client.download(known)
        if len(attachment.content) > DOWNLOAD_LIMIT:
            raise FileTooLarge(name, DOWNLOAD_LIMIT // 2**20)
        return attachment


def row_number(text: str) -> int:
    """The row a button or a form is about; what is no number, or too long for a database, is 0: no row."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


Door = Callable[[Call], Reply]
