"""response_url: five answers within thirty minutes, where the interaction happened."""

from datetime import timedelta
from secrets import token_hex

from bot.sandbox import messages
from bot.sandbox.persistence import JSON
from bot.sandbox.state import Response, SlackError, State
from bot.sandbox.world import App

LIFE = timedelta(minutes=30)
USES = 5


def issue(state: State, app: App, user: str, channel: str, message: JSON | None = None) -> str:
    """The id of a new response URL; `message` is the one that was clicked."""
    key = token_hex(12)
    ephemeral = message is None or bool(message.get("is_ephemeral"))
    ts = message["ts"] if message else None
    state.responses[key] = Response(app.id, user, channel, state.real.now(), ts, ephemeral)
    return key


def respond(state: State, key: str, body: JSON) -> JSON | None:
    """What an app posts to a response URL; returns the message shown, if any.

    Raises expired_url, used_url, no_text and the refusals of blocks.
    """
    response = state.responses.get(key)
    if response is None or state.real.now() - response.issued > LIFE:
        raise SlackError("expired_url")
    if response.uses >= USES:
        raise SlackError("used_url")
    response.uses += 1
    app = state.apps[response.app_id]
    if body.get("delete_original"):
        _delete(state, response)
        return None
    fields = content(state, body)
    if body.get("replace_original") and response.message_ts:
        return _replace(state, app, response, fields)
    return show(state, app, response.channel, response.user, fields, body)


def content(state: State, body: JSON) -> JSON:
    """Text and blocks of an answer; blocks alone are let pass here, as the reader asked for it."""
    fields: JSON = {"text": str(body.get("text") or "")}
    if body.get("blocks"):
        fields["blocks"] = messages.checked_blocks(state, body["blocks"])
    else:
        messages.checked_text(body.get("text"))
    return fields


def show(state: State, app: App, channel: str, user: str, fields: JSON, body: JSON) -> JSON:
    """Put an answer in the channel, or before one person's eyes only, which is the default."""
    signed = {**fields, **messages.bot_fields(app)}
    thread = body.get("thread_ts")
    if body.get("response_type") == "in_channel":
        return messages.add(state, channel, signed, thread)
    return messages.add_ephemeral(state, channel, user, signed, thread)


def _original(state: State, response: Response) -> JSON | None:
    if response.ephemeral:
        return messages.find_ephemeral(state, response.user, response.message_ts)
    return messages.find(state, response.channel, response.message_ts)


def _delete(state: State, response: Response) -> None:
    original = _original(state, response)
    if original is None:
        return
    if response.ephemeral:
        messages.drop_ephemeral(state, original)
    else:
        messages.remove(state, original)


def _replace(state: State, app: App, response: Response, fields: JSON) -> JSON | None:
    original = _original(state, response)
    if original is None:
        return None
    if not response.ephemeral:
        return messages.change(state, original, app.bot_user, **{"blocks": None, **fields})
    original.pop("blocks", None)
    original.update(fields)
    state.changed()
    return original
