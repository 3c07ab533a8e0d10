"""What the local Slack remembers: one lock, one version number, and a store that follows every change."""

from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import RLock
from typing import Any

from bot.clock import Clock, SystemClock
from bot.sandbox.persistence import JSON, Store
from bot.sandbox.world import App, Channel, Person, World


class SlackError(Exception):
    """Slack's refusal: its error word, and the further keys of the answer."""

    def __init__(self, error: str, *messages: str, **extra: object) -> None:
        """`messages` go to `response_metadata.messages`, as Slack does for invalid arguments."""
        super().__init__(error, *messages)
        self.error = error
        self.body: JSON = {"ok": False, "error": error, **extra}
        if messages:
            self.body["response_metadata"] = {"messages": list(messages)}


@dataclass
class OpenView:
    """A modal or Home view as the app sent it in `body`, and what the person has typed in `values`."""

    id: str
    app_id: str
    user: str
    body: JSON
    hash: str
    root: str
    previous: str | None = None
    values: JSON = field(default_factory=dict)


@dataclass
class Trigger:
    """The right of an app to open a view for `user`, from the real instant `issued`, once, for 3 seconds."""

    app_id: str
    user: str
    issued: datetime
    used: bool = False


@dataclass
class Response:
    """Where a response_url leads; 5 uses within 30 minutes of the real instant `issued`."""

    app_id: str
    user: str
    channel: str
    issued: datetime
    message_ts: str | None = None
    ephemeral: bool = True
    uses: int = 0


@dataclass
class Call:
    """One Web API call as it came in, for tests to look at."""

    method: str
    team_id: str | None
    args: JSON
    ok: bool = False
    error: str | None = None


CALLS_KEPT = 5000


TRIGGER_LIFE = timedelta(seconds=3)
"""How long Slack lets a press of a button open a view."""


