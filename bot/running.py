"""Runs the roles of the house, alone or together, until it is told to stop."""

import signal
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from socket import create_server
from threading import Event, Thread

import uvicorn
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from structlog import get_logger

from bot.bootstrap import House
from bot.health import Health
from bot.secretariat import Secretariat
from bot.slack import tls
from bot.web import make_web

TICK = 10
"""Seconds between two ticks of the clock, and so until another clock takes a dead one's place."""
PATIENCE = 25
"""Seconds for what is under way when the operator says stop; Slack's answers take ten at the most."""
RESTART = 1.0
"""Seconds before delivery begins anew after a fault that nobody foresaw."""
CLOCK_LOCK = 0x636C6F636B
log = get_logger()
Doors = Callable[[House, str], App]
RunDue = Callable[[Secretariat], object]


class Role(StrEnum):
    """What a process does; any number of each may share one PostgreSQL."""

    WEB = "web"
    """Answers Slack's requests over HTTP."""
    SOCKET = "socket"
    """Answers Slack's requests over Socket Mode."""
    CLOCK = "clock"
    """Asks what is due; one speaks at a time."""
    DELIVER = "deliver"
    """Sends what is queued."""


def guarded(job: Callable[[], object], name: str) -> Callable[[], None]:
    """A job whose fault is logged and does not end the thread it runs in: the next round may go well."""

    def run() -> None:
        try:
            job()
        except Exception:  # the edge of a thread: one failed round must not silence the house
            log.exception("job_failed", job=name)

    return run


def ticking(house: House, run_due: Callable[[], object], health: Health) -> Callable[[], None]:
    """One tick of the clock: asks what is due if no other clock is asking just now."""

    def tick() -> None:
        with house.database.alone(CLOCK_LOCK) as mine:
            if mine:
                run_due()
                health.beat("clock")

    return guarded(tick, "clock")


@contextmanager
def ticking_every(tick: Callable[[], None], zone: str) -> Iterator[None]:
    """The clock's own thread: APScheduler only wakes `tick` up, and remembers nothing of what was said."""
    scheduler = BackgroundScheduler(
        timezone=zone,
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    scheduler.add_job(tick, "interval", seconds=TICK)
    tick()
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown()


@contextmanager
def delivering(house: House) -> Iterator[Thread]:
    """A thread that sends whatever the outbox holds; it finishes or hands back what it holds at the end."""
    stop = Event()
    work = guarded(lambda: house.delivery.work(stop), "delivery")

    def run() -> None:
        while not stop.is_set():
            work()
            stop.wait(RESTART)

    thread = Thread(target=run, name="delivery", daemon=True)
    thread.start()
    try:
        yield thread
    finally:
        stop.set()
        thread.join(PATIENCE)


@contextmanager
def answering(house: House, doors: Doors, health: Health, port: int) -> Iterator[str]:
    """The HTTP side on `port`, on every address of the machine; requests under way are finished at the end.

    Raises OSError when the port is taken.
    """
    # Without a signing secret anybody could sign, so a party that has only Socket Mode gets no door here.
    signed = [party for party, installed in house.installations.items() if installed.signing_secret]
    apps = {party: doors(house, party) for party in signed}
    web = make_web(apps, health)
    server = uvicorn.Server(uvicorn.Config(web, log_level="warning", lifespan="off", access_log=False))
    place = create_server(("0.0.0.0", port), backlog=2048)
    # The signals belong to whoever runs all roles, so the server gets a thread of its own.
    thread = Thread(target=server.run, args=([place],), name="web", daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{port}"
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


@contextmanager
def listening(house: House, doors: Doors) -> Iterator[None]:
    """Socket Mode for every party that has an app token: Slack is called, and calls back on that line."""
    with ExitStack() as stack:
        for party, installed in house.installations.items():
            if installed.app_token:
                caller = WebClient(installed.app_token, base_url=house.clients[party].web.base_url, ssl=tls())
                handler = SocketModeHandler(doors(house, party), installed.app_token, web_client=caller)
                handler.connect()  # type: ignore[no-untyped-call]
                stack.callback(handler.close)
        yield


def run(house: House, roles: Collection[Role], *, doors: Doors, run_due: RunDue, port: int) -> None:
    """Run these roles until the operator says stop; each finishes or hands back what it holds."""
    stopped = stop_asked()
    health = Health(house.database, house.secretariat.clock, house.secretariat.definition.tz)
    with ExitStack() as stack:
        if Role.DELIVER in roles:
            stack.enter_context(delivering(house))
        if Role.CLOCK in roles:
            tick = ticking(house, lambda: run_due(house.secretariat), health)
            stack.enter_context(ticking_every(tick, house.secretariat.definition.tz))
        if Role.SOCKET in roles:
            stack.enter_context(listening(house, doors))
        if Role.WEB in roles:
            stack.enter_context(answering(house, doors, health, port))
        log.info("running", roles=sorted(role.value for role in roles), port=port)
        stopped.wait()


def stop_asked() -> Event:
    """Set when the operator says stop (SIGINT, SIGTERM), from now on and also while all is being started."""
    asked = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: asked.set())
    return asked
