"""Delivery to a stub Slack: beside its client in a loop without a database, and beside the ideal."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import timedelta
from time import perf_counter
from typing import Any

from slack_sdk import WebClient

from bot.database import Database
from bot.slack import tls
from tests.bench import certificates
from tests.bench.bench import DATABASES, Bench
from tests.bench.measuring import Pairs, interleaved, timed
from tests.bench.processes import Child
from tests.bench.queues import client, drained, prepared, queue, sending, text_of, wait_until_sent
from tests.bench.report import Figure, alone, at_least, at_most

CHANNELS = 50
SENDERS = 16
SLOW = 0.06
"""Seconds Slack takes to answer, in life."""
LOOP = "WebClient in a loop"
Posted = list[tuple[float, str, str]]


def figures(bench: Bench) -> Iterator[Figure]:
    """Marks, group commit, slow answers, the pace, TLS, and two processes."""
    with Child("stub_slack", "0") as stub:
        for marks, bound in ((1, 0.4), (16, 0.65)):
            pairs = _beside_a_loop(bench, stub, marks)
            title = (
                "delivery, a durable mark each"
                if marks == 1
                else f"delivery, up to {marks} marks in a commit"
            )
            yield Figure(f"delivery/marks-{marks}", title, "msg/s", pairs, at_least(bound), LOOP)
    yield _slow(bench)
    yield from _paced(bench)
    yield _over_tls(bench)
    for kind in DATABASES:
        yield _two_processes(bench, kind)


def _beside_a_loop(bench: Bench, stub: Child, marks: int) -> Pairs:
    each = bench.of(2, 8)
    web = client(stub.ready).web
    with closing(prepared(bench.url("SQLite"))) as database:
        return interleaved(
            lambda: _rate(database, stub, each, marks=marks),
            lambda: _loop_rate(web, stub, each),
            bench.pairs,
        )


def _rate(database: Database, stub: Child, each: int, **settings: Any) -> float:
    amount = queue(database, CHANNELS, each)
    took = drained(database, sending(database, stub.ready, senders=SENDERS, **settings))
    in_order(stub.ask(), CHANNELS, each)
    return amount / took


def _loop_rate(web: WebClient, stub: Child, each: int) -> float:
    texts = [
        (f"C{channel:03}", text_of(channel, turn)) for turn in range(each) for channel in range(CHANNELS)
    ]

    def loop() -> None:
        for channel, text in texts:
            body = {"channel": channel, "text": text, "blocks": [], "metadata": {"event_type": "bench"}}
            web.api_call("chat.postMessage", json=body)

    took = timed(loop)
    assert len(stub.ask()) == len(texts)
    return len(texts) / took


def in_order(posted: Posted, channels: int, each: int) -> None:
    """Every message once, and in each channel one after the other."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    for _, channel, text in posted:
        said[channel].append(text)
    wanted = {f"C{n:03}": [text_of(n, turn) for turn in range(each)] for n in range(channels)}
    assert said == wanted, "lost, doubled or out of order"


def _slow(bench: Bench) -> Figure:
    each = bench.of(5, 16)
    ideal = SENDERS / SLOW
    with Child("stub_slack", str(SLOW)) as stub, closing(prepared(bench.url("SQLite"))) as database:
        rates = [_rate(database, stub, each) for _ in range(bench.pairs)]
    pairs = Pairs(rates, [ideal] * len(rates))
    title = f"delivery, {SENDERS} senders, answers after 60 ms"
    return Figure("delivery/60-ms", title, "msg/s", pairs, at_least(0.75), "ideal")


def _paced(bench: Bench) -> Iterator[Figure]:
    channels, each, ideal = 100, 3, 2.0
    took: list[float] = []
    gaps: list[float] = []
    with Child("stub_slack", "0") as stub, closing(prepared(bench.url("SQLite"))) as database:
        for _ in range(bench.pairs):
            queue(database, channels, each)
            took.append(drained(database, sending(database, stub.ready, pace=timedelta(seconds=1))))
            posted = stub.ask()
            in_order(posted, channels, each)
            gaps.append(_smallest_gap(posted))
    title = "100 channels × 3 messages at 1/s"
    yield Figure("delivery/pace", title, "s", Pairs(took, [ideal] * len(took)), at_most(1.10), "ideal")
    title = "the same: smallest gap in a channel"
    yield alone("delivery/gap", title, "s", [min(gaps)], at_least(1.0), note="the smallest of all runs")


def _smallest_gap(posted: Posted) -> float:
    last: dict[str, float] = {}
    smallest = float("inf")
    for at, channel, _ in posted:
        smallest = min(smallest, at - last.get(channel, float("-inf")))
        last[channel] = at
    return smallest


def _over_tls(bench: Bench) -> Figure:
    made = certificates.made(bench.place())
    title, each = "delivery over TLS", bench.of(2, 4)
    if made is None:
        return Figure("delivery/tls", title, "msg/s", skipped="no openssl command to make a certificate")
    with ExitStack() as stack:
        stack.enter_context(certificates.trusted(made[0]))
        stub = stack.enter_context(Child("stub_slack", "0", *map(str, made)))
        database = stack.enter_context(closing(prepared(bench.url("SQLite"))))
        web = WebClient("xoxb-bench", base_url=stub.ready, ssl=tls())
        pairs = interleaved(
            lambda: _rate(database, stub, each), lambda: _loop_rate(web, stub, each), bench.pairs
        )
    return Figure("delivery/tls", title, "msg/s", pairs, at_least(1.0), f"{LOOP}, shared context")


def _two_processes(bench: Bench, kind: str) -> Figure:
    with Child("stub_slack", "0.02") as stub, closing(prepared(bench.url(kind))) as database:
        pairs = interleaved(
            lambda: _by_processes(bench, stub, database, 2),
            lambda: _by_processes(bench, stub, database, 1),
            bench.pairs,
            warm_up=0,
        )
    name, title = f"delivery/two-processes/{kind.lower()}", f"two processes, 8 senders each, {kind}"
    return Figure(name, title, "msg/s", pairs, at_least(1.4), "one process")


def _by_processes(bench: Bench, stub: Child, database: Database, processes: int) -> float:
    channels, each = 40, bench.of(3, 25)
    amount = queue(database, channels, each)
    url = database.engine.url.render_as_string(hide_password=False)
    with ExitStack() as stack:
        senders = [stack.enter_context(Child("sender", url, stub.ready, "8")) for _ in range(processes)]
        began = perf_counter()
        for sender in senders:
            sender.tell()
        wait_until_sent(database)
        took = perf_counter() - began
    in_order(stub.ask(), channels, each)
    return amount / took
