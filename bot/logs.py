"""What the program writes about itself while it runs: one event a line on standard error, never a secret."""

import logging
import sys
from traceback import format_tb
from types import TracebackType
from typing import TextIO

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError
from structlog.contextvars import merge_contextvars
from structlog.stdlib import ProcessorFormatter
from structlog.typing import Processor

from bot.settings import LogFormat, Settings
from bot.slack import OutcomeUnknown, SlackLimited, SlackRefused

QUIET = {"slack_sdk": logging.CRITICAL, "slack_bolt": logging.ERROR, "alembic": logging.WARNING}
"""Delivery tells of Slack's faults itself, and what the libraries add may repeat what people wrote."""
HARMLESS = (OSError, OperationalError, InterfaceError, OutcomeUnknown, SlackLimited, SlackRefused)
"""Faults that tell of a line or of a server; the message of any other may repeat what somebody typed."""
Fault = tuple[type[BaseException], BaseException, TracebackType | None]


def configure(settings: Settings) -> None:
    """Write at `LOG_LEVEL` and above, as JSON for machines or as words for people.

    The libraries' own loggers come out in the same shape, and at WARNING at the lowest. Every line within a
    request carries what is bound to it: party, kind, door and token.
    """
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    before: list[Processor] = [
        merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    shape = _shape(settings.log_format)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=before, processors=[ProcessorFormatter.remove_processors_meta, *shape]
        )
    )
    logging.basicConfig(level=max(level, logging.WARNING), handlers=[handler], force=True)
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(least)
    structlog.configure(
        processors=[*before, *shape],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        # Looked up at each line, since standard error may be replaced while the program runs.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )


def _shape(chosen: LogFormat) -> list[Processor]:
    if chosen is LogFormat.JSON:
        return [
            structlog.processors.ExceptionRenderer(lambda fault: trail(fault[1])),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    # The renderer's own choice prints the local variables of every frame: tokens, and what people wrote.
    return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=_print)]


def _print(out: TextIO, fault: Fault) -> None:
    out.write("\n" + trail(fault[1]))


def trail(error: BaseException) -> str:
    """Where a fault came from, line by line, and its name; what it says only where that can be nobody's words."""
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = f"{trail(earlier)}\n\n" if earlier else ""
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    said = f": {error}" if isinstance(error, HARMLESS) else ""
    return f"{before}{''.join(format_tb(error.__traceback__))}{name}{said}"
