"""Dispatch alone, in process: the command found last beside a Bolt app with one listener and the same work."""

from collections.abc import Callable, Iterator
from contextlib import closing
from time import time
from typing import Any

from slack_bolt import App, BoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

from bot.vocabulary import WORDS
from handlers import menu
from handlers.bolt import make_app
from handlers.calls import Tell
from handlers.doors import COMMANDS
from tests.bench.bench import Bench
from tests.bench.doors import command_body
from tests.bench.houses import SECRET, furnished
from tests.bench.measuring import interleaved, timed
from tests.bench.report import Figure, at_most

LAST = list(COMMANDS)[-1]
WORD = "nothing-of-the-kind"
"""A word no command knows, which is looked for in vain before it is answered."""


def figures(bench: Bench) -> Iterator[Figure]:
    """The one figure."""
    calls = bench.of(200, 500)
    house = furnished(bench.url("SQLite"), bench.place())
    with closing(house.database):
        ours, bare = make_app(house, "iom"), one_listener()
        pairs = interleaved(lambda: _each(ours, calls), lambda: _each(bare, calls), max(bench.pairs, 5))
    title = "dispatch of the slowest-placed command"
    yield Figure("doors/dispatch", title, "ms", pairs, at_most(2), "app with one listener")


def one_listener() -> App:
    """A Bolt app that does the same work behind one listener."""
    known = AuthorizeResult(
        enterprise_id=None, team_id="T0IOM", bot_token="xoxb-bare", bot_id="", bot_user_id=""
    )
    app = App(
        signing_secret=SECRET,
        client=WebClient(),
        authorize=lambda: known,
        process_before_response=True,
        token_verification_enabled=False,
    )

    @app.command(LAST)
    def command(ack: Callable[..., Any]) -> None:
        reply = menu.unknown_word(LAST, WORD, WORDS[LAST])
        assert isinstance(reply, Tell)
        ack(text=reply.message.text, blocks=reply.message.blocks, response_type="ephemeral")

    return app


def _each(app: App, calls: int) -> float:
    """Milliseconds for one of `calls`."""
    requests = [_signed(command_body(LAST, WORD)) for _ in range(calls)]

    def run() -> None:
        for request in requests:
            assert app.dispatch(request).status == 200

    return 1000 * timed(run) / calls


def _signed(body: str) -> BoltRequest:
    stamp = str(int(time()))
    mark = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
    headers = {
        "content-type": ["application/x-www-form-urlencoded"],
        "x-slack-request-timestamp": [stamp],
        "x-slack-signature": [mark or ""],
    }
    return BoltRequest(body=body, headers=headers)
