"""Every table in one place, for the migrations and for whoever needs the whole schema."""

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from bot import allowances, health, journal, outbox, restorations, secretariat
from bot.agreement import (
    activities,
    channels,
    emblems,
    entered_plans,
    exchange_periods,
    exchanges,
    files,
    follow_ups,
    ledger,
    offices,
    people,
    review_signatures,
    reviews,
    settlements,
)
from bot.database import Database

HOMES = (
    activities,
    allowances,
    channels,
    emblems,
    entered_plans,
    exchange_periods,
    exchanges,
    files,
    follow_ups,
    health,
    journal,
    ledger,
    offices,
    outbox,
    people,
    restorations,
    review_signatures,
    reviews,
    secretariat,
    settlements,
)
"""The modules that declare tables; importing them is what fills the metadata."""


def metadata() -> MetaData:
    """The schema as the code declares it."""
    return SQLModel.metadata


def create_all(database: Database) -> None:
    """The whole schema at once, for a database that is thrown away; others are migrated."""
    metadata().create_all(database.engine)
