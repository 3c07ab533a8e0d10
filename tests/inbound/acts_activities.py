"""What is put on record about activities (I.2, I.4, IV.7): two projects in one place."""

from collections.abc import Callable
from typing import Any

from tests.clauses.test_iv_6_1_projects import KENYA, add
from tests.handlers.test_activities import CHANNELS
from tests.inbound.sending import Act, Body, filled
from tests.office import Office

NAME = "Grace Wanjiru"


def answering(action: str, values: dict[str, Any]) -> Callable[[Office], Body]:
    def ready(office: Office) -> Body:
        add(office)
        add(office, NAME)
        office.click(NAME, action, where=KENYA)
        return filled(office, NAME, values)

    return ready


ACTS = [
    Act("iom", "activities.relate", answering("activities.relate", {"relation": "joint"})),
    Act("iom", "activities.consider", answering("activities.consider", CHANNELS)),
]
READING = {"activities.list", "activities.show", "activities.relate", "activities.consider"}
