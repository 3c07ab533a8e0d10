"""Questions to Slack whose answer may be no, or none at all: both are facts to the doctor."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from time import sleep
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.slack import SlackClient

PATIENCE = 60.0
"""Seconds that may pass in all while Slack asks for slower questions."""


@dataclass(frozen=True)
class Answer:
    """Slack's answer: `word` is empty for yes, Slack's own word for no, and a fault's name for none at all."""

    body: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    word: str = ""
    reached: bool = True

    @property
    def pause(self) -> float | None:
        """The seconds to wait before asking again; None where the question was not asked too soon."""
        return float(self.headers.get("retry-after", 1)) if self.word == "ratelimited" else None


@dataclass
class Asker:
    """Asks in the name of one party's app; once Slack has kept silent it is not asked again."""

    client: SlackClient
    patience: float = PATIENCE
    wait: Callable[[float], None] = sleep
    silence: Answer | None = None

    def ask(self, method: str, **arguments: str) -> Answer:
        """One question, repeated when it came too soon. Never raises, and does not wait long for an answer."""
        while self.silence is None:
            answer = self._once(method, arguments)
            pause = answer.pause
            if pause is None or pause > self.patience:
                return answer
            self.patience -= pause
            self.wait(pause)
        return self.silence

    def _once(self, method: str, arguments: Mapping[str, str]) -> Answer:
        try:
            return _answer(self.client.web.api_call(method, params=dict(arguments)))
        except SlackApiError as error:
            answer = _answer(error.response)
        except (OSError, HTTPException) as error:
            answer = Answer(word=type(error).__name__, reached=False)
        if not answer.reached:
            self.silence = answer
        return answer


def _answer(response: SlackResponse) -> Answer:
    body = response.data if isinstance(response.data, dict) else {}
    headers = {name.lower(): str(value) for name, value in response.headers.items()}
    if response.status_code == 429:
        return Answer(body, headers, "ratelimited")
    if response.status_code >= 500:
        return Answer(body, headers, f"HTTP {response.status_code}", reached=False)
    return Answer(body, headers, "" if body.get("ok") else str(body.get("error", "")) or "no_answer")
