"""Which routines a dossier tells of: one line each, so that a routine to come needs one line more.

A collector answers for a period with items and counts, never with drafts, restricted matters or who was quick.
Its name is a block of `templates/reports/parts.j2`.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, func, or_, select

from bot.agreement.activities import Activity
from bot.agreement.amendments import AmendmentDeed, AmendmentStep
from bot.agreement.channels import Channel
from bot.agreement.desk import Desk
from bot.agreement.emblems import EmblemRequest
from bot.agreement.exchanges import POSTABLE, Exchange
from bot.agreement.invitations import Invitation
from bot.agreement.reviews import ReviewSection
from bot.agreement.time_limits import civil_day
from bot.dossiers import routines
from bot.dossiers.shapes import Collector, Found, Item, Span, abbreviation, tally
from bot.journal import Entry, Outcome

NOT_COUNTED = (
    "review:",
    "matter:",
    "lead:",
    "restricted:",
    "termination:",
    "dispute:",
    "renewal:",
    "emblem_draft:",
)
"""How the subjects begin of what no dossier counts: what prepares a review does not count itself, and what one
party noted for itself or some were told in confidence is nobody else's to know, not even how often it was."""
HANDED_OVER = "handed_over"
"""The event by which people of one party hand their own work over, of which the other is not told."""
DRAFTED = ("amendment_drafted", "amendment_redrafted")
"""What is done to a draft of an amendment, which the other party does not see."""
INVITATION, AMENDMENT = "invitation:", "amendment:"
"""Begin the subjects of a party's own meeting, of which the other knows nothing before it is invited, and of an
amendment, of which it knows nothing before it is proposed."""


def exchanges(desk: Desk, span: Span) -> Found:
    """What was shared in the period; only what may be shared at all is in the table's channels."""
    query = (
        select(Exchange, Channel.level)
        .join(Channel)
        .where(
            Exchange.shared_at >= span.begins,
            Exchange.shared_at < span.ends,
            col(Exchange.classification).in_(POSTABLE),
        )
    )
    rows = desk.session.exec(query.order_by(col(Exchange.id))).all()
    named = [(abbreviation(desk.definition, row.party), row, level) for row, level in rows]
    items = tuple(
        Item(row.number, row.title, party, civil_day(row.shared_at, span.tz), row.status)
        for party, row, _ in named
    )
    tallies = (
        tally(("party", "level"), ((party, str(level)) for party, _, level in named)),
        tally(("area", "party"), ((row.area, party) for party, row, _ in named)),
    )
    return Found(items, tallies, len(items))


def permissions(desk: Desk, span: Span) -> Found:
    """The requests for names, emblems and links that were made in the period."""
    query = select(EmblemRequest).where(
        EmblemRequest.seq > 0, EmblemRequest.asked_at >= span.begins, EmblemRequest.asked_at < span.ends
    )
    rows = desk.session.exec(query.order_by(col(EmblemRequest.id))).all()
    items = tuple(
        Item(
            row.number,
            row.product,
            abbreviation(desk.definition, row.asking_party),
            civil_day(row.asked_at, span.tz),
            row.status,
        )
        for row in rows
    )
    return Found(items, (tally(("party",), ((item.party,) for item in items)),), len(items))


def activities(desk: Desk, span: Span) -> Found:
    """The activities that were planned or under way in the period, by area and place."""
    rows = _under_way(desk, span)
    named = [(row.area, abbreviation(desk.definition, row.party)) for row in rows]
    by_place = ((row.scope, row.area) for row in rows)
    return Found(
        tallies=(tally(("area", "party"), named), tally(("scope", "area"), by_place)), total=len(rows)
    )


def _under_way(desk: Desk, span: Span) -> Sequence[Activity]:
    lasting = or_(col(Activity.ends_on).is_(None), col(Activity.ends_on) >= span.first)
    query = select(Activity).where(Activity.starts_on <= span.last, lasting)
    return desk.session.exec(query.order_by(col(Activity.id))).all()


def all_acts(desk: Desk, span: Span) -> Found:
    """Every act on record, by clause, party and month: routines without a collector of their own count, too.

    Parties are counted, never people; what the secretariat did by itself is nobody's.
    """
    query = select(Entry.clause, Entry.party, Entry.at, Entry.subject).where(
        Entry.agreement == desk.definition.id,
        Entry.outcome == Outcome.DONE,
        col(Entry.event).not_in((HANDED_OVER, *DRAFTED)),
        Entry.clause != "",
        Entry.party != "",
        Entry.at >= span.begins,
        Entry.at < span.ends,
        *(~col(Entry.subject).startswith(private) for private in NOT_COUNTED),
    )
    known = {**_issued(desk), **_proposed(desk)}
    keys = [
        (clause, abbreviation(desk.definition, party), f"{civil_day(at, span.tz):%Y-%m}")
        for clause, party, at, subject in desk.session.exec(query).all()
        if not subject.startswith((INVITATION, AMENDMENT)) or (subject in known and at >= known[subject])
    ]
    return Found(tallies=(tally(("clause", "party", "month"), keys),), total=len(keys))


def _issued(desk: Desk) -> dict[str, datetime]:
    """When the other party was invited to each meeting to which it was."""
    rows = desk.session.exec(select(Invitation).where(col(Invitation.issued_at).is_not(None))).all()
    return {f"{INVITATION}{row.key}": row.issued_at for row in rows if row.issued_at}


def _proposed(desk: Desk) -> dict[str, datetime]:
    """When each amendment was first put to the other party, of those that were."""
    first = (
        select(AmendmentStep.amendment_id, func.min(AmendmentStep.at))
        .where(AmendmentStep.deed == AmendmentDeed.PROPOSED)
        .group_by(col(AmendmentStep.amendment_id))
    )
    return {f"{AMENDMENT}{key}": at for key, at in desk.session.exec(first).all()}


COLLECTORS: tuple[Collector, ...] = (
    Collector("exchanges", ReviewSection.EXCHANGES, ("IV.1", "IV.2-2"), exchanges),
    Collector("documents", ReviewSection.EXCHANGES, ("IV.2-1",), routines.documents),
    Collector("meetings", ReviewSection.MEETINGS, ("IV.6", "V.3-1"), routines.meetings),
    Collector("invitations", ReviewSection.MEETINGS, ("IV.4-1", "IV.4-2"), routines.invitations),
    Collector("activities", ReviewSection.WORKPLAN, ("I.3", "II", "III.1", "III.2"), activities),
    Collector("workplan", ReviewSection.WORKPLAN, ("IV.5", "III.1"), routines.workplan),
    Collector("offices", ReviewSection.CONTACTS, ("V.1",), routines.offices),
    Collector("permissions", ReviewSection.PERMISSIONS, ("VI.1", "VI.3"), permissions),
    Collector(
        "communications", ReviewSection.COMMUNICATIONS, ("III.2", "IV.9", "IV.10"), routines.communications
    ),
    Collector("event_notes", ReviewSection.COMMUNICATIONS, ("IV.8", "IV.10"), routines.event_notes),
    Collector("instruments", ReviewSection.INSTRUMENTS, ("IV.3", "IX.1(a)"), routines.instruments),
    Collector("all_acts", None, (), all_acts),
)
"""Every routine that a dossier tells of, in the order in which it does."""
