"""What the routines of Articles IV and V put on record in a period: of each only what both parties know of."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import col, select

from bot.agreement.communications import OUT, Communication, current_version
from bot.agreement.desk import Desk
from bot.agreement.distributions import Distribution
from bot.agreement.documents import Document
from bot.agreement.event_notes import EventNote, EventNoteStatus
from bot.agreement.instruments import Instrument
from bot.agreement.invitations import Invitation, InvitationStatus
from bot.agreement.meetings import Meeting, MeetingStatus
from bot.agreement.offices import Office
from bot.agreement.time_limits import civil_day
from bot.agreement.workplan_items import WorkplanItem
from bot.dossiers.shapes import Found, Item, Span, abbreviation, tally

INVITED = (InvitationStatus.ISSUED, InvitationStatus.HELD)


def documents(desk: Desk, span: Span) -> Found:
    """The reports and other publications that one party offered the other."""
    rows = _within(desk, Document, Document.offered_on, span)
    return _by_party(
        tuple(Item(row.number, row.title, _party(desk, row), row.offered_on, row.status) for row in rows)
    )


def meetings(desk: Desk, span: Span) -> Found:
    """The meetings that were held and whose minutes both parties confirmed, by place."""
    held = _within(desk, Meeting, Meeting.held_on, span)
    rows = [row for row in held if row.status is MeetingStatus.CLOSED]
    items = tuple(
        Item(row.number, row.title, _both(desk), row.held_on or span.first, row.status) for row in rows
    )
    return Found(items, (tally(("scope",), ((row.scope,) for row in rows)),), len(items))


def invitations(desk: Desk, span: Span) -> Found:
    """The meetings of one party to which it invited the other; what was not issued is nobody else's to know."""
    begun = _within(desk, Invitation, Invitation.starts_on, span)
    rows = [row for row in begun if row.status in INVITED]
    return _by_party(
        tuple(Item(row.number, row.title, _party(desk, row), row.starts_on, row.status) for row in rows)
    )


def workplan(desk: Desk, span: Span) -> Found:
    """The items of the workplans of which something was reported, as they stand now."""
    reported = (col(WorkplanItem.reported_at) >= span.begins) & (col(WorkplanItem.reported_at) < span.ends)
    rows = desk.session.exec(select(WorkplanItem).where(reported).order_by(col(WorkplanItem.id))).all()
    items = tuple(
        Item(
            row.number,
            row.title,
            abbreviation(desk.definition, row.lead_party) or _both(desk),
            civil_day(row.reported_at or desk.now, span.tz),
            row.status,
        )
        for row in rows
    )
    by_place = tally(("scope", "area"), ((row.scope or row.country, row.area) for row in rows))
    return Found(items, (by_place,), len(items))


def communications(desk: Desk, span: Span) -> Found:
    """What both parties released together; drafts are nobody else's to know."""
    released = (col(Communication.released_at) >= span.begins) & (col(Communication.released_at) < span.ends)
    query = select(Communication).where(released, col(Communication.status).in_(OUT))
    rows = desk.session.exec(query.order_by(col(Communication.id))).all()
    return _by_party(
        tuple(
            Item(
                row.number,
                current_version(desk.session, row).title,
                _party(desk, row),
                civil_day(row.released_at or desk.now, span.tz),
                row.status,
            )
            for row in rows
        )
    )


def event_notes(desk: Desk, span: Span) -> Found:
    """The joint events and briefings whose notes the other party confirmed."""
    held = _within(desk, EventNote, EventNote.held_on, span)
    rows = [row for row in held if row.status is EventNoteStatus.CONFIRMED]
    return _by_party(
        tuple(Item(row.number, row.title, _party(desk, row), row.held_on, row.status) for row in rows)
    )


def instruments(desk: Desk, span: Span) -> Found:
    """The agreements under the Agreement that began in the period, as both parties confirmed them."""
    begun = _within(desk, Instrument, Instrument.effective_on, span)
    rows = [row for row in begun if row.confirmed_at]
    items = tuple(
        Item(row.number, row.title, _both(desk), row.effective_on or span.first, row.status) for row in rows
    )
    return Found(items, (), len(items))


def offices(desk: Desk, span: Span) -> Found:
    """The field offices that were told of the Agreement, and whether they confirmed it."""
    told = (Distribution.sent_at >= span.begins) & (Distribution.sent_at < span.ends)
    query = select(Distribution, Office).join(Office).where(told)
    rows = desk.session.exec(query.order_by(col(Distribution.id))).all()
    return _by_party(
        tuple(
            Item(row.number, office.name, _party(desk, row), civil_day(row.sent_at, span.tz), row.status)
            for row, office in rows
        )
    )


def _within(desk: Desk, table: Any, day: Any, span: Span) -> Sequence[Any]:
    """The rows whose day lies in the period, the earliest first."""
    inside = select(table).where(day >= span.first, day <= span.last)
    return desk.session.exec(inside.order_by(day, table.id)).all()


def _by_party(items: tuple[Item, ...]) -> Found:
    return Found(items, (tally(("party",), ((item.party,) for item in items)),), len(items))


def _party(desk: Desk, row: Any) -> str:
    return abbreviation(desk.definition, row.party)


def _both(desk: Desk) -> str:
    return " · ".join(party.abbreviation for party in desk.definition.parties)
