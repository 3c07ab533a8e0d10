"""Each party's app in its workspace: what delivery and the doors may ask of Slack, and how Slack can fail."""

import ssl
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View

from bot.agreement.files import Attachment
from bot.outbox import Message

EVENT_TYPE = "comity_message"
# Slack says of these that part of the work may have been done all the same.
UNCERTAIN = frozenset({"internal_error", "fatal_error", "request_timeout", "service_unavailable"})
TIMEOUT = 10
PAGE = 15
"""Messages a page when history is read back: the most that every kind of app is granted."""
DOWNLOAD_LIMIT = 20 * 1024 * 1024
OFFICIAL = (".slack.com", ".slack-gov.com", ".slack-files.com")


@dataclass(frozen=True)
class Installation:
    """One party's app: its workspace, its secrets and, for Socket Mode, its app token."""

    party: str
    team_id: str
    bot_token: str = field(repr=False)
    signing_secret: str = field(repr=False)
    app_token: str = field(default="", repr=False)


@dataclass(frozen=True)
class Posted:
    """Where Slack put a message."""

    channel: str
    ts: str


@dataclass
class SlackRefused(Exception):
    """Slack answered no, in its own word, and did nothing."""

    error: str


@dataclass
class SlackLimited(Exception):
    """Too fast: nothing was done, and nothing may be tried for some seconds."""

    seconds: float


@dataclass
class OutcomeUnknown(Exception):
    """No usable answer: Slack may or may not have done it."""

    reason: str


@cache
def tls() -> ssl.SSLContext:
    """One TLS context for every client; building one for each call costs 24 ms of processor time."""
    return ssl.create_default_context()


