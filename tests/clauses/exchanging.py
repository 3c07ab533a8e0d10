"""What the tests of Article IV on information share: an update that was shared, and the buttons of a message."""

from typing import Any

from tests.office import Office

LIAISON, KENYA = "ilo-iom-liaison", "ilo-iom-east-africa"
UPDATE: dict[str, Any] = {
    "subject": "Labour mobility fund",
    "summary": "A new fund opens in Nairobi in March.",
    "area": "A-COOP",
    "classification": "shareable",
}


def share(office: Office, name: str = "Mei Chen", channel: str = LIAISON, **changes: Any) -> Any:
    office.command(name, "/exchange share", channel=channel)
    result = office.submit(name, {**UPDATE, **changes})
    office.deliver()
    return result


def buttons(message: dict[str, Any]) -> list[str]:
    rows = [block for block in message["blocks"] if block["type"] == "actions"]
    return [element["action_id"] for row in rows for element in row["elements"]]
