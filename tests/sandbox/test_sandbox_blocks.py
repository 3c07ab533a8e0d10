"""What the validator refuses, above all what slack_sdk's models let pass."""

import copy

import pytest
from echo import card, field, form, plain

from bot.sandbox.blocks import IN_MESSAGE, elements_of, fill_ids, message_problems, text_size, view_problems

MRKDWN = {"type": "mrkdwn", "text": "x"}
OPTION = {"text": plain("A"), "value": "a"}
BUTTON = {"type": "button", "action_id": "go", "text": plain("Go")}


def section(**more):
    return {"type": "section", "text": MRKDWN, **more}


def actions(*elements, **more):
    return {"type": "actions", "elements": list(elements), **more}


def menu(**more):
    return {"type": "static_select", "action_id": "m", "options": [OPTION], **more}


GOOD = [
    section(accessory=BUTTON),
    section(fields=[plain("a")], accessory=menu(initial_option=OPTION)),
    {"type": "header", "text": plain("Title")},
    {"type": "divider"},
    {
        "type": "context",
        "elements": [MRKDWN, {"type": "image", "image_url": "https://x.example/a.png", "alt_text": "a"}],
    },
    actions(BUTTON, {"type": "datetimepicker", "action_id": "d", "initial_date_time": 1_795_334_400}),
    actions({"type": "overflow", "action_id": "o", "options": [{**OPTION, "url": "https://x.example"}]}),
    {"type": "image", "image_url": "https://x.example/a.png", "alt_text": "a"},
    {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]},
    {"type": "markdown", "text": "# x"},
]


@pytest.mark.parametrize("block", GOOD, ids=lambda block: block["type"])
def test_a_good_block_passes(block):
    assert message_problems([block]) == []


