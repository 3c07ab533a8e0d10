"""The registers of a pack: rows as people can read them, with names for numbers, as JSON and as CSV."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Row, Table
from sqlalchemy import select as columns
from sqlmodel import Session

from bot.agreement.amendments import AmendmentStatus
from bot.agreement.communications import OUT
from bot.agreement.emblem_history import EmblemDeed
from bot.agreement.exchanges import POSTABLE
from bot.agreement.renewal_rooms import SHOWN
from bot.packs.readers import SHARED, Reader, restricted_parties
from bot.tables import metadata

FILE = "storedfile.id"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Books:
    """What the registers look up while they are written: the session, the reader, and who is who."""

    session: Session
    reader: Reader
    people: Mapping[int, str]
    files: set[int] = field(default_factory=set)
    """The files that the rows written so far name."""


Shown = Callable[[Books, Row[Any]], bool]


@dataclass(frozen=True)
class Register:
    """One table of a pack. `without` are columns that are in no pack, `own` those of the owning party alone."""

    table: str
    shown: Shown = lambda _books, _row: True
    without: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()


def _own(books: Books, row: Row[Any]) -> bool:
    return books.reader.may_have(row.party)


def _invitation(books: Books, row: Row[Any]) -> bool:
    return row.issued_at is not None or _own(books, row)


def _of_invitation(books: Books, row: Row[Any]) -> bool:
    """An entry's history tells of the time before the invitation, too, and so is its own party's."""
    table = metadata().tables["invitation"]
    owner = books.session.connection().execute(columns(table.c.party).where(table.c.id == row.invitation_id))
    return books.reader.may_have(owner.scalar_one())


def _put(books: Books, row: Row[Any]) -> bool:
    """A request that was never put to its owner is its own party's; such drafts count below one."""
    return row.seq > 0 or books.reader.may_have(row.asking_party)


def _text(books: Books, row: Row[Any]) -> bool:
    """The text of a communication is in a pack once it is out; before, only few may read it."""
    table = metadata().tables["communication"]
    found = columns(table.c.status).where(table.c.id == row.communication_id)
    return books.session.connection().execute(found).scalar_one() in OUT


def _postable(_books: Books, row: Row[Any]) -> bool:
    return row.classification in POSTABLE


def _submitted(books: Books, row: Row[Any]) -> bool:
    return row.submitted_at is not None or _own(books, row)


def _known(books: Books, row: Row[Any]) -> bool:
    return books.reader.party in restricted_parties(books.session, row.id)


def _closed(books: Books, row: Row[Any]) -> bool:
    return row.kept_to == "" or books.reader.may_have(row.kept_to)


def _activity(_books: Books, row: Row[Any]) -> bool:
    return str(row.subject).partition(":")[0] in SHARED


def _of_request(books: Books, row: Row[Any]) -> bool:
    """What hangs on a request; how its draft came about is the asking party's own."""
    table = metadata().tables["emblemrequest"]
    found = columns(table.c.seq, table.c.asking_party).where(table.c.id == row.request_id)
    request = books.session.connection().execute(found).one()
    drafted = getattr(row, "deed", None) in (EmblemDeed.KEEP, EmblemDeed.SUBMIT)
    return (request.seq > 0 and not drafted) or books.reader.may_have(request.asking_party)


def _amendment(books: Books, row: Row[Any]) -> bool:
    """What a party drafts of an amendment is its own, given up or not; only what it put has a digest."""
    drafting = row.status == AmendmentStatus.DRAFTING or not row.version or not row.digest
    return not drafting or books.reader.may_have(row.party)


def _of_amendment(books: Books, row: Row[Any]) -> bool:
    table = metadata().tables["amendment"]
    found = columns(table.c.status, table.c.version, table.c.digest, table.c.party).where(
        table.c.id == row.amendment_id
    )
    amendment: Any = books.session.connection().execute(found).one()
    return _amendment(books, amendment)


def _notice(_books: Books, row: Row[Any]) -> bool:
    """A notice is in a pack once everybody of both parties may know of it: from its receipt on."""
    return row.public_seq is not None and row.received_at is not None and row.starts_on is not None


def _decided(_books: Books, row: Row[Any]) -> bool:
    return row.status in SHOWN


