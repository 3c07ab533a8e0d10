"""Pressing what only one person sees: buttons in answers to them alone, in their modals and in their Home."""

from typing import Any

from tests.office import Office, everything, texts

LIAISON = "ilo-iom-liaison"


def pressed(office: Office, name: str, place: dict[str, str | None], action: str, value: str | None) -> str:
    since = len(office.told(name))
    outcome = office.slack.click(office.id(name), *place.values(), action, value)
    assert outcome.error is None, outcome.error
    return "\n".join(text for message in office.told(name)[since:] for text in everything(message))


def press_told(office: Office, name: str, action: str, value: str | None = None) -> str:
    """Press a button of the last answer that only this person sees."""
    message = office.told(name)[-1]
    return pressed(office, name, {"room": message["channel"], "ts": message["ts"]}, action, value)


def press_modal(office: Office, name: str, action: str, value: str | None = None) -> str:
    """Press a button of the modal that lies on top."""
    return pressed(office, name, {"view": office.modal(name)["id"], "ts": None}, action, value)


def press_rare(office: Office, name: str, part: str, action: str, value: str | None = None) -> str:
    """Press what the Home keeps behind one button a part, because it is rare."""
    office.click(name, "menu.part", part, where="home")
    return press_modal(office, name, action, value)


def modal_words(office: Office, name: str) -> str:
    return "\n".join(texts(office.modal(name)["blocks"]))


def home_words(view: dict[str, Any]) -> str:
    return "\n".join(texts(view["blocks"]))


def buttons(blocks: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Every button in some blocks: its action and its value."""
    found = []
    for block in blocks:
        held = [*block.get("elements", []), block.get("accessory") or {}]
        found += [(one["action_id"], one["value"]) for one in held if one.get("type") == "button"]
    return found
