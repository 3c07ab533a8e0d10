"""What Prometheus may count of this house: every request, every message, and what still waits."""

from enum import StrEnum

from prometheus_client import CollectorRegistry, Counter, Gauge


class RequestKind(StrEnum):
    """What a request asked for."""

    COMMAND = "command"
    """A slash command."""
    ACTION = "action"
    """A button that was pressed."""
    VIEW = "view"
    """A form that was sent in or closed."""
    EVENT = "event"
    """Something that happened in the workspace."""
    OTHER = "other"
    """Anything else, and whatever was turned away unread."""


class Outcome(StrEnum):
    """How a request ended."""

    DONE = "done"
    """As it was asked, or it had been done already."""
    REFUSED_BY_RULE = "refused_by_rule"
    """The Agreement, the roster or a form does not allow it; the person was told why."""
    FAILED = "failed"
    """A fault of ours or of Slack's; the person was given a token to quote."""
    UNSIGNED = "unsigned"
    """No signature, or not one made with this party's secret."""
    TOO_OLD = "too_old"
    """Signed more than five minutes ago, or as far in the future."""
    TOO_LARGE = "too_large"
    """Longer than anything Slack sends."""
    MALFORMED = "malformed"
    """Not to be understood, or parts are missing."""
    UNKNOWN_DOOR = "unknown_door"
    """No such party, command, button or form."""


NO_PARTY = "none"
"""The label of what came to a door that no party has: an attacker must not be able to invent labels."""

registry = CollectorRegistry()

requests = Counter(
    "comity_requests",
    "Requests that came to a party's door, by what they asked for and how they ended.",
    ["party", "kind", "outcome"],
    registry=registry,
)
sends = Counter(
    "comity_sends",
    "Messages handed to Slack, by how that ended.",
    ["party", "kind", "outcome"],
    registry=registry,
)

database_gauge = Gauge("comity_database_up", "Whether the database answers in time.", registry=registry)
backlog_gauge = Gauge("comity_outbox_unsent", "Messages that have not left yet.", registry=registry)
age_gauge = Gauge("comity_outbox_oldest_seconds", "Age of the oldest unsent message.", registry=registry)
dead_gauge = Gauge("comity_outbox_dead", "Messages Slack will never take as they are.", registry=registry)
unknown_gauge = Gauge("comity_outbox_unknown", "Messages whose outcome is unknown.", registry=registry)
tick_gauge = Gauge("comity_clock_last_tick_seconds", "Time since the clock last ticked.", registry=registry)
due_gauge = Gauge(
    "comity_occurrences_due", "Open due dates of which a reminder should have been said.", registry=registry
)
troubles_gauge = Gauge(
    "comity_troubles", "Channels that wait for somebody to cure what Slack refuses.", registry=registry
)
FROM_DATABASE = (backlog_gauge, age_gauge, dead_gauge, unknown_gauge, tick_gauge, due_gauge, troubles_gauge)
