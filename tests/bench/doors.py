"""The doors: requests a second through signed HTTP beside a bare Bolt handler on the same server."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count, islice
from typing import Any
from urllib.parse import urlencode

from tests.bench import shares
from tests.bench.bare import Bare
from tests.bench.bench import DATABASES, Bench
from tests.bench.houses import SECRET, furnished
from tests.bench.measuring import Pairs, interleaved, unevenness
from tests.bench.processes import Child
from tests.bench.report import Figure, alone, at_least, at_most

CONNECTIONS = 16
PATH = "/slack/iom/events"
Bodies = Iterator[str]
turns = count(1)


def command_body(command: str, text: str) -> str:
    """A slash command as Slack sends it."""
    who = {"team_id": "T0IOM", "team_domain": "iom", "user_id": "U0IOMCOSTA", "user_name": "helena"}
    what = {"command": command, "text": text, "channel_id": "C0LIAISON", "channel_name": "ilo-iom-liaison"}
    where = {
        "response_url": "http://127.0.0.1:1/respond",
        "trigger_id": f"{next(turns)}.1",
        "api_app_id": "A0IOM",
    }
    return urlencode({"token": "none", **who, **what, **where})


def click_body(action_id: str, value: str) -> str:
    """A click on a button of a card in a channel as Slack sends it."""
    turn = next(turns)
    action = {
        "type": "button",
        "action_id": action_id,
        "block_id": "b",
        "value": value,
        "action_ts": f"{turn}.1",
    }
    payload: dict[str, Any] = {
        "type": "block_actions",
        "team": {"id": "T0IOM", "domain": "iom"},
        "user": {"id": "U0IOMCOSTA", "team_id": "T0IOM", "username": "helena", "name": "helena"},
        "api_app_id": "A0IOM",
        "token": "none",
        "container": {
            "type": "message",
            "message_ts": "1.1",
            "channel_id": "C0LIAISON",
            "is_ephemeral": False,
        },
        "trigger_id": f"{turn}.1",
        "channel": {"id": "C0LIAISON", "name": "ilo-iom-liaison"},
        "message": {"type": "message", "ts": "1.1", "text": "card", "blocks": []},
        "response_url": "http://127.0.0.1:1/respond",
        "actions": [action],
    }
    return urlencode({"payload": json.dumps(payload)})


@dataclass
class Server:
    """One web process and the load on it; the answers' latencies are kept, run by run."""

    child: Child
    load: Child
    latencies: list[list[float]]

    def rate(self, bodies: list[str]) -> float:
        """Requests a second for these bodies, each answered by 200."""
        job = {"port": int(self.child.ready), "path": PATH, "secret": SECRET, "bodies": bodies}
        found = self.load.ask({**job, "connections": CONNECTIONS})
        assert found["statuses"] == [200], found["statuses"]
        self.latencies.append(found["latencies"])
        return float(found["per_second"])


@contextmanager
def serving(kind: str, url: str, data: str, load: Child) -> Iterator[Server]:
    """A web process, `comity` or `bare`."""
    with Child("door_server", kind, url, data) as child:
        yield Server(child, load, [])


def figures(bench: Bench) -> Iterator[Figure]:
    """Both acts on both databases, then the dispatch alone."""
    for kind in DATABASES:
        yield from on_database(bench, kind)


def on_database(bench: Bench, kind: str) -> Iterator[Figure]:
    """`/agreement status` and Acknowledge, each beside the bare handler on a database of the same kind."""
    runs, requests = bench.pairs + 1, bench.of(160, 800)
    url, bare_url, data = bench.url(kind), bench.url(kind), bench.place()
    Bare(bare_url).fill()
    house = furnished(url, data)
    with ExitStack() as stack:
        load = stack.enter_context(Child("load"))
        ours = stack.enter_context(serving("comity", url, str(data), load))
        bare = stack.enter_context(serving("bare", bare_url, str(data), load))

        def beside(bodies: Callable[[], list[str]]) -> Pairs:
            ours.latencies.clear()
            plain = [command_body("/agreement", "bare") for _ in range(requests)]
            return interleaved(lambda: ours.rate(bodies()), lambda: bare.rate(plain), bench.pairs)

        pairs = beside(lambda: [command_body("/agreement", "status") for _ in range(requests)])
        yield from _told("status", "/agreement status", kind, pairs, 1.0, ours.latencies)
        keys = iter(shares.prepare(house, runs * requests))
        pairs = beside(
            lambda: [click_body("exchanges.acknowledge", str(key)) for key in islice(keys, requests)]
        )
        assert shares.acknowledged(house) == runs * requests
        yield from _told("acknowledge", "Acknowledge", kind, pairs, 0.7, ours.latencies)
    house.database.close()


def _told(
    name: str, title: str, kind: str, pairs: Pairs, bound: float, latencies: list[list[float]]
) -> Iterator[Figure]:
    goal = at_least(bound)
    against = "bare handler"
    yield Figure(f"doors/{name}/{kind.lower()}", f"{title}, {kind}", "req/s", pairs, goal, against)
    if kind == "SQLite":
        spread = [unevenness(run) for run in latencies[1:]]
        yield alone(f"doors/{name}/p99-p50", f"{title}, SQLite, p99 ÷ p50", "×", spread, at_most(3))
