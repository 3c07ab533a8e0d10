"""A web process to be measured: `python -m tests.bench.door_server comity|bare DATABASE DATA`."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.bootstrap import House
from bot.health import Health
from bot.running import answering
from handlers.bolt import make_app
from tests.bench.bare import Bare
from tests.bench.houses import SECRET, house_at
from tests.bench.processes import free_port, logged, say


def bare_app(bare: Bare, _house: House, _party: str) -> App:
    """The least that reads and writes: one listener, one indexed SELECT, one INSERT with commit."""
    known = AuthorizeResult(
        enterprise_id=None, team_id="T0ILO", bot_token="xoxb-bare", bot_id="", bot_user_id=""
    )
    app = App(
        signing_secret=SECRET,
        client=WebClient(),
        authorize=lambda: known,
        # Without it Bolt waits for the answer in steps of ten milliseconds.
        process_before_response=True,
        token_verification_enabled=False,
    )

    @app.command("/agreement")
    def command(ack: Callable[[str], object]) -> None:
        ack(bare.read_and_write())

    return app


def main() -> None:
    """Serve until the line to whoever started it is cut."""
    logged()
    kind, url, data = sys.argv[1:]
    house = house_at(url, Path(data))
    doors = make_app if kind == "comity" else partial(bare_app, Bare(url))
    port = free_port()
    with answering(house, doors, Health(house.database, house.secretariat.clock), port):
        say(port)
        sys.stdin.readline()


if __name__ == "__main__":
    main()
