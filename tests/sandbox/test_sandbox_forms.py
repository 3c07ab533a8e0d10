"""What Slack's client checks before it sends a form, and how values are typed in."""

from datetime import UTC, datetime, time

import pytest
from echo import card, field, form, plain
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.blocks import message_problems, view_problems
from bot.sandbox.forms import entry_for, find_field, refusals, state_values

A = {"text": plain("Print"), "value": "print"}
B = {"text": plain("Web"), "value": "web"}


def said(element, value):
    block = field("a", **element)
    typed = {"a": {"a_entry": entry_for(block["element"], value)}}
    return refusals([block], state_values([block], typed)).get("a")


@pytest.mark.parametrize(
    ("element", "value", "word"),
    [
        ({"max_length": 3}, "four", "no more than 3"),
        ({"min_length": 3}, "ab", "at least 3"),
        ({}, "", "required"),
        ({}, "fine", None),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "valid number"),
        ({"type": "number_input", "is_decimal_allowed": True, "min_value": "2"}, 1.5, "at least 2"),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "2"}, 2.5, "at most 2"),
        ({"type": "number_input", "is_decimal_allowed": True}, 2.5, None),
        ({"type": "email_text_input"}, "nobody", "valid email"),
        ({"type": "url_text_input"}, "ilo.org", "valid URL"),
        ({"type": "url_text_input"}, "https://www.ilo.org", None),
        ({"type": "multi_users_select", "max_selected_items": 1}, ["U1", "U2"], "up to 1"),
        ({"type": "file_input", "max_files": 1}, [{"id": "F1"}, {"id": "F2"}], "up to 1"),
    ],
)
def test_the_client_refuses_before_it_sends(element, value, word):
    found = said(element, value)

    assert word in found if word else found is None


def test_an_optional_field_may_stay_empty():
    block = {**field("a"), "optional": True}

    assert refusals([block], state_values([block], {})) == {}


@pytest.mark.parametrize(
    ("element", "value", "entry"),
    [
        ({"type": "timepicker", "timezone": "Europe/Zurich"}, time(9, 5), {"selected_time": "09:05"}),
        (
            {"type": "datetimepicker"},
            datetime(2026, 11, 22, 8, tzinfo=UTC),
            {"selected_date_time": 1795334400},
        ),
        ({"type": "radio_buttons", "options": [A, B]}, "Web", {"selected_option": B}),
        ({"type": "static_select", "option_groups": [{"options": [A, B]}]}, "web", {"selected_option": B}),
        ({"type": "static_select", "options": [A]}, None, {"selected_option": None}),
        ({"type": "external_select"}, B, {"selected_option": B}),
        ({"type": "checkboxes", "options": [A, B]}, "print", {"selected_options": [A]}),
        ({"type": "users_select"}, "U1", {"selected_user": "U1"}),
        ({"type": "multi_channels_select"}, "C1", {"selected_channels": ["C1"]}),
    ],
)
def test_python_values_become_entries(element, value, entry):
    found = entry_for({"action_id": "a", **element}, value)

    assert entry.items() <= found.items()
    assert found.get("timezone") == element.get("timezone")


def test_initial_values_hold_until_something_is_typed():
    block = field("a", type="timepicker", initial_time="09:00", timezone="Europe/Zurich")
    other = field("b", initial_value="before")
    values = state_values([block, other], {"b": {"b_entry": {"type": "plain_text_input", "value": "after"}}})

    assert values["a"]["a_entry"]["selected_time"] == "09:00"
    assert values["b"]["b_entry"]["value"] == "after"
    assert find_field([block, other], "b_entry")[0] is other


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
PLACES = [
    field("a", type="static_select", options=[A], option_groups=[{"options": [B]}], initial_options=[A]),
    *card(),
    {"type": "context", "elements": [plain("x")]},
    {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]},
]


def spoil(value, path, junk):
    """A copy of `value` with junk at the place `path` leads to."""
    if not path or not isinstance(value, dict | list) or not value:
        return junk
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    key = keys[path[0] % len(keys)]
    copied = value.copy()
    copied[key] = spoil(value[key], path[1:], junk)
    return copied


@settings(max_examples=150, deadline=None)
@given(path=st.lists(st.integers(0, 9), max_size=7), junk=JSON)
def test_no_nonsense_breaks_the_validator(path, junk):
    spoilt = spoil(form(*PLACES), path, junk)

    assert isinstance(view_problems(spoilt, "modal"), list)
    assert isinstance(message_problems(spoil(PLACES, path, junk)), list)
