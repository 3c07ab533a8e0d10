"""The doors of VII.1: ending the Agreement by notice, and what follows."""

from bot.letters import words
from bot.shapes import message
from handlers.calls import Call, Reply, Tell


def help(call: Call) -> Reply:  # noqa: ARG001  a door that does not depend on who knocks
    """What /termination does."""
    return Tell(message(words("terminations/help", {})))
