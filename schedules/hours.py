"""When the secretariat may speak unasked: in working hours, on days when both parties work."""

from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo

from bot.agreement.definition import Definition
from bot.agreement.errors import AgreementError
from bot.secretariat import Secretariat


@dataclass
class WorkingHoursRefused(AgreementError):
    """The policy `working_hours` is not two times of day such as 09:00-17:00, the earlier first."""

    routine = "ledger"
    text: str


def may_speak(secretariat: Secretariat) -> bool:
    """Whether this is a moment within the working hours of a day on which no party is closed.

    Hours and days are those of the agreement's time zone. Raises WorkingHoursRefused.
    """
    now = secretariat.clock.now().astimezone(ZoneInfo(secretariat.definition.tz))
    opens, closes = working_hours(secretariat.definition)
    return opens <= now.time() < closes and secretariat.calendar.is_working(now.date())


def working_hours(definition: Definition) -> tuple[time, time]:
    """From when until when the secretariat speaks unasked: policy, since the text says nothing of hours."""
    text = str(definition.policy("working_hours"))
    try:
        opens, closes = (time.fromisoformat(part.strip()) for part in text.split("-"))
    except ValueError:
        raise WorkingHoursRefused(text) from None
    if opens >= closes:
        raise WorkingHoursRefused(text)
    return opens, closes
