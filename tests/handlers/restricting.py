"""Recording arrangements and sending what is restricted, for the tests of IV.2-3."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import text
from sqlmodel import select

from bot.journal import Entry, Outcome, faults
from tests.handlers.pressing import modal_words, press_told
from tests.knocking import pressed, sent, user
from tests.office import Office

LIAISON = "ilo-iom-liaison"


ARRANGEMENT: dict[str, Any] = {
    "subject": "Data protection arrangement of 2022",
    "protects": "Files of individual cases.",
    "from_on": "2022-01-01",
    "reference": "Legal file 17/2022",
}


TITLE, TEXT = "Marigold dossier", "The witness will speak in Mombasa on Tuesday."


SECRET: dict[str, Any] = {
    "subject": TITLE,
    "text": TEXT,
    "arrangement": "2026/1 Data protection arrangement of 2022",
    "others": ["Helena Costa (IOM, Headquarters)", "Grace Wanjiru (IOM, Nairobi)"],
    "colleagues": ["Samuel Otieno (ILO, Nairobi)"],
    "onward": "only with the sender's consent, case by case",
    "retention_until": "2027-01-15",
}


NAMED = ["Helena Costa", "Grace Wanjiru", "Samuel Otieno"]


OTHERS = [
    ("Omar Haddad", "not_named"),
    ("Nadia Petrova", "not_named"),
    ("Amina Diallo", "not_named"),
    ("Ravi Menon", "not_named"),
    ("Ines Martin", "not_named"),
    ("Clara Novak", "not_on_roster"),
    ("Victor Lang", "from_third_organisation"),
]


NOT_SHARING = ["Jonas Weber", "Ravi Menon", "Clara Novak"]


def register(office: Office, name: str = "Lucía Romero", **changes: Any) -> Any:
    office.command(name, "/exchange confidentiality")
    press_told(office, name, "arrangements.record")
    result = office.submit(name, {**ARRANGEMENT, **changes})
    office.deliver()
    return result


def protected(office: Office, app: str = "iom") -> Office:
    """An arrangement is on record and confirmed, through the app of one party."""
    register(office)
    pressed(office, app, user(office, "Nadia Petrova"), "arrangements.confirm", "1")
    office.deliver()
    return office


def share(office: Office, name: str = "Mei Chen", **changes: Any) -> Any:
    office.command(name, "/exchange restricted")
    result = office.submit(name, {**SECRET, **changes})
    office.deliver()
    return result


def rows(office: Office, kind: Any) -> list[Any]:
    with office.reading() as desk:
        return list(desk.session.exec(select(kind)).all())


def entries(office: Office, event: str) -> list[Entry]:
    with office.reading() as desk:
        assert list(faults(desk.session)) == []
        return list(desk.session.exec(select(Entry).where(Entry.event == event)).all())


def refused(office: Office) -> list[tuple[str, str]]:
    return [(row.actor, row.subject) for row in rows(office, Entry) if row.outcome is Outcome.REFUSED]


def read(office: Office, name: str) -> str:
    office.click(name, "restricted.read", where="direct")
    office.deliver()
    return modal_words(office, name)


def everything_kept(office: Office) -> Iterator[tuple[str, str]]:
    """Every row of every table but the one that holds the text, each with its table's name."""
    with office.database.reading() as session:
        listing = session.connection().execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        for (table,) in listing.all():
            for row in session.connection().execute(text(f'SELECT * FROM "{table}"')).all():
                if table != "restricted":
                    yield table, repr(tuple(row))


def everything_in_slack(
    office: Office, but_views_of: frozenset[str] = frozenset()
) -> Iterator[tuple[str, str]]:
    """Every message, every answer to one person, and every view but those open before these people."""
    state = office.slack.state
    for room in state.channels:
        yield from ((room, json.dumps(message)) for message in office.slack.messages(room))
    yield from (("ephemeral", json.dumps(message)) for message in state.ephemerals)
    yield from (
        (view.user, json.dumps(view.body)) for view in state.views.values() if view.user not in but_views_of
    )


def leaks(found: Iterator[tuple[str, str]]) -> list[str]:
    return [
        place for place, said in found if any(word in said for word in ("Marigold", "witness", "Mombasa"))
    ]


def chosen(*values: object) -> dict[str, Any]:
    return {"type": "multi_static_select", "selected_options": [{"value": str(value)} for value in values]}


def forged(office: Office, **changes: Any) -> dict[str, Any]:
    values = {
        **SECRET,
        "arrangement": {"type": "static_select", "selected_option": {"value": "1"}},
        "others": chosen(office.person("Helena Costa").key),
        "colleagues": chosen(),
        "onward": {"type": "radio_buttons", "selected_option": {"value": "nobody"}},
        "retention_until": {"type": "datepicker", "selected_date": "2027-01-15"},
    }
    return {**values, **changes}


def attack(office: Office, **changes: Any) -> str:
    return sent(
        office, "ilo", user(office, "Mei Chen"), "restricted.share", "", forged(office, **changes)
    ).body
