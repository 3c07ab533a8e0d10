"""Which channels the secretariat is given: they come in as rows, and each new one is welcomed once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session, select

from bot.agreement.channels import Channel, Level, all_channels
from bot.agreement.countries import country_codes
from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.agreement.rows import NothingNew, Row, RowReason, accept, refuse_repeated

COLUMNS = ("channel_id", "level", "scope", "posting_party")
NUMBER = r"[CG][A-Z0-9]{2,}"


@dataclass(frozen=True)
class Registration:
    """What one row says of one channel."""

    channel_id: str
    level: Level
    scope: str
    posting_party: str


@dataclass(frozen=True, kw_only=True)
class ChannelRegistered(Event):
    """The operator gave the secretariat channels from a file, or changed whom a channel serves.

    `added` are the numbers of channels it did not know before; `absent` are known, and not in the file.
    """

    operator: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    absent: tuple[str, ...]


def import_channels(desk: Desk, *, rows: Sequence[Row], operator: str) -> ChannelRegistered:
    """Take note of the channels in `rows`, of all of them or of none.

    Raises ImportRefused with every cell that is wrong, and NothingNew where nothing would change.
    """
    registrations = [_registration(desk, row) for row in rows]
    refuse_repeated(rows, "channel_id", "channel_id")
    _refuse_shared_scopes(desk.session, rows)
    accept(rows)
    given = {item.channel_id: item for item in registrations if item}
    known = {row.channel_id: row for row in desk.session.exec(select(Channel)).all()}
    added = [number for number in given if number not in known]
    changed = [number for number in given if number in known and _on_record(known[number]) != given[number]]
    absent = tuple(sorted(known.keys() - given.keys()))
    if not added and not changed:
        raise NothingNew(len(given), absent)
    _set_aside(desk.session, [known[number] for number in changed])
    for number in (*changed, *added):
        _record(desk, known.get(number), given[number])
    return ChannelRegistered(
        clause="",
        subject="channels",
        operator=operator,
        added=tuple(added),
        changed=tuple(changed),
        unchanged=len(given) - len(added) - len(changed),
        absent=absent,
    )


def _registration(desk: Desk, row: Row) -> Registration | None:
    """What a row says; None where something in it is wrong, which is noted in the row."""
    number = row.matching("channel_id", NUMBER, RowReason.BAD_NUMBER)
    level = row.choice("level", list(Level))
    scope = _scope(row, level) if level else ""
    party = row.choice("posting_party", [party.id for party in desk.definition.parties])
    return None if row.problems else Registration(number, Level(level), scope, party)


def _scope(row: Row, level: str) -> str:
    text = row.text("scope")
    if level == Level.GLOBAL:
        if text:
            row.refuse("scope", RowReason.NOT_EMPTY)
        return ""
    if not row.needed("scope") or level == Level.REGIONAL:
        return text
    if text.upper() not in country_codes():
        row.refuse("scope", RowReason.BAD_COUNTRY)
    return text.upper()


def _refuse_shared_scopes(session: Session, rows: Sequence[Row]) -> None:
    """A level and scope has one channel; two of a file, or one more than is on record, would both speak."""
    refuse_repeated(rows, "scope", "level", "scope")
    named = {row.text("channel_id") for row in rows}
    taken = {
        (known.level.value, known.scope.casefold()): known.channel_id
        for known in session.exec(select(Channel)).all()
        if known.channel_id not in named
    }
    for row in rows:
        other = taken.get((row.text("level").casefold(), row.text("scope").casefold()))
        if other:
            row.refuse("scope", RowReason.SCOPE_TAKEN, other=other)


def _on_record(row: Channel) -> Registration:
    return Registration(row.channel_id, row.level, row.scope, row.posting_party)


def _set_aside(session: Session, changing: Sequence[Channel]) -> None:
    """Free the scopes of channels that change, since two of them may swap theirs."""
    for channel in changing:
        channel.scope = channel.channel_id
    session.flush()


def _record(desk: Desk, known: Channel | None, item: Registration) -> None:
    if known is None:
        known = Channel(channel_id=item.channel_id, level=item.level, posting_party="", since=desk.today)
    known.level, known.scope, known.posting_party = item.level, item.scope, item.posting_party
    desk.session.add(known)
    desk.session.flush()


def silent(desk: Desk, installed: Collection[str]) -> list[Channel]:
    """The channels in which nobody can speak, because the party chosen for it has no installation."""
    return [row for row in all_channels(desk.session) if row.posting_party not in installed]
