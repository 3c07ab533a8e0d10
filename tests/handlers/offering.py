"""Offering documents and keeping series, for the tests of IV.2-1."""

from datetime import date
from typing import Any

from sqlmodel import select

from bot.agreement.exchanges import Classification
from bot.agreement.ledger import Occurrence
from bot.journal import Entry, Outcome
from tests.handlers.pressing import buttons, press_told
from tests.office import Office

LIAISON, KENYA = "ilo-iom-liaison", "ilo-iom-east-africa"


SERIES: dict[str, Any] = {
    "subject": "Annual report",
    "every": "1 year",
    "month": "December",
    "languages": "English, French and Spanish",
    "kept": "Yes",
}


DOCUMENT: dict[str, Any] = {
    "subject": "World labour report",
    "issue": "2026",
    "languages": "English",
    "published_on": "2026-11-02",
    "classification": "Public: anyone may have it",
    "link": "https://www.ilo.org/report?a=1&b=2",
}


NOT_OFFERING = ["Jonas Weber", "Ravi Menon", "Clara Novak", "Yuki Tanaka", "Ines Martin"]


NOT_KEEPING = [*NOT_OFFERING, "Lucía Romero", "Samuel Otieno"]


NOT_ACKNOWLEDGING = [
    ("Mei Chen", "wrong_side"),
    ("Amina Diallo", "wrong_side"),
    ("Ravi Menon", "wrong_side"),
    ("Yuki Tanaka", "not_mandated"),
    ("David Okafor", "not_mandated"),
    ("Ines Martin", "not_mandated"),
    ("Clara Novak", "not_on_roster"),
    ("Victor Lang", "from_third_organisation"),
]


def keep(office: Office, name: str = "Mei Chen", **changes: Any) -> Any:
    office.command(name, "/exchange documents")
    press_told(office, name, "documents.series", "new")
    return office.submit(name, {**SERIES, **changes})


def offer(office: Office, name: str = "Mei Chen", **changes: Any) -> Any:
    office.command(name, "/exchange documents")
    press_told(office, name, "documents.offer", "new")
    result = office.submit(name, {**DOCUMENT, **changes})
    office.deliver()
    return result


def rows(office: Office, kind: Any) -> list[Any]:
    with office.reading() as desk:
        return list(desk.session.exec(select(kind)).all())


def refused(office: Office) -> list[tuple[str, str]]:
    return [(row.actor, row.subject) for row in rows(office, Entry) if row.outcome is Outcome.REFUSED]


def asked(office: Office, name: str) -> list[dict[str, Any]]:
    return [said for said in office.direct(name) if "been published?" in said["text"]]


def year(office: Office) -> Occurrence:
    """The year of the Agreement that ends on 23 October 2027."""
    wanted = select(Occurrence).filter_by(duty="annual-reports", due_on=date(2027, 10, 23))
    with office.reading() as desk:
        return desk.session.exec(wanted).one()


def forged(**changes: Any) -> dict[str, Any]:
    option = {"type": "static_select", "selected_option": {"value": "public"}}
    typed = {**DOCUMENT, "place": {"type": "static_select", "selected_option": {"value": "C0LIAISON"}}}
    day = {"type": "datepicker", "selected_date": "2026-11-02"}
    return {**typed, "classification": option, "published_on": day, **changes}


def plain_facts(**changes: Any) -> dict[str, Any]:
    facts = {
        "channel_id": "C0LIAISON",
        "title": "World labour report",
        "issue": "2026",
        "languages": "English",
        "published_on": date(2026, 11, 2),
        "classification": Classification.PUBLIC,
        "link": "https://www.ilo.org/report",
    }
    return {**facts, **changes}


def listed(office: Office, name: str) -> list[tuple[str, str]]:
    office.command(name, "/exchange documents")
    return buttons(office.told(name)[-1]["blocks"])


def forged_series(**changes: str) -> dict[str, Any]:
    return {"subject": "Mine", "every": "P1Y", "month": "6", "languages": "E", "kept": "kept", **changes}
