"""A world as large as wanted: channels that both parties share, and people to write to directly."""

from dataclasses import replace
from datetime import date

from bot.agreement.channels import Channel as Registered
from bot.agreement.channels import Level
from bot.outbox import Address
from bot.sandbox.seed import ILO, ILO_BOT, IOM, IOM_BOT, ilo_iom
from bot.sandbox.world import Channel, Person, World
from tests.chaos.setup import Size

PARTIES = (("ilo", ILO), ("iom", IOM))


def world(size: Size) -> World:
    """Both workspaces with their apps, and the channels and people of this size."""
    people = tuple(
        Person(_person(party, n), team, f"{party.upper()} Colleague {n}", "Programme officer")
        for party, team in PARTIES
        for n in range(size.people)
    )
    everyone = (*(person.id for person in people), ILO_BOT, IOM_BOT)
    channels = tuple(
        Channel(_channel(n), f"ilo-iom-{n:03}", ILO, everyone, (IOM,)) for n in range(size.channels)
    )
    return replace(ilo_iom(), people=people, channels=channels)


def addresses(size: Size) -> list[Address]:
    """Where messages go: every channel, spoken in by one party's app, and then every person by their own's."""
    shared = [Address(PARTIES[n % 2][0], _channel(n)) for n in range(size.channels)]
    direct = [Address(party, _person(party, n)) for party, _ in PARTIES for n in range(size.people)]
    return shared + direct


def registered(size: Size, since: date) -> list[Registered]:
    """The channels as the secretariat was given them, each for a region of its own."""
    return [
        Registered(
            channel_id=to.channel,
            level=Level.REGIONAL,
            scope=scope(n),
            posting_party=to.party,
            since=since,
        )
        for n, to in enumerate(addresses(size)[: size.channels])
    ]


def scope(n: int) -> str:
    """The region of the channel with this number."""
    return f"Region {n:03}"


def _channel(n: int) -> str:
    return f"C0CHAOS{n:03}"


def _person(party: str, n: int) -> str:
    return f"U0{party.upper()}{n:03}"
