"""The place of a workplan as people type it: a name, the code of a country, or nothing for where they are."""

from bot.agreement.channels import all_channels
from bot.agreement.desk import Desk
from bot.agreement.workplans import NoSuchPlace
from bot.letters import place

GLOBAL = ("global", "headquarters")


def scope_named(desk: Desk, text: str, channel: str = "") -> str:
    """The scope that is meant: "Kenya" and "KE" are the same; without a word it is that of the channel.

    Raises NoSuchPlace.
    """
    wanted, channels = text.strip().casefold(), all_channels(desk.session)
    if not wanted:
        return next((row.scope for row in channels if row.channel_id == channel), "")
    if wanted in GLOBAL:
        return ""
    scopes = [row.scope for row in channels if row.scope]
    for scope in scopes:
        if wanted in (scope.casefold(), place(scope).casefold()):
            return scope
    raise NoSuchPlace(text.strip(), tuple(scopes))
