"""Every table in one place, for the migrations and for whoever needs the whole schema."""

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from bot import allowances, health, journal, outbox, restorations, secretariat
from bot.agreement import (
    activities,
    arrangements,
    channels,
    communication_marks,
    communications,
    confirmations,
    consultations,
    contact_topics,
    designations,
    digests,
    distributions,
    documents,
    emblems,
    entered_plans,
    event_notes,
    exchange_periods,
    exchanges,
    files,
    follow_ups,
    funding,
    instruments,
    invitations,
    ledger,
    matters,
    meeting_actions,
    meeting_cadence,
    meeting_dates,
    meeting_minutes,
    meeting_slots,
    meetings,
    offices,
    people,
    project_lines,
    projects,
    replies,
    report_series,
    restricted,
    review_signatures,
    reviews,
    settlements,
    standing,
    vacancies,
    workplan_adoptions,
    workplan_items,
    workplans,
)
from bot.database import Database

HOMES = (
    activities,
    allowances,
    arrangements,
    channels,
    consultations,
    digests,
    confirmations,
    contact_topics,
    designations,
    distributions,
    documents,
    communication_marks,
    communications,
    emblems,
    entered_plans,
    event_notes,
    exchange_periods,
    exchanges,
    files,
    follow_ups,
    funding,
    health,
    instruments,
    invitations,
    journal,
    ledger,
    matters,
    meeting_actions,
    meeting_cadence,
    meeting_dates,
    meeting_minutes,
    meeting_slots,
    meetings,
    offices,
    outbox,
    people,
    project_lines,
    projects,
    replies,
    report_series,
    restorations,
    restricted,
    review_signatures,
    reviews,
    secretariat,
    settlements,
    standing,
    vacancies,
    workplan_adoptions,
    workplan_items,
    workplans,
)
"""The modules that declare tables; importing them is what fills the metadata."""


def metadata() -> MetaData:
    """The schema as the code declares it."""
    return SQLModel.metadata


def create_all(database: Database) -> None:
    """The whole schema at once, for a database that is thrown away; others are migrated."""
    metadata().create_all(database.engine)
