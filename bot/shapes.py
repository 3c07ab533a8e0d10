"""The few shapes a message or a view can have; the words come from the templates.

Messages are plain dictionaries, since they are made inside acts: slack_sdk's models, which check every block
anew, were a sixth of what an act costs. The local Slack of the tests checks them instead.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import PlainTextObject
from slack_sdk.models.views import View

from bot.outbox import Message

Block = dict[str, Any]
SECTION_LIMIT = 2900  # Slack refuses a section over 3,000 characters.
BODY_LIMIT = 9900  # It refuses a message whose blocks hold over 13,200, and then nobody would be told at all.
HEADER_LIMIT = 150
ACTIONS_LIMIT = 25
LABEL_LIMIT = 75


@dataclass(frozen=True)
class Button:
    """A button: its action carries an id and nothing else; its label is the template's part `label`.

    With `confirm` Slack asks first, in the words of the parts `<label>_title`, `_question`, `_yes` and `_no`.
    """

    action: str
    value: str
    label: str
    style: str | None = None
    confirm: bool = False


def message(parts: Mapping[str, str], buttons: Sequence[Button] = ()) -> Message:
    """A letter or card from its parts: notice (required), headline, body, footer, and a label per button."""
    return Message(parts["notice"], blocks(parts, buttons))


def blocks(parts: Mapping[str, str], buttons: Sequence[Button] = ()) -> list[Block]:
    """The blocks of one letter: headline, body in sections, buttons, and small print."""
    made: list[Block] = []
    if parts.get("headline"):
        made.append(heading(parts["headline"]))
    made += [section(text) for text in sections(parts.get("body", ""))]
    if buttons:
        made.append(actions(parts, buttons))
    if parts.get("footer"):
        made.append(small_print(parts["footer"]))
    return made


def heading(text: str) -> Block:
    """A headline."""
    return {"type": "header", "text": _plain_text(plain(text)[:HEADER_LIMIT])}


def section(text: str) -> Block:
    """One paragraph or more of mrkdwn."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def small_print(text: str) -> Block:
    """What stands below a letter, in small letters."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text[:SECTION_LIMIT]}]}


def actions(parts: Mapping[str, str], buttons: Sequence[Button]) -> Block:
    """A row of buttons."""
    return {"type": "actions", "elements": [_button(parts, button) for button in buttons][:ACTIONS_LIMIT]}


def entry(text: str, parts: Mapping[str, str], button: Button | None = None, spoken: str = "") -> Block:
    """One line of a list with its button; `spoken` tells screen readers which of many like it this one is."""
    block = section(text)
    if button:
        block["accessory"] = _button(parts, button)
        if spoken:
            block["accessory"]["accessibility_label"] = plain(spoken)[:LABEL_LIMIT]
    return block


def _button(parts: Mapping[str, str], button: Button) -> Block:
    made: Block = {
        "type": "button",
        "text": _plain_text(plain(parts[button.label])),
        "action_id": button.action,
        "value": button.value,
    }
    if button.style:
        made["style"] = button.style
    if button.confirm:
        made["confirm"] = _confirm(parts, button.label)
    return made


def _confirm(parts: Mapping[str, str], label: str) -> Block:
    said = {part: plain(parts[f"{label}_{part}"]) for part in ("title", "question", "yes", "no")}
    return {
        "title": _plain_text(said["title"]),
        "text": _plain_text(said["question"][:300]),
        "confirm": _plain_text(said["yes"]),
        "deny": _plain_text(said["no"]),
    }


def _plain_text(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def divider() -> Block:
    """A line between two things."""
    return {"type": "divider"}


def note(parts: Mapping[str, str], callback_id: str = "note") -> View:
    """A modal that only tells something: title, body, close."""
    return View(
        type="modal",
        callback_id=callback_id,
        title=PlainTextObject(text=plain(parts["title"])),
        close=PlainTextObject(text=plain(parts["close"])),
        blocks=[section(text) for text in sections(parts["body"])],
    )


def framed(answer: Message, parts: Mapping[str, str], callback_id: str = "note") -> View:
    """A message in a modal, for places without a channel to whisper in; `parts` are its title and close."""
    return View(
        type="modal",
        callback_id=callback_id,
        title=PlainTextObject(text=plain(parts["title"])),
        close=PlainTextObject(text=plain(parts["close"])),
        blocks=[*answer.blocks],
    )


def home(made: Iterable[Block]) -> View:
    """The App Home; Slack takes a hundred blocks."""
    return View(type="home", blocks=list(made)[:100])


def plain(text: str) -> str:
    """Words for places where Slack does not decode escapes."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def sections(body: str) -> list[str]:
    """A text cut at paragraphs so that no section grows over Slack's limit, nor all of them over theirs."""
    if len(body) > BODY_LIMIT:
        body = re.sub(r"&\w*$", "", body[:BODY_LIMIT]) + "…"
    made: list[str] = []
    for paragraph in filter(None, body.split("\n\n")):
        for piece in _pieces(paragraph):
            if made and len(made[-1]) + len(piece) + 2 <= SECTION_LIMIT:
                made[-1] += "\n\n" + piece
            else:
                made.append(piece)
    return made


def _pieces(paragraph: str) -> list[str]:
    pieces = [paragraph]
    while len(pieces[-1]) > SECTION_LIMIT:
        cut = pieces[-1].rfind(" ", 0, SECTION_LIMIT) + 1 or SECTION_LIMIT
        pieces[-1:] = [pieces[-1][:cut], pieces[-1][cut:]]
    return pieces
