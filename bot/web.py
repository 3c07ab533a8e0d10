"""The HTTP side: one door per party's app, and two windows for whoever watches over the machine."""

from asyncio import get_running_loop, timeout
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from slack_bolt import App, BoltRequest
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from structlog import get_logger

from bot.clock import Clock, SystemClock
from bot.health import Health
from bot.metrics import NO_PARTY, Outcome, RequestKind, registry, requests
from bot.signatures import BODY_LIMIT, SIGNATURE, NotLetIn, Seal, checks_certificate

STATUS = {
    Outcome.UNSIGNED: 401,
    Outcome.TOO_OLD: 401,
    Outcome.TOO_LARGE: 413,
    Outcome.MALFORMED: 400,
    Outcome.UNKNOWN_DOOR: 404,
}
PATIENCE = 3
"""Seconds a body may take to arrive: Slack waits no longer for our answer, and nobody else need be waited for."""
SMALL = 1000
"""Bytes: as much is read of what nobody signed."""
WATCHERS = 2
"""How many may look through the windows at once; the threads that answer Slack are not theirs to take."""
QUIET = timedelta(minutes=1)
"""Between two lines in the log about the same: an attacker must not fill the disk. All are counted."""
log = get_logger()


def make_web(apps: Mapping[str, App], health: Health, watch: Clock | None = None) -> Starlette:
    """`POST /slack/{party}/events`, `GET /healthz` and `GET /metrics`.

    `watch` tells how old a request is: the machine's own clock, since Slack does not follow one that was moved.
    Raises ValueError for an app without a signing secret.
    """
    watch = watch or SystemClock()
    porter = Porter(watch)
    doors = {party: WebDoor(party, app, Seal(_secret(app), watch), porter) for party, app in apps.items()}

    async def events(request: Request) -> Response:
        door = doors.get(request.path_params["party"])
        return await door.knock(request) if door else porter.turn_away(NO_PARTY, Outcome.UNKNOWN_DOOR)

    return Starlette(routes=[Route("/slack/{party}/events", events, methods=["POST"]), *_windows(health)])


def _secret(app: App) -> str:
    # Bolt has no public name for it; a second copy beside it could differ from the one Bolt checks against.
    return app._signing_secret


def _windows(health: Health) -> list[Route]:
    watchers = ThreadPoolExecutor(WATCHERS, "watcher")

    async def healthz(_: Request) -> Response:
        report = await get_running_loop().run_in_executor(watchers, health.report)
        return JSONResponse(report, 200 if report["well"] else 503)

    async def metrics(_: Request) -> Response:
        await get_running_loop().run_in_executor(watchers, health.measure)
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return [Route("/healthz", healthz), Route("/metrics", metrics)]


@dataclass(frozen=True)
class Porter:
    """Turns away, counts every one, and writes about some."""

    watch: Clock
    told: dict[tuple[str, Outcome], datetime] = field(default_factory=dict)

    def turn_away(self, party: str, outcome: Outcome) -> Response:
        """What is answered to a request that goes no further."""
        requests.labels(party, RequestKind.OTHER, outcome).inc()
        now, before = self.watch.now(), self.told.get((party, outcome))
        if before is None or now - before >= QUIET:
            self.told[party, outcome] = now
            log.warning("request_turned_away", party=party, kind=RequestKind.OTHER, outcome=outcome)
        return Response(status_code=STATUS[outcome])


@dataclass(frozen=True)
class WebDoor:
    """The door of one party's app: whatever Slack did not sign for it stays outside."""

    party: str
    app: App
    seal: Seal
    porter: Porter

    async def knock(self, request: Request) -> Response:
        """Let a request in, or turn it away before it costs a thread."""
        headers = request.headers
        try:
            if SIGNATURE not in headers and await _checks_certificate(request):
                requests.labels(self.party, RequestKind.OTHER, Outcome.DONE).inc()
                return Response()
            self.seal.look_at(headers)
            text = self.seal.opened(await _body(request, BODY_LIMIT), headers)
            return await run_in_threadpool(_dispatch, self.app, headers, text)
        except NotLetIn as refusal:
            return self.porter.turn_away(self.party, refusal.outcome)


async def _checks_certificate(request: Request) -> bool:
    try:
        return checks_certificate(await _body(request, SMALL))
    except NotLetIn:
        return False


async def _body(request: Request, limit: int) -> bytes:
    """The body, of at most `limit` bytes; raises NotLetIn when there is more, or when it does not arrive."""
    body = bytearray()
    try:
        async with timeout(PATIENCE):
            async for piece in request.stream():
                body += piece
                if len(body) > limit:
                    raise NotLetIn(Outcome.TOO_LARGE)
    except (TimeoutError, ClientDisconnect) as error:
        raise NotLetIn(Outcome.MALFORMED) from error
    return bytes(body)


def _dispatch(app: App, headers: Mapping[str, str], text: str) -> Response:
    try:
        knock = BoltRequest(body=text, headers={name: [value] for name, value in headers.items()})
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise NotLetIn(Outcome.MALFORMED) from error
    answer = app.dispatch(knock)
    # Bolt names its own content type; Starlette must not add another.
    return Response(
        answer.body, answer.status, {name: ", ".join(values) for name, values in answer.headers.items()}
    )
