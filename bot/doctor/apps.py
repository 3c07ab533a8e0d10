"""Each party's app: its token, its workspace, its scopes, its way in, and Slack's clock beside ours."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.clock import Clock
from bot.doctor.asking import Answer, Asker
from bot.doctor.checks import Check, clock_check, difference, finding, fine, unknown
from bot.slack import Installation

SCOPES = (
    "chat:write",
    "commands",
    "channels:history",
    "channels:read",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
    "files:read",
    "files:write",
    "users:read",
)
"""The bot scopes the app needs; without the two that read channels nobody can tell whether it may speak there."""
SECOND = timedelta(seconds=1)


def examine_way_in(installed: Installation, base_url: str) -> Check:
    """How Slack reaches the app: by Socket Mode with an app token, or over HTTP at an address people gave."""
    facts = {"party": installed.party.upper(), "address": base_url, "socket": bool(installed.app_token)}
    return fine("way_in", **facts) if installed.app_token or base_url else finding("way_in", **facts)


def examine_app(asker: Asker, clock: Clock) -> Iterator[Check]:
    """What Slack says of one party's token; a single line where it says nothing, or no."""
    installed = asker.client.installation
    party, before = installed.party.upper(), clock.now()
    answer = asker.ask("auth.test")
    after = clock.now()
    if not answer.reached:
        yield finding("slack_silent", party=party, fault=answer.word, address=asker.client.web.base_url)
    elif answer.word:
        limited = answer.pause is not None
        yield (unknown if limited else finding)("token_refused", party=party, word=answer.word)
    else:
        yield _workspace(installed, answer)
        yield _scopes(party, answer)
        yield _clock(answer, before, after)


def _workspace(installed: Installation, answer: Answer) -> Check:
    found = str(answer.body.get("team_id", ""))
    facts = {"party": installed.party.upper(), "wanted": installed.team_id, "found": found}
    right = installed.team_id in (found, answer.body.get("enterprise_id"))
    return (fine if right else finding)("workspace", **facts, name=str(answer.body.get("team", "")))


def _scopes(party: str, answer: Answer) -> Check:
    granted = answer.headers.get("x-oauth-scopes")
    if granted is None:
        return unknown("scopes", party=party, missing=None)
    held = {scope.strip() for scope in granted.split(",")}
    missing = tuple(scope for scope in SCOPES if scope not in held)
    return (finding if missing else fine)("scopes", party=party, missing=missing)


def _clock(answer: Answer, before: datetime, after: datetime) -> Check:
    """Our clock beside Slack's, which tells whole seconds only."""
    try:
        theirs = parsedate_to_datetime(answer.headers.get("date", ""))
    except ValueError:
        return unknown("clocks", other="slack", seconds=0, ahead=False)
    return clock_check("slack", difference(before, after, theirs, theirs + SECOND))