BAD = {
    "mrkdwn in a header": ({"type": "header", "text": MRKDWN}, "unsupported type: mrkdwn"),
    "input in a message": (field("purpose"), "unsupported type: input"),
    "input inside actions": (actions({"type": "plain_text_input", "action_id": "x"}), "unsupported type"),
    "unknown block": ({"type": "banner"}, "unsupported type: banner"),
    "unknown element": (actions({"type": "slider"}), "unsupported type: slider"),
    "no type": ({"text": MRKDWN}, "missing required field: type"),
    "not an object": ("words", "must be an object"),
    "unknown key": (section(colour="red"), "invalid additional property: colour"),
    "section without words": ({"type": "section"}, "text, fields"),
    "empty text": (section(text={"type": "mrkdwn", "text": ""}), "more than 0 characters"),
    "long section": (section(text={"type": "mrkdwn", "text": "x" * 3001}), "less than 3001"),
    "long field": (section(fields=[plain("x" * 2001)]), "less than 2001"),
    "eleven fields": (section(fields=[plain("x")] * 11), "no more than 10 items"),
    "long header": ({"type": "header", "text": plain("x" * 151)}, "less than 151"),
    "eleven in a context": ({"type": "context", "elements": [MRKDWN] * 11}, "no more than 10 items"),
    "empty context": ({"type": "context", "elements": []}, "no less than 1 items"),
    "empty actions": (actions(), "no less than 1 items"),
    "26 actions": (actions(*[{**BUTTON, "action_id": str(n)} for n in range(26)]), "no more than 25 items"),
    "one action id twice": (actions(BUTTON, BUTTON), "`action_id` go already exists"),
    "long button": (actions({**BUTTON, "text": plain("x" * 76)}), "less than 76"),
    "mrkdwn button": (actions({**BUTTON, "text": MRKDWN}), "unsupported type: mrkdwn"),
    "long value": (actions({**BUTTON, "value": "x" * 2001}), "less than 2001"),
    "value that is no string": (actions({**BUTTON, "value": 17}), "must be a string"),
    "green button": (actions({**BUTTON, "style": "green"}), "valid enum value"),
    "long action id": (actions({**BUTTON, "action_id": "x" * 256}), "less than 256"),
    "long block id": (section(block_id="x" * 256), "less than 256"),
    "half a confirm": (actions({**BUTTON, "confirm": {"title": plain("x")}}), "missing required field: deny"),
    "menu without options": (actions({"type": "static_select", "action_id": "m"}), "options, option_groups"),
    "101 options": (
        actions(menu(options=[{**OPTION, "value": str(n)} for n in range(101)])),
        "no more than 100",
    ),
    "option without value": (actions(menu(options=[{"text": plain("A")}])), "missing required field: value"),
    "long option": (actions(menu(options=[{**OPTION, "text": plain("x" * 76)}])), "less than 76"),
    "long option value": (actions(menu(options=[{**OPTION, "value": "x" * 151}])), "less than 151"),
    "two options alike": (actions(menu(options=[OPTION, {**OPTION, "text": plain("B")}])), "must be unique"),
    "preselected elsewhere": (actions(menu(initial_option={**OPTION, "value": "b"})), "initial option(s)"),
    "long placeholder": (actions(menu(placeholder=plain("x" * 151))), "less than 151"),
    "day that is none": (actions({"type": "datepicker", "initial_date": "2026-02-30"}), "valid date"),
    "hour that is none": (actions({"type": "timepicker", "initial_time": "25:00"}), "valid time"),
    "zone that is none": (actions({"type": "timepicker", "timezone": "Mars/Olympus"}), "IANA"),
    "milliseconds": (actions({"type": "datetimepicker", "initial_date_time": 1_795_334_400_000}), "between"),
    "datetimepicker beside text": (section(accessory={"type": "datetimepicker"}), "unsupported type"),
    "six in an overflow": (
        actions({"type": "overflow", "options": [{**OPTION, "value": str(n)} for n in range(6)]}),
        "no more than 5 items",
    ),
    "eleven radio buttons": (
        actions({"type": "radio_buttons", "options": [{**OPTION, "value": str(n)} for n in range(11)]}),
        "no more than 10 items",
    ),
    "image without words": ({"type": "image", "image_url": "https://x.example/a.png"}, "alt_text"),
    "image of nothing": ({"type": "image", "alt_text": "a"}, "image_url, slack_file"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_block_is_refused_with_its_place(name):
    block, said = BAD[name]
    problems = message_problems([block])

    assert any(said in problem for problem in problems), problems
    assert all("[json-pointer:/blocks/0" in problem for problem in problems)


def test_a_message_has_fifty_blocks_and_no_block_id_twice():
    assert message_problems([{"type": "divider"}] * 50) == []
    assert "no more than 50 items" in message_problems([{"type": "divider"}] * 51)[0]
    assert "already exists" in message_problems([section(block_id="a"), section(block_id="a")])[0]
    assert "array" in message_problems({})[0]


BAD_VIEWS = {
    "no title": ({"type": "modal", "blocks": []}, "missing required field: title"),
    "no submit": (form(submit=None), "missing required field: submit"),
    "long title": (form(title="x" * 25), "less than 25"),
    "long submit": (form(submit=plain("x" * 25)), "less than 25"),
    "long metadata": (form(private_metadata="x" * 3001), "less than 3001"),
    "long callback id": (form(callback_id="x" * 256), "less than 256"),
    "101 blocks": (form(*[{"type": "divider"}] * 101), "no more than 100 items"),
    "one block id twice": (form(field("a"), field("a")), "`block_id` a already exists"),
    "home in a modal": ({"type": "home", "blocks": []}, "must be a valid enum value"),
    "unknown key": (form(colour="red"), "invalid additional property"),
    "no label": (form({"type": "input", "element": {"type": "plain_text_input"}}), "field: label"),
    "button as a field": (form(field("a", type="button", text=plain("x"))), "unsupported type: button"),
    "long maximum": (form(field("a", max_length=3001)), "between 1 and 3000"),
    "typed too much": (form(field("a", max_length=2, initial_value="abc")), "less than 3"),
    "number of what kind": (form(field("a", type="number_input")), "is_decimal_allowed"),
    "eleven files": (form(field("a", type="file_input", max_files=11)), "between 1 and 10"),
    "markdown in a modal": (form({"type": "markdown", "text": "x"}), "unsupported type: markdown"),
}


@pytest.mark.parametrize("name", BAD_VIEWS)
def test_a_bad_modal_is_refused(name):
    view, said = BAD_VIEWS[name]
    problems = view_problems(view, "modal")

    assert any(said in problem for problem in problems), problems


def test_a_home_takes_fields_but_no_files_and_no_title():
    assert view_problems({"type": "home", "blocks": [field("a"), *card()]}, "home") == []
    assert view_problems({"type": "home", "blocks": [field("a", type="file_input")]}, "home")
    assert view_problems({"type": "home", "blocks": [], "title": plain("x")}, "home")
    assert view_problems(None, "home")


def test_texts_are_counted_wherever_they_stand():
    assert text_size([section(fields=[plain("ab"), plain("c")]), *card("four")]) == 1 + 3 + 4 + 3


def test_missing_ids_are_given_and_present_ones_kept():
    blocks = fill_ids(copy.deepcopy([section(), actions({"type": "datepicker"}), *card()]), lambda: "new")

    assert [block["block_id"] for block in blocks] == ["new", "new", "words", "deed"]
    assert [element["action_id"] for _, element in elements_of(blocks)] == ["new", "approve"]


def test_inputs_are_for_views_only():
    assert "input" not in IN_MESSAGE
