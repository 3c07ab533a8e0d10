"""The strict Block Kit validator: what Slack's server refuses, and slack_sdk's models partly let pass."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.sandbox.checks import (
    Check,
    Problems,
    anything,
    array,
    boolean,
    distinct,
    one_of,
    record,
    string,
    typed,
)
from bot.sandbox.elements import ACCESSORIES, ACTIONS, ELEMENTS, IMAGE, INPUTS, TYPE, any_text, text
from bot.sandbox.persistence import JSON

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
MOST_TEXT = 13_202
VIEW_BYTES = 250_000
BLOCK_ID: Mapping[str, Check] = {"block_id": string(255)}


def _needs_text_or_fields(block: Mapping[str, Any], path: str, problems: Problems) -> None:
    if block.get("text") is None and not block.get("fields"):
        problems.add(path, "must provide at least one of: text, fields")


def _needs_picture(block: Mapping[str, Any], path: str, problems: Problems) -> None:
    if (block.get("image_url") is None) == (block.get("slack_file") is None):
        problems.add(path, "must provide exactly one of: image_url, slack_file")


def _block(required: Mapping[str, Check], optional: Mapping[str, Check], *more: Check) -> Check:
    return record({**TYPE, **required}, {**BLOCK_ID, **optional}, *more)


def _action_key(element: Mapping[str, Any]) -> object:
    return element.get("action_id")


def _all(*checks: Check) -> Check:
    def check(value: Any, path: str, problems: Problems) -> None:
        for one in checks:
            one(value, path, problems)

    return check


_RICH = record(
    {**TYPE, "elements": array(anything, 0, 1000)},
    {"style": anything, "indent": anything, "offset": anything, "border": anything, "language": anything},
)
_RICH_KINDS = ("rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote")
_CONTEXT = {"image": IMAGE, "plain_text": any_text(3000), "mrkdwn": any_text(3000)}

BLOCKS: Mapping[str, Check] = {
    "section": _block(
        {},
        {
            "text": any_text(3000),
            "fields": array(any_text(2000), 1, 10),
            "accessory": typed(ELEMENTS, ACCESSORIES),
            "expand": boolean,
        },
        _needs_text_or_fields,
    ),
    "header": _block({"text": text(150)}, {}),
    "divider": _block({}, {}),
    "context": _block({"elements": array(typed(_CONTEXT), 1, 10)}, {}),
    "actions": _block(
        {"elements": _all(array(typed(ELEMENTS, ACTIONS), 1, 25), distinct(_action_key, "action_id"))}, {}
    ),
    "input": _block(
        {"label": text(2000), "element": typed(ELEMENTS, INPUTS)},
        {"hint": text(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "image": _block(
        {"alt_text": string(2000)},
        {"image_url": string(3000), "slack_file": anything, "title": text(2000)},
        _needs_picture,
    ),
    "rich_text": _block({"elements": array(typed(dict.fromkeys(_RICH_KINDS, _RICH)), 1, 1000)}, {}),
    "markdown": _block({"text": string(12_000)}, {}),
    "table": _block({"rows": array(array(anything, 1, 20), 1, 100)}, {"column_settings": anything}),
}
IN_MESSAGE = tuple(kind for kind in BLOCKS if kind != "input")
IN_VIEW = tuple(kind for kind in BLOCKS if kind not in ("markdown", "table"))


def _blocks(kinds: tuple[str, ...], least: int, most: int) -> Check:
    listed = array(typed(BLOCKS, kinds), least, most)
    return _all(listed, distinct(lambda block: block.get("block_id"), "block_id"))


_MESSAGE = _blocks(IN_MESSAGE, 0, MESSAGE_BLOCKS)
_SHARED: Mapping[str, Check] = {
    "private_metadata": string(3000, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
}


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _submit_for_inputs(view: Mapping[str, Any], path: str, problems: Problems) -> None:
    kinds = [block.get("type") for block in _listed(view.get("blocks")) if isinstance(block, dict)]
    if "input" in kinds and not view.get("submit"):
        problems.add(path, "missing required field: submit")


def _no_files_in_home(view: Mapping[str, Any], path: str, problems: Problems) -> None:
    for block, element in elements_of(_listed(view.get("blocks"))):
        if element.get("type") == "file_input":
            problems.add(path, f"file_input is for modals only: {block.get('block_id')}")


_VIEW_BLOCKS = _blocks(IN_VIEW, 0, VIEW_BLOCKS)
_VIEWS: Mapping[str, Check] = {
    "modal": record(
        {**TYPE, "title": text(24), "blocks": _VIEW_BLOCKS},
        {
            **_SHARED,
            "submit": text(24),
            "close": text(24),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
            "submit_disabled": boolean,
        },
        _submit_for_inputs,
    ),
    "home": record({**TYPE, "blocks": _VIEW_BLOCKS}, _SHARED, _no_files_in_home),
}


def message_problems(blocks: object) -> list[str]:
    """Everything wrong with a message's blocks, as `response_metadata.messages` would say it."""
    problems = Problems()
    _MESSAGE(blocks, "/blocks", problems)
    return problems


def view_problems(view: object, kind: str) -> list[str]:
    """Everything wrong with a view of `kind` (`modal` or `home`)."""
    problems = Problems()
    one_of(kind)(view.get("type") if isinstance(view, dict) else None, "/view/type", problems)
    if not problems:
        typed(_VIEWS)(view, "/view", problems)
    return problems


def text_size(blocks: object) -> int:
    """Characters of all text objects together; over 13,202 Slack answers msg_blocks_too_long."""
    if isinstance(blocks, list):
        return sum(text_size(entry) for entry in blocks)
    if not isinstance(blocks, dict):
        return 0
    own = len(blocks["text"]) if isinstance(blocks.get("text"), str) else 0
    return own + sum(text_size(entry) for entry in blocks.values() if isinstance(entry, dict | list))


def elements_of(blocks: list[JSON]) -> Iterator[tuple[JSON, JSON]]:
    """Every interactive element with its block."""
    for block in blocks:
        if not isinstance(block, dict):
            continue
        found = [block.get("accessory"), block.get("element")]
        if block.get("type") == "actions" and isinstance(block.get("elements"), list):
            found.extend(block["elements"])
        yield from ((block, element) for element in found if isinstance(element, dict))


def fill_ids(blocks: list[JSON], new: Callable[[], str]) -> list[JSON]:
    """Give every block and element without an id one, as Slack does; the blocks are changed in place."""
    for block in blocks:
        block.setdefault("block_id", new())
    for _, element in elements_of(blocks):
        if element.get("type") != "image":
            element.setdefault("action_id", new())
    return blocks
