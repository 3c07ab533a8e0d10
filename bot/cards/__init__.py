"""Cards: what a case looks like now, as a function of its rows, so that it can be drawn again at any time."""

from collections.abc import Callable, Mapping

from bot.agreement.desk import Desk
from bot.cards.emblems import emblem_card
from bot.cards.exchanges import exchange_card
from bot.cards.reviews import review_card
from bot.outbox import Message


def card(desk: Desk, subject: str) -> Message:
    """The card of `subject`, such as `emblem:12`, as it stands at this moment."""
    kind, _, key = subject.partition(":")
    return CARDS[kind](desk, int(key))


CARDS: Mapping[str, Callable[[Desk, int], Message]] = {
    "emblem": emblem_card,
    "exchange": exchange_card,
    "review": review_card,
}
