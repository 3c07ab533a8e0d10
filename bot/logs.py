"""What the program writes about itself while it runs: one event a line on standard error, never a secret."""

import logging
import sys

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import Processor

from bot.settings import LogFormat, Settings

QUIET = {"slack_sdk": logging.CRITICAL, "slack_bolt": logging.ERROR, "alembic": logging.WARNING}
"""Delivery tells of Slack's faults itself, and what the libraries add may repeat what people wrote."""


def configure(settings: Settings) -> None:
    """Write at `LOG_LEVEL` and above, as JSON for machines or as words for people.

    The libraries' own loggers come out in the same shape, and at WARNING at the lowest.
    """
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    before: list[Processor] = [
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
        return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    # The renderer's own choice prints the local variables of every frame: tokens, and what people wrote.
    trace = structlog.dev.plain_traceback
    return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=trace)]
