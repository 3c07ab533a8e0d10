"""Block Kit elements and composition objects, with every limit Slack documents for them."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from bot.sandbox.checks import Check, Problems, anything, array, boolean, one_of, record, string, typed, whole

TYPE: Mapping[str, Check] = {"type": anything}
ACTION_ID: Mapping[str, Check] = {"action_id": string(255)}


def text(most: int, *kinds: str) -> Check:
    """A text object of one of `kinds`, `plain_text` when none is named."""
    plain = record({**TYPE, "text": string(most)}, {"emoji": boolean})
    mrkdwn = record({**TYPE, "text": string(most)}, {"verbatim": boolean})
    return typed({"plain_text": plain, "mrkdwn": mrkdwn}, kinds or ("plain_text",))


def any_text(most: int) -> Check:
    """A text object, plain or mrkdwn."""
    return text(most, "plain_text", "mrkdwn")


def a_date(value: Any, path: str, problems: Problems) -> None:
    """A day that exists, as YYYY-MM-DD."""
    try:
        good = bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value)) and bool(date.fromisoformat(value))
    except (TypeError, ValueError):
        good = False
    if not good:
        problems.add(path, "must be a valid date in the format YYYY-MM-DD")


def a_time(value: Any, path: str, problems: Problems) -> None:
    """A time of day, as HH:mm."""
    if not isinstance(value, str) or not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        problems.add(path, "must be a valid time in the format HH:mm")


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def a_zone(value: Any, path: str, problems: Problems) -> None:
    """An IANA time zone."""
    if value not in _zones():
        problems.add(path, "must be a valid IANA timezone")


STYLE = one_of("primary", "danger")
CONFIRM = record(
    {"title": text(100), "text": any_text(300), "confirm": text(30), "deny": text(30)},
    {"style": STYLE},
)
FOCUS: Mapping[str, Check] = {"focus_on_load": boolean}
ACTION: Mapping[str, Check] = {**ACTION_ID, "confirm": CONFIRM}
HELD: Mapping[str, Check] = {**ACTION, **FOCUS, "placeholder": text(150)}


def option(label: Check) -> Check:
    """One choice; its value is required although slack_sdk lets it pass."""
    fields = {"text": label, "value": string(150)}
    return record(fields, {"description": any_text(75), "url": string(3000)})


PLAIN_OPTION = option(text(75))
RICH_OPTION = option(any_text(75))
GROUP = record({"label": text(75), "options": array(PLAIN_OPTION, 1, 100)}, {})


def _choices(element: Mapping[str, Any]) -> list[Any]:
    groups = _listed(element.get("option_groups"))
    inside = [_listed(group.get("options")) for group in groups if isinstance(group, dict)]
    return [*_listed(element.get("options")), *(entry for options in inside for entry in options)]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def initial_among_options(element: Mapping[str, Any], path: str, problems: Problems) -> None:
    """What is preselected must be one of the choices, word for word."""
    chosen = [element["initial_option"]] if element.get("initial_option") else []
    for entry in [*chosen, *_listed(element.get("initial_options"))]:
        if entry not in _choices(element):
            problems.add(path, "initial option(s) must match one of the options")


def options_or_groups(element: Mapping[str, Any], path: str, problems: Problems) -> None:
    """Exactly one of `options` and `option_groups`."""
    if (element.get("options") is None) == (element.get("option_groups") is None):
        problems.add(path, "must provide exactly one of: options, option_groups")


def unique_values(element: Mapping[str, Any], path: str, problems: Problems) -> None:
    """Two choices with one value cannot be told apart."""
    values = [entry.get("value") for entry in _choices(element) if isinstance(entry, dict)]
    if len(values) != len(set(map(str, values))):
        problems.add(path, "option values must be unique")


def initial_fits(element: Mapping[str, Any], path: str, problems: Problems) -> None:
    """What is typed in advance keeps the field's own limit."""
    limit, initial = element.get("max_length"), element.get("initial_value")
    if isinstance(limit, int) and isinstance(initial, str) and len(initial) > limit:
        problems.add(f"{path}/initial_value", f"must be less than {limit + 1} characters")


