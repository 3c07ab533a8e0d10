"""Bolt's side of the doors: a few catch-all listeners hand every request to the one table that maps them."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack, App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.agreement.errors import AgreementError, FieldError
from bot.agreement.people import Identity
from bot.bootstrap import House
from bot.forms import kept
from bot.letters import prepare, words
from bot.metrics import Outcome, RequestKind
from bot.outbox import Message
from bot.secretariat import AlreadyReceived
from bot.shapes import framed, plain
from bot.slack import tls
from bot.vocabulary import unprefixed
from handlers.calls import FROM_HOME, Call, Door, Replace, Reply, Tell
from handlers.doors import ACTIONS, COMMANDS, VIEWS, open_home, unknown_command
from handlers.errors import report, sentence, shown, spoken
from handlers.visits import current, visit

ANY = re.compile(".*", re.DOTALL)
STATUS = {Outcome.UNKNOWN_DOOR: 404, Outcome.MALFORMED: 400}
ENDED = {401: Outcome.UNSIGNED, 404: Outcome.UNKNOWN_DOOR}
MISREAD = (LookupError, TypeError, AttributeError, ValueError, RecursionError)
Body = Mapping[str, Any]


class PartyApp(App):
    """One party's Bolt app, over HTTP or Socket Mode: each request is counted and can be found in the log."""

    party: str

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Let Bolt find the listener; see `slack_bolt.App.dispatch`."""
        with visit(self.party) as under_way:
            try:
                answer = super().dispatch(req)
            except MISREAD as error:
                # Bolt reads the payload once more to tell of a fault, and stumbles over the same.
                answer = self.fault(error)
            if under_way.outcome is Outcome.DONE and answer.status in ENDED:
                under_way.ends(ENDED[answer.status])
            return answer

    def fault(self, error: Exception) -> BoltResponse:
        """What no door has answered for: before any was found the payload is at fault, and then we are."""
        at_a_door = current().kind is not RequestKind.OTHER
        if at_a_door or not isinstance(error, MISREAD):
            report(error)
            return BoltResponse(status=500)
        outcome = Outcome.UNKNOWN_DOOR if isinstance(error, UnknownDoor) else Outcome.MALFORMED
        current().ends(outcome)
        return BoltResponse(status=STATUS[outcome])


class UnknownDoor(LookupError):
    """No such button or form: one of an earlier version, or of another app."""


def make_app(house: House, party: str) -> App:
    """The Bolt app of one party's installation; it answers from memory who is authorized."""
    installed = house.installations[party]
    result = AuthorizeResult(
        enterprise_id=None,
        team_id=installed.team_id,
        bot_token=installed.bot_token,
        bot_id="",
        bot_user_id="",
    )
    app = PartyApp(
        # Without a name Bolt walks through the source of every caller to find one.
        name=party,
        signing_secret=installed.signing_secret,
        client=WebClient(base_url=house.clients[party].web.base_url, ssl=tls(), retry_handlers=[]),
        authorize=lambda: result,
        process_before_response=True,
        token_verification_enabled=False,
        ignoring_self_events_enabled=False,
    )
    app.party = party
    prepare()
    desk = FrontDesk(house, party)
    app.error(app.fault)
    app.command(ANY)(desk.command)
    app.action(ANY)(desk.action)
    app.view(ANY)(desk.view)
    app.view_closed(ANY)(desk.closed)
    app.event("app_home_opened")(desk.home)
    app.event(ANY)(desk.event)
    return app


