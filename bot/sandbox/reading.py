"""Reading a message or view as a person does: its words in order, and its buttons by their labels."""

from collections.abc import Iterator

from bot.sandbox.blocks import elements_of
from bot.sandbox.persistence import JSON

WORDS_FIRST = ("title", "text", "label", "fields", "element", "elements", "accessory", "options", "blocks")


def _words(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for entry in value:
            yield from _words(entry)
    elif isinstance(value, dict):
        if isinstance(value.get("text"), str) and value.get("type") in ("plain_text", "mrkdwn", "text"):
            yield value["text"]
            return
        for key in (*WORDS_FIRST, "hint", "placeholder", "description", "submit", "close"):
            yield from _words(value.get(key))


def visible_text(shown: JSON) -> str:
    """All words of a message or view, a line each: of the blocks, or of the text where there are none."""
    if not shown.get("blocks") and isinstance(shown.get("text"), str):
        return str(shown["text"])
    return "\n".join(_words({key: value for key, value in shown.items() if key != "text"}))


def buttons(shown: JSON) -> dict[str, tuple[str, str]]:
    """Action id and value of every button, by its label; of two labelled alike, the first."""
    found: dict[str, tuple[str, str]] = {}
    for _, element in elements_of(shown.get("blocks") or []):
        if element["type"] == "button":
            pair = (element["action_id"], element.get("value", ""))
            found.setdefault(element["text"]["text"], pair)
    return found