SLACK = frozenset({"team_id", "user_id", "email", "language"})
NOTICE_ROOM = frozenset({"year", "seq", "live", "version", "planned_on", "withdrawal_version"})
"""What tells of the room in which a notice was drafted: it concerns a few people of one party."""
REGISTERS: Mapping[str, Register] = {
    "people": Register("person", without=SLACK),
    "capacities": Register("mandate"),
    "designations": Register("designation"),
    "offices": Register("office"),
    "due-dates": Register("occurrence"),
    "due-dates-waived": Register("waiver"),
    "due-dates-stated": Register("settlementstatement"),
    "contact-confirmations": Register("contactconfirmation"),
    "exchanges": Register("exchange", _postable),
    "exchange-periods": Register("periodanswer"),
    "exchange-replies": Register("reply"),
    "documents": Register("document", _postable),
    "report-series": Register("reportseries"),
    "consultations": Register("consultation"),
    "projects": Register("jointproject"),
    "project-lines": Register("projectline"),
    "project-gates": Register("projectgate"),
    "project-items": Register("projectitem"),
    "project-items-owners": Register("itemowner"),
    "project-results": Register("projectresult"),
    "project-data-answers": Register("datacheck"),
    "project-data-principles": Register("principleanswer"),
    "project-data-register": Register("processingentry"),
    "meetings": Register("meeting"),
    "meeting-minutes": Register("meetingminutes"),
    "meeting-actions": Register("meetingaction"),
    "invitations": Register(
        "invitation", _invitation, own=frozenset({"rule", "of_interest", "interest_reason"})
    ),
    "invitation-history": Register("invitationstep", _of_invitation),
    "workplans": Register("workplan"),
    "workplan-items": Register("workplanitem"),
    "workplan-adoptions": Register("adoption"),
    "requests-for-use": Register("emblemrequest", _put),
    "requests-for-use-history": Register("emblemstep", _of_request),
    "requests-for-use-material": Register("emblemversion", _of_request),
    "proofs-of-use": Register("emblemproof", _of_request),
    "plain-mentions": Register("emblemmention"),
    "acknowledgements": Register("formula"),
    "acknowledgements-kept": Register("formulakept"),
    "costs": Register("costexception"),
    "costs-history": Register("coststep"),
    "communications": Register("communication"),
    "communication-texts": Register("communicationversion", _text),
    "events": Register("eventnote"),
    "reviews": Register("review"),
    "review-contributions": Register("reviewcontribution", _submitted),
    "review-sign-offs": Register("reviewsignature"),
    "arrangements": Register("arrangement"),
    "restricted": Register("restricted", _known, without=frozenset({"title", "text"})),
    "instruments": Register("instrument"),
    "instrument-signatures": Register("instrumentsignature"),
    "instrument-history": Register("instrumentstep"),
    "activities": Register("activity", _activity),
    "matters": Register("notedmatter", _own),
    "office-tellings": Register("distribution", _own),
    "amendments": Register("amendment", _amendment),
    "amendment-changes": Register("amendmentchange", _of_amendment),
    "amendment-history": Register("amendmentstep", _of_amendment),
    "amendment-signatures": Register("amendmentsignature", _of_amendment),
    "renewals": Register("agreementrenewal"),
    "renewal-decisions": Register("renewalroom", _decided),
    "notices": Register(
        "termination", _notice, without=NOTICE_ROOM, own=frozenset({"opened_at", "opened_by"})
    ),
    "end-of-the-agreement": Register("agreementend"),
    "closed-by-the-end": Register("closedcase", _closed),
}
"""Every register by the name of its files. Funding leads and disputes are for people named, and so are in no
pack; nor is what a party's few prepare in the rooms for a notice or for renewal."""


def written(books: Books, register: Register) -> tuple[bytes, bytes]:
    """One register as JSON and as CSV."""
    table = metadata().tables[register.table]
    names = [column.name for column in table.columns if column.name not in register.without]
    rows = list(_rows(books, register, table, names))
    return _as_json(rows), _as_csv(names, rows)


def _rows(books: Books, register: Register, table: Table, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    for row in books.session.connection().execute(columns(table).order_by(*table.primary_key.columns)):
        if register.shown(books, row):
            hidden = register.own if register.own and not _own(books, row) else frozenset()
            yield {name: None if name in hidden else _value(books, table, row, name) for name in names}


def _value(books: Books, table: Table, row: Row[Any], name: str) -> Any:
    """A cell: people by their name, a file by the name it has in the pack, an instant in UTC."""
    value = getattr(row, name)
    refers = {key.target_fullname for key in table.columns[name].foreign_keys}
    if value is None:
        return None
    if "person.id" in refers:
        return books.people[value]
    if FILE in refers:
        books.files.add(value)
        return f"file {value}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def _as_json(rows: Sequence[Mapping[str, Any]]) -> bytes:
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()


def _as_csv(names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """With a mark that tells spreadsheets of UTF-8, and no cell that they would take for a formula."""
    made = io.StringIO()
    table = csv.writer(made, lineterminator="\r\n")
    table.writerow(names)
    table.writerows([_cell(row[name]) for name in names] for row in rows)
    return made.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text
