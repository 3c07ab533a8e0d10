"""Open shares in any number, each as if it had been made and delivered, so that each can be acknowledged once."""

from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, update

from bot.agreement import exchanges
from bot.agreement.exchanges import Classification, Exchange, ExchangeStatus
from bot.agreement.people import Identity
from bot.bootstrap import House
from bot.outbox import OutboxRow, OutboxState

SHARER = Identity("T0ILO", "U0ILODIALLO")
ACKNOWLEDGER = Identity("T0IOM", "U0IOMCOSTA")
EXCHANGES: Table = Exchange.__table__  # type: ignore[attr-defined]
OUTBOX: Table = OutboxRow.__table__  # type: ignore[attr-defined]


def prepare(house: House, amount: int) -> list[int]:
    """Make one share through the front door and copy it, cards and all; returns the keys of the copies."""
    event = house.secretariat.act(
        SHARER,
        exchanges.share,
        channel_id="C0LIAISON",
        title="Joint programme on fair recruitment",
        summary="The first draft of the programme document is ready for comment.",
        area=house.secretariat.definition.areas[0].id,
        classification=Classification.SHAREABLE,
    )
    with house.database.writing() as session:
        connection = session.connection()
        sent = {"state": OutboxState.SENT, "ts": "1.1", "sent_channel": "C0LIAISON"}
        connection.execute(update(OUTBOX).where(OUTBOX.c.subject == event.subject).values(**sent))
        return _copy(connection, event.exchange_id, event.subject, amount)


def _copy(connection: Connection, key: int, subject: str, amount: int) -> list[int]:
    share = _row(connection, EXCHANGES, EXCHANGES.c.id == key)[0]
    cards = _row(connection, OUTBOX, OUTBOX.c.subject == subject)
    last = connection.execute(select(func.max(EXCHANGES.c.id))).scalar_one()
    seq = connection.execute(select(func.max(EXCHANGES.c.seq))).scalar_one()
    keys = list(range(last + 1, last + 1 + amount))
    rows = [{**share, "id": new, "seq": seq + n} for n, new in enumerate(keys, 1)]
    connection.execute(insert(EXCHANGES), rows)
    copies = [
        {**card, "key": f"{card['key']}:copy:{new}", "subject": f"exchange:{new}"}
        for new in keys
        for card in cards
    ]
    for copy in copies:
        del copy["id"]
    connection.execute(insert(OUTBOX), copies)
    return keys


def _row(connection: Connection, table: Table, which: Any) -> list[dict[str, Any]]:
    return [dict(row._mapping) for row in connection.execute(select(table).where(which))]


def acknowledged(house: House) -> int:
    """How many shares have been acknowledged."""
    done = select(func.count()).where(EXCHANGES.c.status == ExchangeStatus.ACKNOWLEDGED)
    with house.database.reading() as session:
        return int(session.connection().execute(done).scalar_one())
