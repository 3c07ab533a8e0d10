"""What each party decides for itself alone, such as its offices and its designations: no case of two parties."""

from dataclasses import dataclass

from bot.agreement.rights import Side


@dataclass(frozen=True)
class OwnMatter:
    """A matter of one party: its own people act in it, and nobody of another party can."""

    party: str

    def side_of(self, party: str) -> Side:
        """The party itself begins whatever is done; any other stands on the other side."""
        return Side.INITIATING if party == self.party else Side.RESPONDING
