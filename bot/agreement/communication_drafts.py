"""III.2, IV.9 and IV.10: drafting what both parties publish; each version is sealed and needs clearance anew."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlmodel import col

from bot.agreement.activities import NewActivity, take_in
from bot.agreement.channels import get_channel
from bot.agreement.communication_marks import Use, state_uses
from bot.agreement.communications import (
    CAMPAIGN_CLAUSE,
    UNRELEASED,
    Clearance,
    ClearanceStatus,
    Communication,
    CommunicationEvent,
    CommunicationKind,
    CommunicationStatus,
    CommunicationVersion,
    StrategyCheck,
    VersionReplaced,
    communication_facts,
    get_communication,
    get_version,
    moved_on,
)
from bot.agreement.desk import Desk
from bot.agreement.errors import FieldError
from bot.agreement.exchanges import LinkRefused, is_web_address
from bot.agreement.follow_ups import drop, foresee
from bot.agreement.numbering import next_seq
from bot.agreement.people import require
from bot.agreement.rights import Act
from bot.agreement.time_limits import civil_day

CLEARANCE_NEAR = "communication_uncleared"
"""The follow-up that says that a release comes near and a clearance is missing."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What was filled in about one communication; `texts` by language, `zone` the one the time was given in."""

    title: str
    kind: CommunicationKind
    audience: str
    outlet: str
    channel_id: str
    texts: dict[str, str]
    quotes: str
    link: str
    release_on: date
    release_time: time
    zone: str
    embargo: bool
    strategy: StrategyCheck
    strategy_note: str
    payer: str
    uses: Sequence[Use] = ()
    approvals: Sequence[int] = ()


@dataclass(frozen=True, kw_only=True)
class CommunicationDrafted(CommunicationEvent):
    """A party drafted something for both to publish."""

    version_id: int
    channel_id: str
    release_at: datetime


@dataclass(frozen=True, kw_only=True)
class CommunicationRevised(CommunicationEvent):
    """There is a new version; what was said of the ones before counts no more."""

    version_id: int
    replaced: int


@dataclass
class Empty(FieldError):
    """A field that both sides need was left empty."""

    routine = "communications"


@dataclass
class NoText(FieldError):
    """There is a text in no language at all."""

    routine = "communications"


@dataclass
class QuoteUnclear(FieldError):
    """A line of the quotes does not say who is quoted."""

    routine = "communications"
    line: str


@dataclass
class TimeSkipped(FieldError):
    """The clocks go forward over this time of day, so that it does not exist."""

    routine = "communications"
    zone: str


@dataclass
class ReleasePassed(FieldError):
    """The planned release lies in the past."""

    routine = "communications"
    now: datetime
    zone: str


@dataclass
class ReasonWanted(FieldError):
    """A strategy that is said not to be relevant needs the reason (IV.10)."""

    routine = "communications"


def draft(desk: Desk, *, content: Draft) -> CommunicationDrafted:
    """Put a draft before both sides' communications officers."""
    require(desk.session, desk.person, Act.DRAFT_COMMUNICATION)
    release_at = _check(desk, content)
    row = Communication(
        year=desk.today.year,
        seq=next_seq(desk.session, Communication, desk.today.year),
        party=desk.person.party,
        author_id=desk.person.key,
        status=CommunicationStatus.IN_CLEARANCE,
        version=1,
        drafted_at=desk.now,
        **_frame(content, release_at),
    )
    desk.session.add(row)
    desk.session.flush()
    version = _add_version(desk, row, content)
    if content.kind is CommunicationKind.CAMPAIGN:
        _take_in(desk, row, content)
    return CommunicationDrafted(
        version_id=version.key,
        channel_id=row.channel_id,
        release_at=release_at,
        **communication_facts(desk, row),
    )


def revise(desk: Desk, *, version_id: int, content: Draft) -> CommunicationRevised:
    """Write a new version in place of `version_id`, which must be the current one; clearances begin anew."""
    seen = get_version(desk.session, version_id)
    row = get_communication(desk.session, seen.communication_id)
    require_revising(desk, row)
    content = replace(content, channel_id=row.channel_id)
    frame = _frame(content, _check(desk, content))
    now_stands = {"status": CommunicationStatus.IN_CLEARANCE, "version": seen.version + 1, "stopped_at": None}
    mine = (col(Communication.id) == row.key) & (col(Communication.version) == seen.version)
    pending = mine & col(Communication.status).in_(UNRELEASED)
    done = desk.session.exec(update(Communication).where(pending).values(**frame, **now_stands))
    desk.session.refresh(row)
    if done.rowcount != 1:
        if row.status in UNRELEASED:
            raise VersionReplaced(row.number, seen.version, row.version)
        raise moved_on(desk, row)
    version = _add_version(desk, row, content)
    return CommunicationRevised(
        version_id=version.key, replaced=seen.version, **communication_facts(desk, row)
    )


