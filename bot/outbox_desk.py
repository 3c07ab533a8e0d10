"""An operator's word on messages that nobody else can settle; journalled like every other act."""

from bot import outbox
from bot.agreement.desk import Desk
from bot.troubles import MessageSettled


def settle(desk: Desk, *, number: int, arrived: bool, ts: str = "") -> MessageSettled:
    """Take it that a message has arrived (as Slack's `ts`, where known), or send it again.

    Raises NoSuchMessage, and NotInDoubt where the message needs nobody's word.
    """
    row = outbox.settle(desk.session, number, arrived=arrived, now=desk.now, ts=ts)
    return MessageSettled(
        clause="",
        subject=f"message:{number}",
        number=number,
        letter=row.letter,
        party=row.party,
        channel=row.channel,
        arrived=arrived,
    )
