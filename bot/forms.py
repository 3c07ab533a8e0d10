"""Forms as tables of fields: one shape for every modal, read back into plain values under the same names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any

from slack_sdk.models.blocks import (
    CheckboxesElement,
    DatePickerElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
    StaticMultiSelectElement,
    StaticSelectElement,
    TimePickerElement,
)
from slack_sdk.models.blocks.block_elements import FileInputElement, InputInteractiveElement
from slack_sdk.models.views import View

from bot.letters import words
from bot.shapes import plain, section, sections

Initial = str | Sequence[str]
"""What a field begins with: a text, day, time or value, or the several values that are chosen."""
LINE_LIMIT = 150
TEXT_LIMIT = 3000


class FieldKind(StrEnum):
    """What a person fills in."""

    LINE = "line"
    """One line of text."""
    TEXT = "text"
    """Several lines of text."""
    CHOICE = "choice"
    """One of a list."""
    RADIO = "radio"
    """One of a few, all in sight."""
    CHECKS = "checks"
    """Any of a few, all in sight; Slack shows ten at the most."""
    SEVERAL = "several"
    """Any of a list."""
    DAY = "day"
    """A civil day."""
    TIME = "time"
    """A time of day; the form says in which zone."""
    FILE = "file"
    """A file."""


@dataclass(frozen=True)
class FormField:
    """One field. Its label is the template's part of the same name, its hint `<name>_hint`."""

    name: str
    kind: FieldKind
    optional: bool = False
    limit: int = 0


@dataclass(frozen=True)
class Form:
    """A modal: the template with its words, the callback that takes it, and its fields in order."""

    template: str
    callback: str
    fields: tuple[FormField, ...]

    def view(
        self,
        facts: Mapping[str, object],
        *,
        options: Mapping[str, Sequence[tuple[str, str]]] | None = None,
        initial: Mapping[str, Initial] | None = None,
        private: str = "",
    ) -> View:
        """The modal to open. `options` are (value, label) pairs; `private` comes back with the answers.

        A field of which `options` says that there is nothing to choose from is left out.
        """
        parts = words(self.template, facts)
        intro = [section(text) for text in sections(parts.get("intro", ""))]
        offered = options or {}
        inputs = [
            _input(field, parts, offered, (initial or {}).get(field.name))
            for field in self.fields
            if offered.get(field.name) != []
        ]
        return View(
            type="modal",
            callback_id=self.callback,
            title=PlainTextObject(text=plain(parts["title"])),
            submit=PlainTextObject(text=plain(parts["submit"])),
            close=PlainTextObject(text=plain(parts["close"])),
            private_metadata=private,
            blocks=[*intro, *inputs],
        )


def read(view: Mapping[str, Any]) -> dict[str, Any]:
    """What was filled in, by field: text, date, the chosen value, or a list of Slack's facts on files."""
    values = view.get("state", {}).get("values", {})
    return {name: _value(next(iter(block.values()))) for name, block in values.items()}


def _value(state: Mapping[str, Any]) -> Any:
    match state["type"]:
        case "datepicker":
            return date.fromisoformat(state["selected_date"]) if state.get("selected_date") else None
        case "file_input":
            return list(state.get("files") or [])
        case "timepicker":
            return time.fromisoformat(state["selected_time"]) if state.get("selected_time") else None
        case "static_select" | "radio_buttons":
            return kept((state.get("selected_option") or {}).get("value", ""))
        case "multi_static_select" | "checkboxes":
            return [kept(option["value"]) for option in state.get("selected_options") or []]
        case _:
            return kept(state.get("value") or "")


def kept(text: str) -> str:
    """A text without NUL: none needs it, and PostgreSQL neither keeps nor looks for any that has it."""
    return text.replace("\0", "")


def _input(
    field: FormField,
    parts: Mapping[str, str],
    options: Mapping[str, Sequence[tuple[str, str]]],
    initial: Initial | None,
) -> InputBlock:
    hint = parts.get(f"{field.name}_hint")
    return InputBlock(
        block_id=field.name,
        label=PlainTextObject(text=plain(parts[field.name])),
        hint=PlainTextObject(text=plain(hint)) if hint else None,
        optional=field.optional,
        element=_element(field, [_option(*pair) for pair in options.get(field.name, ())], initial),
    )


def _option(value: str, label: str) -> Option:
    return Option(value=value, text=PlainTextObject(text=plain(label)[:75]))


def _element(field: FormField, options: list[Option], initial: Initial | None) -> InputInteractiveElement:
    chosen = [option for option in options if option.value in _listed(initial)]
    match field.kind:
        case FieldKind.CHOICE:
            return StaticSelectElement(action_id=field.name, options=options, initial_option=_first(chosen))
        case FieldKind.RADIO:
            return RadioButtonsElement(action_id=field.name, options=options, initial_option=_first(chosen))
        case FieldKind.CHECKS:
            return CheckboxesElement(action_id=field.name, options=options, initial_options=chosen or None)
        case FieldKind.SEVERAL:
            return StaticMultiSelectElement(
                action_id=field.name, options=options, initial_options=chosen or None
            )
        case _:
            return _typed_in(field, str(initial) if initial else None)


def _typed_in(field: FormField, initial: str | None) -> InputInteractiveElement:
    match field.kind:
        case FieldKind.DAY:
            return DatePickerElement(action_id=field.name, initial_date=initial)
        case FieldKind.TIME:
            return TimePickerElement(action_id=field.name, initial_time=initial)
        case FieldKind.FILE:
            return FileInputElement(action_id=field.name, max_files=1)
        case _:
            several = field.kind is FieldKind.TEXT
            return PlainTextInputElement(
                action_id=field.name,
                multiline=several,
                initial_value=initial,
                max_length=field.limit or (TEXT_LIMIT if several else LINE_LIMIT),
            )


def _listed(initial: Initial | None) -> Sequence[str]:
    return [initial] if isinstance(initial, str) else initial or []


def _first(chosen: list[Option]) -> Option | None:
    return chosen[0] if chosen else None