CHOICES: Mapping[str, Check] = {
    "options": array(PLAIN_OPTION, 1, 100),
    "option_groups": array(GROUP, 1, 100),
}
MOST: Mapping[str, Check] = {"max_selected_items": whole(1, 1000)}
IDS = array(string(255), 0, 100)
FEW = {"options": array(RICH_OPTION, 1, 10)}
SELECT_RULES = (options_or_groups, initial_among_options, unique_values)
FILTER = record(
    {},
    {
        "include": array(one_of("im", "mpim", "private", "public"), 1, 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)
CONVERSATIONS: Mapping[str, Check] = {"default_to_current_conversation": boolean, "filter": FILTER}
DISPATCH = record({}, {"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), 1, 2)})
TYPED: Mapping[str, Check] = {
    **ACTION_ID,
    **FOCUS,
    "placeholder": text(150),
    "dispatch_action_config": DISPATCH,
    "initial_value": string(3000, 0),
}
IMAGE = record({**TYPE, "alt_text": string(2000)}, {"image_url": string(3000), "slack_file": anything})


def element(required: Mapping[str, Check], optional: Mapping[str, Check], *more: Check) -> Check:
    """An element: a record with its `type`."""
    return record({**TYPE, **required}, optional, *more)


SELECTS: Mapping[str, Check] = {
    "static_select": element({}, {**HELD, **CHOICES, "initial_option": PLAIN_OPTION}, *SELECT_RULES),
    "multi_static_select": element(
        {}, {**HELD, **CHOICES, **MOST, "initial_options": array(PLAIN_OPTION, 1, 100)}, *SELECT_RULES
    ),
    "external_select": element(
        {}, {**HELD, "initial_option": PLAIN_OPTION, "min_query_length": whole(0, 100)}
    ),
    "multi_external_select": element(
        {},
        {**HELD, **MOST, "initial_options": array(PLAIN_OPTION, 1, 100), "min_query_length": whole(0, 100)},
    ),
    "users_select": element({}, {**HELD, "initial_user": string(255)}),
    "multi_users_select": element({}, {**HELD, **MOST, "initial_users": IDS}),
    "channels_select": element({}, {**HELD, "initial_channel": string(255), "response_url_enabled": boolean}),
    "multi_channels_select": element({}, {**HELD, **MOST, "initial_channels": IDS}),
    "conversations_select": element(
        {}, {**HELD, **CONVERSATIONS, "initial_conversation": string(255), "response_url_enabled": boolean}
    ),
    "multi_conversations_select": element(
        {}, {**HELD, **CONVERSATIONS, **MOST, "initial_conversations": IDS}
    ),
}
PICKERS: Mapping[str, Check] = {
    "datepicker": element({}, {**HELD, "initial_date": a_date}),
    "timepicker": element({}, {**HELD, "initial_time": a_time, "timezone": a_zone}),
    "datetimepicker": element(
        {}, {**ACTION, **FOCUS, "initial_date_time": whole(1_000_000_000, 9_999_999_999)}
    ),
}
CHOOSERS: Mapping[str, Check] = {
    "radio_buttons": element(
        FEW, {**ACTION, **FOCUS, "initial_option": RICH_OPTION}, initial_among_options, unique_values
    ),
    "checkboxes": element(
        FEW,
        {**ACTION, **FOCUS, "initial_options": array(RICH_OPTION, 1, 10)},
        initial_among_options,
        unique_values,
    ),
    "overflow": element({"options": array(PLAIN_OPTION, 1, 5)}, ACTION, unique_values),
    "button": element(
        {"text": text(75)},
        {
            **ACTION,
            "url": string(3000),
            "value": string(2000),
            "style": STYLE,
            "accessibility_label": string(75),
        },
    ),
}
FIELDS: Mapping[str, Check] = {
    "plain_text_input": element(
        {},
        {**TYPED, "multiline": boolean, "min_length": whole(0, 3000), "max_length": whole(1, 3000)},
        initial_fits,
    ),
    "email_text_input": element({}, TYPED),
    "url_text_input": element({}, TYPED),
    "number_input": element(
        {"is_decimal_allowed": boolean}, {**TYPED, "min_value": string(50), "max_value": string(50)}
    ),
    "file_input": element(
        {}, {**ACTION_ID, "filetypes": array(string(20), 1, 100), "max_files": whole(1, 10)}
    ),
    "rich_text_input": element(
        {},
        {
            **ACTION_ID,
            **FOCUS,
            "placeholder": text(150),
            "dispatch_action_config": DISPATCH,
            "initial_value": anything,
        },
    ),
}
ELEMENTS: Mapping[str, Check] = {**SELECTS, **PICKERS, **CHOOSERS, **FIELDS, "image": IMAGE}

ACCESSORIES = (*SELECTS, "datepicker", "timepicker", *CHOOSERS, "image")
ACTIONS = (*SELECTS, *PICKERS, *CHOOSERS)
INPUTS = (*SELECTS, *PICKERS, "radio_buttons", "checkboxes", *FIELDS)
