"""What both parties sign: each signature as its party's own people put it on record, and the paper's history."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

import bot.agreement.storage  # noqa: F401 - names the constraints of the tables below


class SignatureRow(SQLModel):
    """One party's signature, put on record by its own people; `revision` counts corrections."""

    id: int | None = Field(default=None, primary_key=True)
    party: str
    signatory: str
    capacity: str
    signed_on: date
    recorded_by: int = Field(foreign_key="person.id")
    recorded_at: datetime
    revision: int = 1


class StepRow(SQLModel):
    """One line of the history of a paper; the clock has no name."""

    id: int | None = Field(default=None, primary_key=True)
    by: int | None = Field(default=None, foreign_key="person.id")
    at: datetime
    note: str = ""
