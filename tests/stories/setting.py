"""Where the two years are lived: offices in three time zones, closed days of either side, a channel for Asia."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlmodel import select

from bot.agreement.ledger import Occurrence
from bot.sandbox.seed import ILO, ILO_BOT, IOM, IOM_BOT, LEVELS, ilo_iom
from bot.sandbox.world import Channel
from tests.office import ZURICH, Office, Servers, words_of

LIAISON, KENYA, ASIA = "ilo-iom-liaison", "ilo-iom-east-africa", "ilo-iom-asia"
CLOSED: Mapping[str, Mapping[str, str]] = {
    "ilo-2027": {
        "2027-01-01": "New Year's Day",
        "2027-07-09": "Staff day of the ILO",
        "2027-12-24": "Year-end closure",
    },
    "iom-2027": {
        "2027-01-01": "New Year's Day",
        "2027-04-08": "Staff days of the IOM",
        "2027-04-09": "Staff days of the IOM",
    },
    "ilo-2028": {"2028-04-14": "Good Friday", "2028-04-17": "Easter Monday"},
    "iom-2028": {"2028-04-14": "Good Friday", "2028-07-07": "Staff day of the IOM"},
}
"""For each file of a calendar the closed days and why; the other days are worked, Geneva's holidays too."""


def two_houses(data: Path, servers: Servers) -> Office:
    """Both organisations on the first day of the seventh agreement year, their calendars written."""
    folder = data / "calendars"
    folder.mkdir()
    for name, days in CLOSED.items():
        lines = (f'{{ day = {day}, reason = "{reason}" }}' for day, reason in days.items())
        (folder / f"{name}.toml").write_text(f"closed = [{', '.join(lines)}]\n", encoding="utf-8")
    world = ilo_iom()
    asia = Channel("C0ASIA", ASIA, IOM, ("U0ILOSRISAI", "U0IOMTRAN", ILO_BOT, IOM_BOT), (ILO,), topic="Asia")
    return Office(
        data,
        f"sqlite:///{data / 'comity.db'}",
        servers,
        start=datetime(2026, 10, 23, 10, tzinfo=ZURICH),
        world=replace(world, channels=(*world.channels, asia)),
        levels=(*LEVELS, ("C0ASIA", "regional", "Asia and the Pacific", "iom")),
    )


def fill(office: Office, name: str, values: dict[str, Any]) -> None:
    """Send a form in, and the post that it makes."""
    result = office.submit(name, values)
    assert result.ok, result.errors
    office.deliver()


def press(office: Office, name: str, action: str, where: str = "direct") -> None:
    """Press a button that is obeyed at once, without a word to the one who pressed it."""
    told = office.click(name, action, where=where)
    assert told == "", told
    office.deliver()


def due(office: Office, duty: str, due_on: date, scope: str = "") -> Occurrence:
    """One due date as the ledger keeps it."""
    wanted = select(Occurrence).filter_by(duty=duty, due_on=due_on, scope=scope)
    with office.reading() as desk:
        return desk.session.exec(wanted).one()


def said(office: Office, text: str, where: str = LIAISON) -> list[dict[str, Any]]:
    """The messages of a channel whose notification contains these words."""
    return [message for message in office.channel(where) if text in message["text"]]


def told(office: Office, name: str, text: str) -> list[dict[str, Any]]:
    """The messages to one person whose notification contains these words."""
    return [message for message in office.direct(name) if text in message["text"]]


def days_of(messages: list[dict[str, Any]]) -> list[date]:
    """On which days they were posted, as Geneva counts days."""
    return [datetime.fromtimestamp(float(m["ts"]), UTC).astimezone(ZURICH).date() for m in messages]


def card(office: Office, title: str, where: str = LIAISON) -> str:
    """Every word, as they stand now, of the cards whose notification contains the title."""
    return words_of(said(office, title, where))
