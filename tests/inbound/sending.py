"""What Slack would send for a button or a form, made but not arrived yet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.modals import issue_trigger
from bot.sandbox.responses import issue
from tests.knocking import app_of, user
from tests.office import Office

Body = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """A button or a form: `ready` brings the office so far and returns the payload, which has not arrived yet.

    `silent` is the reason why the act says nothing in Slack, where that is so. `each_press` is the reason why
    a second press counts as a second act; what arrives twice of one press counts once there, too. A form that
    is sent `anew` as it was, from a second window, is meant again: it makes another case, or says the same.
    """

    party: str
    door: str
    ready: Callable[[Office], Body]
    silent: str = ""
    each_press: str = ""
    anew: bool = False

    def __str__(self) -> str:
        return self.door


def pressed(office: Office, party: str, name: str, action: str, value: object) -> Body:
    """The payload of one press of a button."""
    state, app = office.slack.state, app_of(office, party)
    answer = issue(state, app, office.id(name), "C0LIAISON")
    return {
        "type": "block_actions",
        "user": user(office, name),
        "team": {"id": office.who(name).team_id},
        "trigger_id": issue_trigger(state, app, office.id(name)),
        "response_url": office.slack.response_url(answer),
        "actions": [{"type": "button", "action_id": action, "block_id": "b", "value": str(value)}],
    }


def after(before: Callable[[Office], Any], party: str, door: str, name: str, value: object = 1) -> Act:
    """A press by somebody who may, after something that gives it something to open or to show."""

    def ready(office: Office) -> Body:
        before(office)
        return pressed(office, party, name, door, value)

    return Act(party, door, ready)


def filled(office: Office, name: str, values: dict[str, Any]) -> Body:
    """The payload of the form that is open, filled in and sent, and lost on the way."""
    courier = office.slack.courier
    address, courier.base_url = courier.base_url, None
    office.submit(name, values)
    courier.base_url = address
    return courier.sent[-1].body
