"""VI.1 and IX.2-3: what a request says besides the planned use: its language, and what was read before asking."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlmodel import Field, Session, SQLModel

from bot.agreement import emblems
from bot.agreement.desk import Desk
from bot.agreement.emblem_instructions import note_read
from bot.agreement.emblems import EmblemRequested
from bot.agreement.storage import status_type


class CaseLanguage(StrEnum):
    """The language in which the record of a case is written; the parties share these three."""

    EN = "en"
    """English."""
    FR = "fr"
    """French."""
    ES = "es"
    """Spanish."""


class EmblemLanguage(SQLModel, table=True):
    """The language of one request's record; a request without a row has its record in English."""

    request_id: int = Field(foreign_key="emblemrequest.id", primary_key=True)
    language: CaseLanguage = Field(sa_type=status_type(CaseLanguage))


def ask(desk: Desk, *, language: str, read: Sequence[str], owner: str, **facts: Any) -> EmblemRequested:
    """Ask the owner as `emblems.request` does, in one of the languages, having read the owner's instructions."""
    event = emblems.request(desk, owner=owner, **facts)
    keep_language(desk, event.request_id, language)
    note_read(desk, request_id=event.request_id, owner=owner, ticked=read)
    return event


def keep_language(desk: Desk, request_id: int, language: str) -> None:
    """Keep in which language the record of a request is to be written; a draft's may change until it is put."""
    desk.session.merge(EmblemLanguage(request_id=request_id, language=CaseLanguage(language)))
    desk.session.flush()


def language_of(session: Session, request_id: int) -> CaseLanguage:
    """In which language the record of a request is written."""
    row = session.get(EmblemLanguage, request_id)
    return row.language if row else CaseLanguage.EN


def preferred(language: str) -> CaseLanguage:
    """The language of a person on the roster, or English where their own is none of the three."""
    known = language.lower()[:2]
    return CaseLanguage(known) if known in set(CaseLanguage) else CaseLanguage.EN