class FrontDesk:
    """Turns Slack's payloads into calls, and replies into Slack's answers."""

    def __init__(self, house: House, party: str) -> None:
        """Serve the app of `party`."""
        self.house, self.party = house, party

    def command(self, ack: Ack, body: Body) -> None:
        """A slash command: its first word chooses the door."""
        word, _, rest = kept(plain(body.get("text", ""))).strip().partition(" ")
        who = Identity(body["team_id"], body["user_id"])
        call = self._call(who, text=rest.strip(), channel=body["channel_id"], trigger=body["trigger_id"])
        command = unprefixed(body["command"])
        known = COMMANDS.get(command, {}).get(word.lower())
        door = known or unknown_command(command, word)
        current().comes_to(RequestKind.COMMAND, f"{command} {word.lower()}".strip() if known else command)
        reply = self._answer(lambda: door(call), spoken)
        if isinstance(reply, Tell):
            ack(text=reply.message.text, blocks=reply.message.blocks, response_type="ephemeral")
        else:
            ack()

    def action(self, ack: Ack, body: Body, respond: Callable[..., Any]) -> None:
        """A button: its value is an id, its action chooses the door."""
        action = body["actions"][0]
        who = Identity(body["user"]["team_id"], body["user"]["id"])
        place = body.get("view") or {}
        call = self._call(
            who,
            value=kept(str(action.get("value", ""))),
            channel=(body.get("channel") or {}).get("id", ""),
            trigger=body["trigger_id"],
            modal=place if place.get("type") == "modal" else {},
            in_answer=bool(body.get("container", {}).get("is_ephemeral")),
            from_home=place.get("type") == "home" or _from_home(place),
        )
        door = _door(ACTIONS, RequestKind.ACTION, action["action_id"])
        reply = self._answer(lambda: door(call), spoken)
        ack()
        if isinstance(reply, Tell):
            self._answer(lambda: self._tell(call, reply, body, respond), spoken)
        self._redraw_home(call)

    def _redraw_home(self, call: Call) -> None:
        if call.from_home:
            self._answer(lambda: open_home(call), spoken)

    def _tell(self, call: Call, reply: Tell, body: Body, respond: Callable[..., Any]) -> None:
        message = reply.message
        if body.get("response_url"):
            told = {"text": message.text, "blocks": message.blocks, "response_type": "ephemeral"}
            respond(**told, replace_original=reply.instead)
            return
        # An answer takes the place of an answer.
        call.turn(framed(message, words("common/answer", {})))

    def view(self, ack: Ack, body: Body) -> None:
        """A form that was sent in: what is wrong is said beside its field, and nothing typed is lost."""
        who = Identity(body["user"]["team_id"], body["user"]["id"])
        call = self._call(who, view=body["view"], from_home=_from_home(body["view"]))
        first = _first_input(body["view"])
        door = _door(VIEWS, RequestKind.VIEW, body["view"]["callback_id"])
        try:
            reply = door(call)
        except AlreadyReceived:
            ack()
        except FieldError as error:
            ack(response_action="errors", errors={error.field: plain(sentence(error))})
        except AgreementError as error:
            ack(response_action="update", view=shown(error).to_dict())
            self._redraw_home(call)
        except Exception as error:  # noqa: BLE001  the edge: whatever happened, what was typed must stay
            ack(response_action="errors", errors={first: sentence(error)})
        else:
            ack(response_action="update", view=reply.view.to_dict()) if isinstance(reply, Replace) else ack()
            self._redraw_home(call)

    def home(self, ack: Ack, event: Body, body: Body) -> None:
        """Somebody opened the App Home."""
        who = Identity(event.get("user_team") or body.get("team_id", ""), event["user"])
        current().comes_to(RequestKind.EVENT, "app_home_opened")
        ack()
        if event.get("tab", "home") == "home":
            self._answer(lambda: open_home(self._call(who)), spoken)

    def closed(self, ack: Ack) -> None:
        """A form was closed."""
        current().comes_to(RequestKind.VIEW, "closed")
        ack()

    def event(self, ack: Ack) -> None:
        """Something happened that needs no answer."""
        current().comes_to(RequestKind.EVENT, "other")
        ack()

    def _call(self, who: Identity, **facts: Any) -> Call:
        return Call(self.house, self.party, who, **facts)

    def _answer(self, door: Callable[[], Reply], tell: Callable[[Exception], Message]) -> Reply:
        try:
            return door()
        except Exception as error:  # noqa: BLE001  the edge: a person is told, and the log has the rest
            return Tell(tell(error))


def _door(doors: Mapping[str, Door], kind: RequestKind, name: str) -> Door:
    if name not in doors:
        raise UnknownDoor(kind)
    current().comes_to(kind, name)
    return doors[name]


def _from_home(view: Body) -> bool:
    return str(view.get("external_id") or "").startswith(FROM_HOME)


def _first_input(view: Body) -> str:
    return next((str(block["block_id"]) for block in view["blocks"] if block["type"] == "input"), "")
