"""The edge where facts become kind words: a known refusal is explained, an unknown fault gets a token to quote."""

from slack_sdk.models.views import View
from structlog import get_logger

from bot.agreement.errors import AgreementError
from bot.letters import Mrkdwn, say, words
from bot.metrics import Outcome
from bot.outbox import Message
from bot.shapes import message, note
from bot.slack import OutcomeUnknown, SlackLimited, SlackRefused
from handlers.visits import current

log = get_logger()
SLACK_FAULTS = (OutcomeUnknown, SlackLimited, SlackRefused)


def sentence(error: Exception) -> str:
    """What a person is told of `error`, in words from the templates."""
    if isinstance(error, AgreementError):
        current().ends(Outcome.REFUSED_BY_RULE, reason=error.key())
        return say(f"{error.routine}/errors", error.key(), error.facts())
    return say("common/errors", report(error), {"token": current().token})


def report(error: Exception) -> str:
    """Count and log a fault under the token that the person may quote; returns what kind of fault it is."""
    fault = "slack_fault" if isinstance(error, SLACK_FAULTS) else "unexpected"
    visit = current()
    visit.ends(Outcome.FAILED)
    log.error("request_failed", token=visit.token, outcome=Outcome.FAILED.value, fault=fault, exc_info=error)
    return fault


def spoken(error: Exception) -> Message:
    """The same as a message for one person."""
    return message(_refused(error))


def shown(error: Exception) -> View:
    """The same as a view, where a form has nothing left to correct."""
    return note(_refused(error))


def _refused(error: Exception) -> dict[str, str]:
    # The sentence comes from a template and is escaped already.
    return words("common/refused", {"sentence": Mrkdwn(sentence(error))})
