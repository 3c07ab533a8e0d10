"""The HTTP side: one door per party's app, and two windows for whoever watches over the machine."""

from collections.abc import Mapping

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from slack_bolt import App, BoltRequest
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.health import Health, registry

BODY_LIMIT = 1_000_000
"""Bytes: Slack's largest payload is far smaller."""
STAMP_LIMIT = 12
"""Digits of a timestamp in seconds, which is enough for some thousand years."""


def make_web(apps: Mapping[str, App], health: Health) -> Starlette:
    """`POST /slack/{party}/events`, `GET /healthz` and `GET /metrics`."""

    async def events(request: Request) -> Response:
        app = apps.get(request.path_params["party"])
        if app is None:
            return Response(status_code=404)
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > BODY_LIMIT:
                return Response(status_code=413)
        return await run_in_threadpool(_dispatch, app, request, bytes(body))

    def healthz(_: Request) -> Response:
        report = health.report()
        return JSONResponse(report, 200 if report["well"] else 503)

    def metrics(_: Request) -> Response:
        health.measure()
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return Starlette(
        routes=[
            Route("/slack/{party}/events", events, methods=["POST"]),
            Route("/healthz", healthz),
            Route("/metrics", metrics),
        ]
    )


def _dispatch(app: App, request: Request, body: bytes) -> Response:
    # Bolt reads body and timestamp before it checks who signed, so anybody can send what it cannot read.
    stamp = request.headers.get("x-slack-request-timestamp", "0")
    if not (stamp.isdecimal() and len(stamp) <= STAMP_LIMIT):
        return Response(status_code=401)
    try:
        knock = BoltRequest(
            body=body.decode("utf-8", "replace"),
            query=str(request.query_params),
            headers={name: [value] for name, value in request.headers.items()},
        )
    except (ValueError, TypeError, AttributeError, RecursionError):
        return Response(status_code=400)
    answer = app.dispatch(knock)
    # Bolt names its own content type; Starlette must not add another.
    headers = {name: ", ".join(values) for name, values in answer.headers.items()}
    return Response(answer.body, answer.status, headers)