class State:
    """Everything that changes. Whoever reads or writes more than one thing holds `lock`."""

    def __init__(self, world: World, clock: Clock, store: Path | None, real: Clock | None = None) -> None:
        """`clock` stamps messages; `real` measures triggers, response URLs and signatures."""
        self.world, self.clock, self.real = world, clock, real or SystemClock()
        self.lock = RLock()
        self.version = 0
        self.workspaces = {workspace.id: workspace for workspace in world.workspaces}
        self.people = {person.id: person for person in world.people}
        self.channels = {channel.id: channel for channel in world.channels}
        self.apps = {app.id: app for app in world.apps}
        self.bots = {app.bot_user: app for app in world.apps}
        self.revoked: set[str] = set()
        self._empty()
        self.store = Store(store)
        self._load()

    def _empty(self) -> None:
        self.messages: dict[str, dict[str, JSON]] = {}
        self.ephemerals: list[JSON] = []
        self.views: dict[str, OpenView] = {}
        self.stacks: dict[str, list[str]] = {}
        self.homes: dict[tuple[str, str], str] = {}
        self.triggers: dict[str, Trigger] = {}
        self.trigger_life = TRIGGER_LIFE
        self.responses: dict[str, Response] = {}
        self.files: dict[str, JSON] = {}
        self.contents: dict[str, bytes] = {}
        self.reads: dict[tuple[str, str], str] = {}
        self.calls: list[Call] = []
        self._last = 0

    def _load(self) -> None:
        for key, body in self.store.items("channel"):
            self.channels[key] = Channel(
                **{**body, "members": tuple(body["members"]), "shared_with": tuple(body["shared_with"])}
            )
        for _, body in self.store.items("message"):
            self.messages.setdefault(body["channel"], {})[body["ts"]] = body
        for key, body in self.store.items("view"):
            self.views[key] = OpenView(**body)
        for key, body in self.store.items("stack"):
            self.stacks[key] = body["views"]
        for _, body in self.store.items("home"):
            self.homes[body["app"], body["user"]] = body["view"]
        for _, body in self.store.items("read"):
            self.reads[body["user"], body["channel"]] = body["ts"]
        self.files.update(self.store.items("file"))
        for _, body in self.store.items("serial"):
            self._last = body["last"]

    def changed(self) -> None:
        """Something the page shows is different."""
        self.version += 1

    def serial(self) -> int:
        """Microseconds of the clock, strictly increasing and never given twice, over restarts too."""
        with self.lock:
            now = int(self.clock.now().timestamp() * 1_000_000)
            self._last = max(now, self._last + 1)
            self.store.put("serial", "last", {"last": self._last})
            return self._last

    def next_ts(self) -> str:
        """A new message's `ts`."""
        seconds, micros = divmod(self.serial(), 1_000_000)
        return f"{seconds}.{micros:06d}"

    def next_id(self, prefix: str) -> str:
        """A new id such as `V0…`."""
        return f"{prefix}0{self.serial():X}"

    def put_message(self, message: JSON) -> None:
        """Keep a new or changed message; its `channel` and `ts` say where."""
        self.messages.setdefault(message["channel"], {})[message["ts"]] = message
        self.store.put("message", f"{message['channel']}:{message['ts']}", message)
        self.changed()

    def drop_message(self, message: JSON) -> None:
        """Forget a message."""
        del self.messages[message["channel"]][message["ts"]]
        self.store.drop("message", f"{message['channel']}:{message['ts']}")
        self.changed()

    def put_channel(self, channel: Channel) -> None:
        """Keep a new or changed channel."""
        self.channels[channel.id] = channel
        self.store.put("channel", channel.id, asdict(channel))
        self.changed()

    def put_view(self, view: OpenView) -> None:
        """Keep a new or changed view."""
        self.views[view.id] = view
        self.store.put("view", view.id, asdict(view))
        self.changed()

    def drop_view(self, view_id: str) -> None:
        """Forget a closed view."""
        self.views.pop(view_id, None)
        self.store.drop("view", view_id)
        self.changed()

    def put_stack(self, user: str, views: list[str]) -> None:
        """The open modals of a person, the visible one last."""
        self.stacks[user] = views
        self.store.put("stack", user, {"views": views})
        self.changed()

    def put_home(self, app: App, user: str, view_id: str) -> None:
        """Which view is the Home of this app for this person."""
        self.homes[app.id, user] = view_id
        self.store.put("home", f"{app.id}:{user}", {"app": app.id, "user": user, "view": view_id})

    def put_file(self, file: JSON, data: bytes | None = None) -> None:
        """Keep a file's facts and, when given, its bytes."""
        self.files[file["id"]] = file
        self.store.put("file", file["id"], file)
        if data is not None:
            self.contents[file["id"]] = data
            self.store.put_bytes(file["id"], data)
        self.changed()

    def bytes_of(self, file_id: str) -> bytes | None:
        """The contents of an uploaded file."""
        return self.contents.get(file_id) or self.store.bytes_of(file_id)

    def put_read(self, user: str, channel: str) -> None:
        """This person has seen all of this channel."""
        last = self.next_ts()
        self.reads[user, channel] = last
        self.store.put("read", f"{user}:{channel}", {"user": user, "channel": channel, "ts": last})
        self.changed()

    def change_person(self, user: str, **fields: Any) -> Person:
        """A person is deactivated, renamed or made a guest. Not kept over a restart."""
        self.people[user] = replace(self.people[user], **fields)
        self.changed()
        return self.people[user]

    def note_call(self, call: Call) -> None:
        """Remember an API call, and forget the oldest ones."""
        self.calls.append(call)
        if len(self.calls) > CALLS_KEPT:
            del self.calls[: CALLS_KEPT // 2]

    def remembered_now(self) -> datetime | None:
        """The instant of the last thing that happened before a restart, or None."""
        return datetime.fromtimestamp(self._last / 1_000_000, UTC) if self._last else None
