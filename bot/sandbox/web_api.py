"""The front of the strict Web API: tokens, scopes, arguments, faults, and Slack's own error words."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.faults import Fault
from bot.sandbox.persistence import JSON
from bot.sandbox.slack import LocalSlack
from bot.sandbox.state import Call, SlackError, State
from bot.sandbox.world import App


@dataclass(frozen=True)
class Request:
    """One authorised call: whose it is and what it asks. Runs under the state's lock."""

    slack: LocalSlack
    app: App
    args: JSON

    @property
    def state(self) -> State:
        """What the local Slack remembers."""
        return self.slack.state

    def word(self, name: str) -> str:
        """A string argument, empty when absent."""
        value = self.args.get(name)
        return "" if value is None else str(value)

    def flag(self, name: str) -> bool:
        """A boolean argument, as JSON or as a form writes it."""
        return str(self.args.get(name, "")).lower() in ("1", "true")

    def number(self, name: str, default: int, most: int) -> int:
        """A whole argument from 1 to `most`; raises invalid_limit otherwise."""
        value = self.args.get(name)
        if value in (None, "", 0, "0"):
            return default
        if not str(value).isdigit() or not 1 <= int(str(value)) <= most:
            raise SlackError("invalid_limit")
        return int(str(value))


Method = Callable[[Request], JSON]


@dataclass(frozen=True)
class Spec:
    """A method of the Web API: its code, the arguments it cannot do without, and its scopes (any of them)."""

    run: Method
    required: tuple[str, ...]
    scopes: tuple[str, ...]


METHODS: dict[str, Spec] = {}


def method(name: str, *required: str, scopes: tuple[str, ...] = ()) -> Callable[[Method], Method]:
    """Put a function into the table of methods."""

    def enter(run: Method) -> Method:
        METHODS[name] = Spec(run, required, scopes)
        return run

    return enter


@dataclass
class Answer:
    """What goes back over HTTP; `dropped` closes the connection without a word."""

    body: JSON
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    dropped: bool = False


NESTED = ("blocks", "view", "metadata", "files", "attachments")
INVALID = {"blocks": "invalid_blocks_format", "metadata": "invalid_metadata_format"}


def _nested(args: Mapping[str, Any]) -> JSON:
    """Arguments with those parsed that a form carries as JSON text."""
    parsed = dict(args)
    for name in NESTED:
        if isinstance(parsed.get(name), str):
            try:
                parsed[name] = json.loads(parsed[name])
            except ValueError as error:
                raise SlackError(INVALID.get(name, "invalid_arguments")) from error
    return parsed


def _authorise(slack: LocalSlack, token: str | None) -> App:
    if not token:
        raise SlackError("not_authed")
    app = next((app for app in slack.state.apps.values() if app.token == token), None)
    if app is None:
        raise SlackError("invalid_auth")
    if token in slack.state.revoked:
        raise SlackError("account_inactive")
    return app


def _admit(spec: Spec, app: App, args: JSON) -> None:
    if app.scopes and spec.scopes and not set(spec.scopes) & set(app.scopes):
        raise SlackError("missing_scope", needed=spec.scopes[0], provided=",".join(app.scopes))
    missing = [name for name in spec.required if args.get(name) in (None, "")]
    if missing:
        raise SlackError(
            "invalid_arguments", *(f"[ERROR] missing required field: {name}" for name in missing)
        )


def _run(slack: LocalSlack, name: str, token: str | None, args: Mapping[str, Any], call: Call) -> JSON:
    if name not in METHODS:
        raise SlackError("unknown_method", req_method=name)
    app = _authorise(slack, token)
    call.team_id = app.team_id
    parsed = _nested(args)
    call.args = parsed
    _admit(METHODS[name], app, parsed)
    return {"ok": True, **METHODS[name].run(Request(slack, app, parsed))}


def _ratelimited(seconds: float) -> Answer:
    headers = {"Retry-After": str(max(1, int(seconds)))}
    return Answer({"ok": False, "error": "ratelimited"}, 429, headers)


def _broken() -> Answer:
    return Answer({"ok": False, "error": "internal_error"}, 500)


def answer(slack: LocalSlack, name: str, token: str | None, args: Mapping[str, Any]) -> Answer:
    """One call of the Web API, with whatever fault is due for it."""
    call = Call(name, None, dict(args))
    with slack.state.lock:
        fault, amount = slack.faults.pick(name) or (None, 0.0)
    early = _before(fault, amount) or _too_fast(slack, name, args)
    if early is None:
        answered = _work(slack, name, token, args, call)
    else:
        call.error = str(early.body.get("error", ""))
        answered = early
    slack.state.note_call(call)
    answered = answered if early else _after(fault, amount, answered)
    answered.headers |= _granted(slack, token)
    return answered


def _granted(slack: LocalSlack, token: str | None) -> dict[str, str]:
    """Slack names the scopes of the token with every answer, whatever it says; none for an unknown token."""
    app = next((app for app in slack.state.apps.values() if app.token == token), None)
    return {"x-oauth-scopes": ",".join(app.scopes)} if app else {}


def _work(slack: LocalSlack, name: str, token: str | None, args: Mapping[str, Any], call: Call) -> Answer:
    try:
        with slack.state.lock:
            body = _run(slack, name, token, args, call)
    except SlackError as refused:
        call.error = refused.error
        return Answer(refused.body)
    call.ok = True
    return Answer(body)


def _before(fault: Fault | None, amount: float) -> Answer | None:
    if fault is Fault.RATE_LIMITED:
        return _ratelimited(amount)
    if fault is Fault.LATE_WORK:
        time.sleep(amount)
    if fault is Fault.PROXY_REFUSAL:
        return Answer({"page": "Proxy authentication required"}, 407)
    return _broken() if fault is Fault.SERVER_ERROR_BEFORE else None


def _after(fault: Fault | None, amount: float, answered: Answer) -> Answer:
    if fault is Fault.SLOW:
        time.sleep(amount)
    if fault is Fault.SERVER_ERROR_AFTER:
        return _broken()
    if fault is Fault.INTERNAL_ERROR:
        return Answer({"ok": False, "error": "internal_error"})
    answered.dropped = fault is Fault.LOST_ANSWER
    return answered


def _too_fast(slack: LocalSlack, name: str, args: Mapping[str, Any]) -> Answer | None:
    if not slack.faults.pace or name != "chat.postMessage":
        return None
    now, channel = slack.state.real.now(), str(args.get("channel"))
    last = slack.paced.get(channel)
    if last is not None and (now - last).total_seconds() < 1:
        return _ratelimited(1)
    slack.paced[channel] = now
    return None


def page(items: list[JSON], request: Request, default: int = 100, most: int = 1000) -> tuple[list[JSON], str]:
    """One page of `items` and the cursor of the next, empty at the end; raises invalid_cursor."""
    limit, cursor = request.number("limit", default, most), request.word("cursor")
    if cursor and not cursor.removeprefix("next:").isdigit():
        raise SlackError("invalid_cursor")
    start = int(cursor.removeprefix("next:")) if cursor else 0
    following = start + limit
    return items[start:following], f"next:{following}" if following < len(items) else ""
