"""The edge where facts become kind words: a known refusal is explained, an unknown fault gets a token to quote."""

from uuid import uuid4

from slack_sdk.models.views import View
from structlog import get_logger

from bot.agreement.errors import AgreementError
from bot.letters import Mrkdwn, say, words
from bot.outbox import Message
from bot.shapes import message, note
from bot.slack import OutcomeUnknown, SlackLimited, SlackRefused

log = get_logger()
SLACK_FAULTS = (OutcomeUnknown, SlackLimited, SlackRefused)


def sentence(error: Exception) -> str:
    """What a person is told of `error`, in words from the templates."""
    if isinstance(error, AgreementError):
        return say(f"{error.routine}/errors", error.key(), error.facts())
    token = uuid4().hex[:8]
    kind = "slack_fault" if isinstance(error, SLACK_FAULTS) else "unexpected"
    log.error("request_failed", token=token, kind=kind, error=repr(error), exc_info=error)
    return say("common/errors", kind, {"token": token})


def spoken(error: Exception) -> Message:
    """The same as a message for one person."""
    return message(_refused(error))


def shown(error: Exception) -> View:
    """The same as a view, where a form has nothing left to correct."""
    return note(_refused(error))


def _refused(error: Exception) -> dict[str, str]:
    # The sentence comes from a template and is escaped already.
    return words("common/refused", {"sentence": Mrkdwn(sentence(error))})
