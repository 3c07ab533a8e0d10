"""What a form holds: initial values, what a person types, and what Slack's own client refuses to submit."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from bot.sandbox.blocks import elements_of
from bot.sandbox.persistence import JSON

REQUIRED = "Please complete this required field."

STATE_KEYS: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", ""),
}
LISTS = {"selected_options", "selected_users", "selected_channels", "selected_conversations", "files"}


def fields_of(blocks: list[JSON]) -> Iterator[tuple[JSON, JSON]]:
    """The elements that hold a value, each with its block."""
    return ((block, element) for block, element in elements_of(blocks) if element["type"] in STATE_KEYS)


def initial_entry(element: JSON) -> JSON:
    """What the field holds before anyone touches it."""
    key, initial = STATE_KEYS[element["type"]]
    value = element.get(initial)
    entry: JSON = {"type": element["type"], key: [] if value is None and key in LISTS else value}
    if element.get("timezone"):
        entry["timezone"] = element["timezone"]
    return entry


def state_values(blocks: list[JSON], typed: JSON) -> JSON:
    """`state.values` of a view or message: what was typed where it was typed, else the initial values."""
    values: JSON = {}
    for block, element in fields_of(blocks):
        held = typed.get(block["block_id"], {}).get(element["action_id"])
        same = held is not None and held.get("type") == element["type"]
        values.setdefault(block["block_id"], {})[element["action_id"]] = (
            held if same else initial_entry(element)
        )
    return values


def _options(element: JSON) -> list[JSON]:
    found = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        found.extend(group["options"])
    return found


def _choice(element: JSON, value: Any) -> JSON:
    if isinstance(value, dict):
        return value
    for option in _options(element):
        if str(value) in (option["value"], option["text"]["text"]):
            return option
    offered = ", ".join(option["value"] for option in _options(element))
    raise ValueError(f"{element['action_id']} offers no {value!r}; it offers: {offered}")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return int(value.timestamp())
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return str(value) if isinstance(value, int | float | Decimal) else value


def entry_for(element: JSON, value: Any) -> JSON:
    """A Python value as the element would report it; raises ValueError for a choice that is not offered."""
    key, _ = STATE_KEYS[element["type"]]
    entry: JSON = {"type": element["type"], key: None}
    if key == "selected_option":
        entry[key] = None if value is None else _choice(element, value)
    elif key == "selected_options":
        listed = value if isinstance(value, list | tuple | set) else [value]
        entry[key] = [_choice(element, one) for one in listed]
    elif key in LISTS:
        entry[key] = list(value) if isinstance(value, list | tuple | set) else [value]
    else:
        entry[key] = _plain(value)
    if element.get("timezone"):
        entry["timezone"] = element["timezone"]
    return entry


def find_field(blocks: list[JSON], name: str) -> tuple[JSON, JSON]:
    """The field whose block or action has this id; raises KeyError naming those there are."""
    found = list(fields_of(blocks))
    for block, element in found:
        if name in (block["block_id"], element["action_id"]):
            return block, element
    raise KeyError(f"no field {name!r}; there are: {', '.join(block['block_id'] for block, _ in found)}")


def refusals(blocks: list[JSON], values: JSON) -> dict[str, str]:
    """What Slack's client says before it sends a form, by block."""
    said: dict[str, str] = {}
    for block, element in fields_of(blocks):
        if block["type"] != "input":
            continue
        key, _ = STATE_KEYS[element["type"]]
        value = values[block["block_id"]][element["action_id"]].get(key)
        word = _refusal(element, value) if value not in (None, "", []) else _missing(block)
        if word:
            said[block["block_id"]] = word
    return said


def _missing(block: JSON) -> str | None:
    return None if block.get("optional") else REQUIRED


def _refusal(element: JSON, value: Any) -> str | None:
    kind = element["type"]
    if kind == "plain_text_input":
        return _length(element, str(value))
    if kind == "number_input":
        return _number(element, str(value))
    if kind == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", str(value)):
        return "Please enter a valid email address."
    if kind == "url_text_input" and not re.fullmatch(r"https?://\S+", str(value)):
        return "Please enter a valid URL."
    most = element.get("max_selected_items") or element.get("max_files")
    if isinstance(value, list) and most and len(value) > most:
        return f"You can choose up to {most}."
    return None


def _length(element: JSON, value: str) -> str | None:
    if len(value) > element.get("max_length", 3000):
        return f"Please enter no more than {element.get('max_length', 3000)} characters."
    if len(value) < element.get("min_length", 0):
        return f"Please enter at least {element['min_length']} characters."
    return None


def _number(element: JSON, value: str) -> str | None:
    pattern = r"-?\d+(\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+"
    if not re.fullmatch(pattern, value):
        return "Please enter a valid number."
    if element.get("min_value") is not None and Decimal(value) < Decimal(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if element.get("max_value") is not None and Decimal(value) > Decimal(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return None
