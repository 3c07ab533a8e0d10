"""What the tests of delivery share: queueing something to say, and looking what became of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from bot import outbox
from bot.agreement.files import StoredFile
from bot.journal import queue as queue_for_journal
from bot.outbox import Address, Kind, Lane, Message, OutboxRow, OutboxState
from tests.office import Office

LIAISON = "C0LIAISON"
KENYA = "C0KENYA"
GLOBAL = Address("ilo", LIAISON)


def queue(office: Office, *texts: str, to: Address = GLOBAL, **more: Any) -> list[int]:
    """Queue some messages in one transaction, and return their numbers."""
    with office.database.writing() as session:
        queue_for_journal(session)
        return [
            outbox.put(
                session,
                key=f"test:{text}",
                to=to,
                message=Message(text),
                letter="test",
                now=office.clock.now(),
                **more,
            )
            for text in texts
        ]


def queue_update(office: Office, of: int, text: str) -> int:
    """Queue a change of what an earlier message says."""
    return queue(office, text, kind=Kind.UPDATE, of=of)[0]


def queue_file(office: Office, of: int, name: str) -> int:
    """Queue a file for the thread of an earlier message."""
    with office.database.writing() as session:
        file = StoredFile(name=name, sha256="0" * 64, content=name.encode())
        session.add(file)
        session.flush()
        file_id = file.id
    return queue(office, f"Here is {name}.", kind=Kind.FILE, of=of, enclosed_id=file_id)[0]


def said(office: Office, channel: str = LIAISON) -> list[str]:
    """The texts of a channel, threads included, the oldest first."""
    return [message["text"] for message in office.slack.messages(channel)]


def rows(office: Office) -> list[OutboxRow]:
    """What was queued by these tests."""
    with office.reading() as desk:
        query = select(OutboxRow).where(OutboxRow.letter == "test").order_by(col(OutboxRow.id))
        return list(desk.session.exec(query).all())


def states(office: Office) -> list[OutboxState]:
    """How far what was queued has come."""
    return [row.state for row in rows(office)]


def lane(office: Office, key: str = GLOBAL.lane) -> Lane:
    """One lane as it stands."""
    with office.reading() as desk:
        return desk.session.get_one(Lane, key)


def later(office: Office, **time: float) -> None:
    """Let some time pass, such as `seconds=31`."""
    office.clock.move_to(office.clock.now() + timedelta(**time))


def grant(office: Office, party: str, scopes: Iterable[str]) -> None:
    """Give a party's app these permissions and no other."""
    apps = office.slack.state.apps
    app = next(app for app in apps.values() if app.team_id == f"T0{party.upper()}")
    apps[app.id] = replace(app, scopes=tuple(scopes))


def scopes(office: Office, party: str) -> tuple[str, ...]:
    """The permissions of a party's app."""
    return next(a.scopes for a in office.slack.state.apps.values() if a.team_id == f"T0{party.upper()}")
