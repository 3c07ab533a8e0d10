"""The local Slack as one object: what a test or a page does in it, and what it remembers."""

import copy
import mimetypes
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import quote

from bot.clock import Clock, MovableClock
from bot.sandbox import interactions, messages, modals, payloads, rooms, submissions
from bot.sandbox.delivery import Courier
from bot.sandbox.faults import Faults
from bot.sandbox.interactions import Click, Outcome, Reply
from bot.sandbox.persistence import JSON
from bot.sandbox.state import Call, State
from bot.sandbox.submissions import Result
from bot.sandbox.world import App, Channel, World


def nothing_due() -> tuple[str, date] | None:
    """The next dated thing, for a Slack that knows of none."""
    return None


class LocalSlack:
    """Workspaces, people, channels and apps in one process, strict where Slack is; safe in threads."""

    def __init__(
        self, world: World, clock: Clock, store: Path | None = None, *, real: Clock | None = None
    ) -> None:
        """`clock` stamps messages; `store` keeps them; `real` measures triggers and signatures."""
        self.state = State(world, clock, store, real)
        self.courier = Courier(self.state.real)
        self.faults = Faults()
        self.base_url = "http://127.0.0.1"
        self.page_key = token_hex(8)
        self.paced: dict[str, datetime] = {}
        self.on_clock: Callable[[datetime], None] = self._move
        self.next_due: Callable[[], tuple[str, date] | None] = nothing_due

    def attach(self, own_url: str, bot_url: str | None) -> None:
        """Where this Slack is reached, and where the bot is; without a bot nothing is delivered."""
        self.base_url, self.courier.base_url = own_url.rstrip("/"), bot_url

    def close(self) -> None:
        """Stop deliveries and let the store go."""
        self.courier.close()
        with self.state.lock:
            self.state.changed()
            self.state.store.close()

    def _move(self, instant: datetime) -> None:
        if isinstance(self.state.clock, MovableClock):
            self.state.clock.move_to(instant)
        self.state.changed()

    def command(self, user: str, channel: str, command: str, text: str = "") -> Reply:
        """A slash command, as typed by `user` in `channel` (an id or #name)."""
        return interactions.run_command(self, user, self.channel_id(channel), command, text)

    def click(
        self, user: str, where: str, ts: str | None, action_id: str, value: Any = None, **more: Any
    ) -> Outcome:
        """A click in a message (channel and ts) or a view (its id, None). `value` tells like buttons apart,
        or is what is chosen in a menu, by value or label."""
        if where in self.state.views:
            click = Click(action_id, view_id=where, value=value, **more)
        else:
            click = Click(action_id, self.channel_id(where), ts, value=value, **more)
        return interactions.run_click(self, user, click)

    def modal(self, user: str) -> JSON | None:
        """The modal a person sees, with its state."""
        with self.state.lock:
            view = modals.top(self.state, user)
            return modals.view_json(self.state, view) if view else None

    def submit(self, user: str, values: dict[str, Any] | None = None) -> Result:
        """Fill fields in by block (or action) id and submit; LookupError when no modal is open."""
        with self.state.lock:
            view = modals.top(self.state, user)
            if view is None:
                raise LookupError(f"{user} has no modal open")
            submissions.fill(self, view, values or {})
        return submissions.submit(self, user)

    def close_modal(self, user: str) -> None:
        """Close the visible modal without submitting."""
        submissions.close(self, user)

    def open_home(self, user: str) -> JSON | None:
        """Open the Home of the person's own workspace's app, and look at it."""
        return interactions.run_home(self, user)

    def home(self, user: str) -> JSON | None:
        """The Home as last published, without opening it."""
        with self.state.lock:
            app = self.app_of(self.state.people[user].team_id)
            known = self.state.homes.get((app.id, user)) if app else None
            return modals.view_json(self.state, self.state.views[known]) if known else None

    def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> str:
        """A person writes a message; returns its ts. Raises SlackError."""
        return str(interactions.run_say(self, user, self.channel_id(channel), text, thread_ts)["ts"])

    def upload(self, user: str, name: str, data: bytes) -> JSON:
        """A person puts a file into a form; returns its facts."""
        file = self.new_file(self.state.next_id("F"), name, user, self.state.people[user].team_id)
        file |= {"state": "complete", "size": len(data)}
        with self.state.lock:
            self.state.put_file(file, data)
        return file

    def messages(self, channel: str, as_seen_by: str | None = None) -> list[JSON]:
        """All messages of a channel with their replies, oldest first; with the ephemerals of one member."""
        channel = self.channel_id(channel)
        with self.state.lock:
            found = messages.in_channel(self.state, channel)
            if as_seen_by is not None:
                if as_seen_by not in self.state.channels[channel].members:
                    return []
                found = found + [one for one in self.ephemerals(as_seen_by) if one["channel"] == channel]
            return copy.deepcopy(sorted(found, key=lambda one: str(one["ts"])))

    def ephemerals(self, user: str) -> list[JSON]:
        """Everything shown to this person alone, oldest first."""
        with self.state.lock:
            return copy.deepcopy([one for one in self.state.ephemerals if one["to"] == user])

    def dm(self, bot: str, user: str) -> str:
        """The id of the direct conversation of a bot (its user id, app id or workspace) and a person."""
        app = next(
            app for app in self.state.apps.values() if bot in (app.bot_user, app.id, app.team_id, app.bot_id)
        )
        with self.state.lock:
            return rooms.ensure_dm(self.state, app, self.state.people[user]).id

    @property
    def files(self) -> list[JSON]:
        """The facts of all files, those not yet completed too."""
        with self.state.lock:
            return copy.deepcopy(list(self.state.files.values()))

    def contents(self, file_id: str) -> bytes:
        """The bytes of a file; empty before they are uploaded."""
        return self.state.bytes_of(file_id) or b""

    @property
    def calls(self) -> list[Call]:
        """The Web API calls seen, oldest first."""
        return list(self.state.calls)

    def channel_id(self, channel: str) -> str:
        """The id of a channel given by id or by #name."""
        if not channel.startswith("#"):
            return channel
        named = [one.id for one in self.state.channels.values() if one.name == channel[1:]]
        return named[0] if named else channel

    def app_of(self, team_id: str) -> App | None:
        """The app installed in a workspace, if any."""
        return next((app for app in self.state.apps.values() if app.team_id == team_id), None)

    def change_channel(self, channel: str, **fields: Any) -> Channel:
        """Archive a channel, change its members or its name."""
        with self.state.lock:
            changed = replace(self.state.channels[self.channel_id(channel)], **fields)
            self.state.put_channel(changed)
            return changed

    def change_person(self, user: str, **fields: Any) -> None:
        """Deactivate a person, make them a guest, change their title."""
        with self.state.lock:
            self.state.change_person(user, **fields)

    def revoke(self, token: str) -> None:
        """Uninstall the app that has this token."""
        with self.state.lock:
            self.state.revoked.add(token)

    def response_url(self, key: str) -> str:
        """The address of a response URL."""
        return f"{self.base_url}/_respond/{key}"

    def new_file(self, file_id: str, name: str, user: str, team_id: str) -> JSON:
        """The facts of a new file."""
        url = f"{self.base_url}/_files/{file_id}/{quote(name)}"
        return {
            "id": file_id,
            "name": name,
            "title": name,
            "mimetype": mimetypes.guess_type(name)[0] or "application/octet-stream",
            "filetype": name.rsplit(".", 1)[-1].lower() if "." in name else "",
            "created": int(self.state.clock.now().timestamp()),
            "user": user,
            "user_team": team_id,
            "size": 0,
            "url_private": url,
            "url_private_download": url,
            "shares": {},
        }

    def app_sees(self, app: App, file: JSON) -> bool:
        """Whether a file is the app's own, was given to it in a form, or was shared where its bot is."""
        if file["user_team"] == app.team_id or file.get("given_to") == app.id:
            return True
        shared = {channel for places in file["shares"].values() for channel in places}
        return any(app.bot_user in self.state.channels[channel].members for channel in shared)

    def announce(self, message: JSON) -> None:
        """Tell the apps in the channel of a message an app posted, in the background."""
        if self.courier.base_url is not None:
            kept = copy.deepcopy(message)
            self.courier.soon(lambda: self.deliver_message(kept))

    def deliver_message(self, message: JSON) -> None:
        """Message and mention events to every app in the channel, each with its own event id."""
        channel = self.state.channels[message["channel"]]
        event = payloads.message_event(channel, message)
        for app in self.state.apps.values():
            if app.bot_user not in channel.members:
                continue
            self.deliver_event(app, event, channel.shared)
            if f"<@{app.bot_user}>" in message.get("text", "") and not channel.dm:
                self.deliver_event(app, {**event, "type": "app_mention"}, channel.shared)

    def deliver_event(self, app: App, event: JSON, shared: bool = False) -> None:
        """One event to one installation, if it subscribed; twice when that fault is on."""
        subscribed = event["type"] in app.events and app.token not in self.state.revoked
        if self.courier.base_url is None or not subscribed:
            return
        envelope = payloads.envelope(self.state, app, event, shared)
        self.courier.event(app, envelope)
        if self.faults.deliver_twice:
            self.courier.event(app, envelope, 1, "http_timeout")

    def settle(self, seconds: float = 10.0) -> bool:
        """Wait until the events of posted messages are delivered; False when it took longer."""
        return self.courier.settle(seconds)
