"""One local Slack and one echo app a test, behind two servers that live as long as the session."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from echo import Echo
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.clock import MovableClock
from bot.sandbox.app import make_app
from bot.sandbox.seed import ilo_iom
from bot.sandbox.server import Serving
from bot.sandbox.slack import LocalSlack


class Stage:
    """An ASGI application whose inside is changed between tests."""

    app: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.app(scope, receive, send)


@pytest.fixture(scope="session")
def stages() -> Iterator[tuple[Stage, Serving, Stage, Serving]]:
    front, back = Stage(), Stage()
    with Serving(front) as slack_server, Serving(back) as bot_server:
        yield front, slack_server, back, bot_server


@pytest.fixture
def real() -> MovableClock:
    return MovableClock()


@pytest.fixture
def slack(stages: tuple[Stage, Serving, Stage, Serving], real: MovableClock) -> Iterator[LocalSlack]:
    clock = MovableClock(datetime(2026, 11, 22, 8, tzinfo=UTC))
    local = LocalSlack(ilo_iom(), clock, real=real)
    local.courier.retries = (0.0, 0.0, 0.0)
    stages[0].app = make_app(local)
    local.attach(stages[1].url, None)
    yield local
    local.close()


@pytest.fixture
def echo(stages: tuple[Stage, Serving, Stage, Serving], slack: LocalSlack) -> Echo:
    bot = Echo(slack.state.world, slack.base_url)
    stages[2].app = bot.asgi
    slack.attach(slack.base_url, stages[3].url)
    return bot


@pytest.fixture
def ilo(slack: LocalSlack) -> WebClient:
    return WebClient("xoxb-ilo-local", base_url=f"{slack.base_url}/api/", retry_handlers=[])


@pytest.fixture
def iom(slack: LocalSlack) -> WebClient:
    return WebClient("xoxb-iom-local", base_url=f"{slack.base_url}/api/", retry_handlers=[])


def word(call: Callable[..., Any], *args: Any, **kwargs: Any) -> str:
    """Slack's error word for a call that must be refused."""
    with pytest.raises(SlackApiError) as caught:
        call(*args, **kwargs)
    return str(caught.value.response["error"])


@pytest.fixture
def refusal() -> Callable[..., str]:
    return word