class SlackClient:
    """Slack's Web API with one party's token. Nothing is retried here: only delivery knows what is safe."""

    def __init__(self, installation: Installation, api_url: str) -> None:
        """Talk to the Slack at `api_url` (ending in `/api/`)."""
        self.installation = installation
        self.web = WebClient(
            installation.bot_token, base_url=api_url, ssl=tls(), timeout=TIMEOUT, retry_handlers=[]
        )

    def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        """One call; raises SlackRefused, SlackLimited or OutcomeUnknown."""
        try:
            answer = self.web.api_call(method, json=arguments)
        except SlackApiError as error:
            raise _failure(error) from error
        except (OSError, HTTPException) as error:
            raise OutcomeUnknown(type(error).__name__) from error
        return dict(answer.data) if isinstance(answer.data, dict) else {}

    def post(self, channel: str, message: Message, outbox_id: int, thread: str = "") -> Posted:
        """Say something new, marked with the outbox row's number so that it can be found again."""
        answer = self.call(
            "chat.postMessage",
            channel=channel,
            text=message.text,
            blocks=message.blocks,
            metadata=_mark(outbox_id),
            unfurl_links=False,
            **({"thread_ts": thread} if thread else {}),
        )
        return Posted(answer["channel"], answer["ts"])

    def update(self, at: Posted, message: Message) -> Posted:
        """Replace what an earlier message of ours says; harmless when repeated."""
        self.call("chat.update", channel=at.channel, ts=at.ts, text=message.text, blocks=message.blocks)
        return at

    def find(self, channel: str, outbox_id: int, since: float, thread: str = "") -> Posted | None:
        """The message that carries this outbox number, if Slack has it; `since` is in Unix seconds."""
        arguments: dict[str, Any] = {"channel": self.conversation(channel), "limit": PAGE}
        method = "conversations.history"
        if thread:
            method, arguments["ts"] = "conversations.replies", thread
        arguments |= {"oldest": f"{since:.6f}", "include_all_metadata": True, "cursor": ""}
        while True:
            page = self._form(method, arguments)
            for found in page["messages"]:
                if _marked(found, outbox_id):
                    return Posted(arguments["channel"], found["ts"])
            arguments["cursor"] = page.get("response_metadata", {}).get("next_cursor", "")
            if not arguments["cursor"]:
                return None

    def conversation(self, channel: str) -> str:
        """The channel's own number; for a person, that of the direct messages with them."""
        if not channel.startswith(("U", "W")):
            return channel
        answer = self.call("conversations.open", users=channel)
        return str(answer["channel"]["id"])

    def reserve_file(self, attachment: Attachment) -> str:
        """Hand the bytes to Slack without showing them to anyone; returns the file's number."""
        size = len(attachment.content)
        answer = self._form("files.getUploadURLExternal", {"filename": attachment.name, "length": size})
        request = urllib.request.Request(answer["upload_url"], data=attachment.content, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT, context=_context(request)):
                return str(answer["file_id"])
        except OSError as error:
            raise OutcomeUnknown(type(error).__name__) from error

    def show_file(self, file_id: str, title: str, channel: str, thread: str, comment: str) -> None:
        """Let the people of a thread see a file that was handed over."""
        self.call(
            "files.completeUploadExternal",
            files=[{"id": file_id, "title": title}],
            channel_id=channel,
            thread_ts=thread,
            initial_comment=comment,
        )

    def is_shown(self, file_id: str, channel: str) -> bool:
        """Whether a file that was handed over can be seen in `channel`."""
        shares = self._form("files.info", {"file": file_id})["file"].get("shares", {})
        return any(channel in where for where in shares.values())

    def download(self, file: Mapping[str, Any]) -> Attachment:
        """A file a person attached to a form, up to one byte more than is taken; Slack's own and no other."""
        if not self._is_of_slack(str(file["url_private"])):
            raise SlackRefused("file_not_found")
        request = urllib.request.Request(
            file["url_private"], headers={"Authorization": f"Bearer {self.installation.bot_token}"}
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT, context=_context(request)) as answer:
                return Attachment(str(file["name"]), answer.read(DOWNLOAD_LIMIT + 1))
        except OSError as error:
            raise OutcomeUnknown(type(error).__name__) from error

    def _is_of_slack(self, url: str) -> bool:
        """Whether the token may be shown there: `file:` and a stranger's address are not Slack."""
        there, api = urlsplit(url), urlsplit(self.web.base_url)
        official = there.scheme == "https" and f".{there.hostname}".endswith(OFFICIAL)
        return official or (there.scheme, there.netloc) == (api.scheme, api.netloc)

    def file(self, file_id: str) -> dict[str, Any]:
        """What Slack knows of a file."""
        return dict(self._form("files.info", {"file": file_id})["file"])

    def open_view(self, trigger_id: str, view: View) -> None:
        """Open a modal; the trigger lives three seconds."""
        self.call("views.open", trigger_id=trigger_id, view=view.to_dict())

    def push_view(self, trigger_id: str, view: View) -> None:
        """Lay a modal over the one that is open."""
        self.call("views.push", trigger_id=trigger_id, view=view.to_dict())

    def update_view(self, view_id: str, view: View) -> None:
        """Show something else in a modal that is open."""
        self.call("views.update", view_id=view_id, view=view.to_dict())

    def publish_home(self, user_id: str, view: View) -> None:
        """Show a person's App Home."""
        self.call("views.publish", user_id=user_id, view=view.to_dict())

    def whisper(self, channel: str, user_id: str, message: Message) -> None:
        """Tell one person something in a channel that nobody else sees and that carries no record."""
        arguments = {"channel": channel, "user": user_id}
        self.call("chat.postEphemeral", **arguments, text=message.text, blocks=message.blocks)

    def _form(self, method: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """The reading methods of Slack take no JSON body."""
        try:
            answer = self.web.api_call(method, params={k: v for k, v in arguments.items() if v != ""})
        except SlackApiError as error:
            raise _failure(error) from error
        except (OSError, HTTPException) as error:
            raise OutcomeUnknown(type(error).__name__) from error
        return dict(answer.data) if isinstance(answer.data, dict) else {}


def _failure(error: SlackApiError) -> Exception:
    response = error.response
    if response.status_code == 429:
        return SlackLimited(float(response.headers.get("Retry-After", 1)))
    word = str(response.get("error", "")) if isinstance(response.data, dict) else ""
    if response.status_code >= 500 or not word or word in UNCERTAIN:
        return OutcomeUnknown(word or f"http_{response.status_code}")
    return SlackRefused(word)


def _mark(outbox_id: int) -> dict[str, Any]:
    return {"event_type": EVENT_TYPE, "event_payload": {"outbox_id": outbox_id}}


def _marked(found: Mapping[str, Any], outbox_id: int) -> bool:
    mark = found.get("metadata") or {}
    return bool(
        mark.get("event_type") == EVENT_TYPE and mark.get("event_payload", {}).get("outbox_id") == outbox_id
    )


def _context(request: urllib.request.Request) -> ssl.SSLContext | None:
    return tls() if request.type == "https" else None
