"""`comity manifest`: what a party's administrator gives Slack to create the party's app."""

from typing import Annotated, Any

import typer

from bot.agreement.definition import Party
from bot.commands import opening
from bot.commands.printing import as_json
from bot.doctor.apps import SCOPES
from bot.letters import say
from bot.shapes import plain
from bot.vocabulary import WORDS

EVENTS = ("app_home_opened",)
COLOUR = "#1e3a5f"
"""The background of the app's icon in Slack: dark enough for white on it."""


def manifest(
    party: Annotated[str, typer.Option(help="Whose app: the id of a party, such as ilo.")],
    url: Annotated[str, typer.Option(metavar="URL", help="Where comity answers; else COMITY_BASE_URL.")] = "",
    prefix: Annotated[
        str, typer.Option(metavar="x-", help="Begins every command, where another app has taken its name.")
    ] = "",
) -> None:
    """Print the Slack app manifest for one party's workspace; without an address the app uses Socket Mode."""
    chosen = opening.settings()
    known = {each.id: each for each in opening.definition(chosen).parties}
    found = known[opening.choose_name("--party", party, tuple(known))]
    as_json(manifest_of(found, url or chosen.comity_base_url, prefix))


def manifest_of(party: Party, base_url: str, prefix: str) -> dict[str, Any]:
    """The manifest as Slack takes it; `base_url` is empty for Socket Mode."""
    address = f"{base_url.rstrip('/')}/slack/{party.id}/events" if base_url else ""
    reached = {"request_url": address} if address else {}
    words = {name: plain(say("cli/manifest", name, {"party": party.abbreviation})) for name in ABOUT}
    return {
        "display_information": {**words, "background_color": COLOUR},
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": words["name"], "always_online": True},
            "slash_commands": [_command(name, prefix, reached) for name in WORDS],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**reached, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **reached},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not address,
            "token_rotation_enabled": False,
        },
    }


ABOUT = ("name", "description")


def _command(command: str, prefix: str, reached: dict[str, str]) -> dict[str, Any]:
    noun = command.removeprefix("/")
    return {
        "command": f"/{prefix}{noun}",
        "description": plain(say("cli/commands", f"about_{noun}", {})),
        "usage_hint": plain(say("cli/commands", f"hint_{noun}", {})),
        # Mentions then come as numbers, also those of the other workspace's people.
        "should_escape": True,
        **({"url": reached["request_url"]} if reached else {}),
    }
