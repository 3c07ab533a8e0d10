"""A tiny Bolt app in both workspaces: it does what the words of a command ask, to prove the local Slack."""

from typing import Any

from slack_bolt import App, BoltRequest
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.world import World

JSON = dict[str, Any]


def plain(text: str) -> JSON:
    return {"type": "plain_text", "text": text}


def field(block_id: str, **element: Any) -> JSON:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(block_id),
        "element": {"type": "plain_text_input", "action_id": f"{block_id}_entry", **element},
    }


def form(*blocks: JSON, title: str = "Form", **more: Any) -> JSON:
    listed = list(blocks or [field("purpose")])
    shape = {"type": "modal", "callback_id": "form", "title": plain(title), "submit": plain("Send")}
    return {**shape, "blocks": listed, **more}


def card(text: str = "Decide", *labels: str) -> list[JSON]:
    buttons = [
        {"type": "button", "action_id": "approve", "value": label, "text": plain(label)}
        for label in labels or ("yes",)
    ]
    section = {"type": "section", "block_id": "words", "text": {"type": "mrkdwn", "text": text}}
    return [section, {"type": "actions", "block_id": "deed", "elements": buttons}]


class Echo:
    """What arrived is in `seen` and, of events, in `events`; `then` is what the next one is answered with."""

    def __init__(self, world: World, api: str) -> None:
        self.seen: list[JSON] = []
        self.events: list[JSON] = []
        self.headers: list[dict[str, str]] = []
        self.then: Any = None
        self.on_event: Any = None
        self.status: list[int] = []
        self._apps = {app.path: self._app(app, api) for app in world.apps}
        self.asgi = Starlette(routes=[Route("/slack/{party}/events", self._receive, methods=["POST"])])

    def _app(self, installed: Any, api: str) -> App:
        client = WebClient(installed.token, base_url=f"{api}/api/", retry_handlers=[])
        app = App(
            client=client,
            signing_secret=installed.signing_secret,
            process_before_response=True,
            token_verification_enabled=False,
            ssl_check_enabled=False,
            ignoring_self_events_enabled=False,
        )
        app.command("/emblem")(self._command)
        app.action({"action_id": "approve"})(self._do)
        app.action("choice")(self._do)
        app.view("form")(self._submitted)
        app.view_closed("form")(self._do)
        for event in ("app_home_opened", "message", "app_mention"):
            app.event(event)(self._happened)
        return app

    async def _receive(self, request: Request) -> Response:
        body = (await request.body()).decode()
        self.headers.append(dict(request.headers))
        if self.status:
            return Response(status_code=self.status.pop(0))
        bolt = BoltRequest(body=body, headers=dict(request.headers))
        found = await run_in_threadpool(self._apps[request.url.path].dispatch, bolt)
        kind = found.first_headers().get("content-type", "text/plain")
        return Response(found.body, found.status, media_type=kind)

    def _command(self, ack: Any, body: JSON, respond: Any, client: Any) -> None:
        self.seen.append(body)
        if self.then is None:
            ack(text=f"you said {body['text']}")
            return
        self.then(body, respond, client)
        ack()

    def _happened(self, body: JSON, client: Any) -> None:
        self.events.append(body)
        if self.on_event is not None:
            self.on_event(body, client)

    def _do(self, ack: Any, body: JSON, respond: Any, client: Any) -> None:
        self.seen.append(body)
        ack()
        if self.then is not None:
            self.then(body, respond, client)

    def _submitted(self, ack: Any, body: JSON) -> None:
        self.seen.append(body)
        ack(**(self.then or {}))
