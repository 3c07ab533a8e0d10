"""What each party decides for itself alone, such as its offices and its designations: no case of two parties."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError
from bot.agreement.rights import Side


@dataclass(frozen=True)
class OwnMatter:
    """A matter of one party: its own people act in it, and nobody of another party can."""

    party: str

    def side_of(self, party: str) -> Side:
        """The party itself begins whatever is done; any other stands on the other side."""
        return Side.INITIATING if party == self.party else Side.RESPONDING


def refuse_elsewhere(desk: Desk, through: str, error: Callable[[str], AgreementError]) -> None:
    """Refuse to take or show what is private to a party through the other party's app, `through`."""
    if through != desk.person.party:
        raise error(desk.definition.party(desk.person.party).abbreviation)