def require_revising(desk: Desk, row: Communication) -> None:
    """A new version is for the drafting party: for the author, and for those who may read its text."""
    author = row.author_id == desk.person.key
    require(desk.session, desk.person, Act.DRAFT_COMMUNICATION if author else Act.REVISE_COMMUNICATION, row)


def plan_clearance(desk: Desk, row: Communication) -> None:
    """Plan when the missing clearances are asked for again: days before the release, by policy."""
    drop(desk.session, row.subject, CLEARANCE_NEAR)
    days = desk.days("communication.clearance_days")
    due_on = civil_day(row.release_at, desk.definition.tz)
    foresee(desk, row.subject, CLEARANCE_NEAR, due_on, [f"P{before}D" for before in days])


def release_instant(desk: Desk, on: date, at: time, zone: str) -> datetime:
    """The instant people meant; refuses a time that the zone skips, and one that has passed."""
    local = datetime.combine(on, at, ZoneInfo(zone))
    instant = local.astimezone(UTC)
    if instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise TimeSkipped("release_time", zone)
    if instant <= desk.now:
        earlier = on < civil_day(desk.now, zone)
        raise ReleasePassed("release_on" if earlier else "release_time", desk.now, zone)
    return instant


def quotes_of(text: str) -> list[tuple[str, str]]:
    """Who is quoted with which words: one quote a line, the name before the colon. Raises QuoteUnclear."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        who, _, words = line.partition(":")
        if not (who.strip() and words.strip()):
            raise QuoteUnclear("quotes", line)
        found.append((who.strip(), words.strip()))
    return found


def seal(title: str, texts: dict[str, str], quotes: str, link: str) -> str:
    """SHA-256 over the canonical JSON of all that is published: every language, the quotes and the link."""
    published = {"link": link, "quotes": quotes_of(quotes), "texts": texts, "title": title}
    canonical = json.dumps(published, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def _check(desk: Desk, content: Draft) -> datetime:
    for field, typed in (
        ("subject", content.title),
        ("audience", content.audience),
        ("outlet", content.outlet),
    ):
        if not typed.strip():
            raise Empty(field)
    get_channel(desk.session, content.channel_id)
    if not any(text.strip() for text in content.texts.values()):
        raise NoText("text_en")
    quotes_of(content.quotes)
    if content.link.strip() and not is_web_address(content.link.strip()):
        raise LinkRefused("link", content.link)
    if content.strategy is StrategyCheck.NOT_RELEVANT and not content.strategy_note.strip():
        raise ReasonWanted("strategy_note")
    return release_instant(desk, content.release_on, content.release_time, content.zone)


def _frame(content: Draft, release_at: datetime) -> dict[str, Any]:
    return {
        "channel_id": content.channel_id,
        "kind": content.kind,
        "audience": content.audience.strip(),
        "outlet": content.outlet.strip(),
        "payer": content.payer.strip(),
        "release_at": release_at,
        "zone": content.zone,
        "embargo": content.embargo,
        "strategy": content.strategy,
        "strategy_note": content.strategy_note.strip(),
    }


def _add_version(desk: Desk, row: Communication, content: Draft) -> CommunicationVersion:
    texts = {language: text.strip() for language, text in content.texts.items() if text.strip()}
    title, quotes, link = content.title.strip(), content.quotes.strip(), content.link.strip()
    version = CommunicationVersion(
        communication_id=row.key,
        version=row.version,
        title=title,
        quotes=quotes,
        link=link,
        text_en=texts.get("en", ""),
        text_fr=texts.get("fr", ""),
        text_es=texts.get("es", ""),
        sha256=seal(title, texts, quotes, link),
        author_id=desk.person.key,
        made_at=desk.now,
    )
    desk.session.add(version)
    desk.session.flush()
    desk.session.add_all(
        Clearance(version_id=version.key, party=party.id, status=ClearanceStatus.WAITING)
        for party in desk.definition.parties
    )
    state_uses(desk, row, content.uses, content.approvals)
    plan_clearance(desk, row)
    return version


def _take_in(desk: Desk, row: Communication, content: Draft) -> None:
    area = next(area.id for area in desk.definition.areas if area.clause == CAMPAIGN_CLAUSE)
    take_in(
        desk,
        NewActivity(
            subject=row.subject,
            clause=CAMPAIGN_CLAUSE,
            number=row.number,
            title=content.title.strip(),
            scope=get_channel(desk.session, row.channel_id).scope,
            area=area,
            starts_on=civil_day(row.release_at, desk.definition.tz),
        ),
    )
