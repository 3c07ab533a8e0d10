"""What is put on record about activities (I.2, I.4, IV.7)."""

from collections.abc import Callable
from typing import Any

from tests.handlers.test_activities import CHANNELS, brought, opened
from tests.inbound.acts import Act, Body, filled
from tests.office import Office

NAME = "Grace Wanjiru"


def answering(action: str, values: dict[str, Any]) -> Callable[[Office], Body]:
    def ready(office: Office) -> Body:
        brought(office, "Samuel Otieno", "2026/1")
        brought(office, NAME, "2026/2")
        opened(office, NAME, 2)
        office.slack.click(office.id(NAME), office.modal(NAME)["id"], None, action, "2")
        return filled(office, NAME, values)

    return ready


ACTS = [
    Act("iom", "activities.relate", answering("activities.relate", {"relation": "joint"})),
    Act("iom", "activities.consider", answering("activities.consider", CHANNELS)),
]
READING = {"activities.list", "activities.show", "activities.relate", "activities.consider"}
