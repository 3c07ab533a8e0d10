"""The ILO and the IOM as they might be: people, channels and two apps, with the rosters to import."""

import csv
import io
from collections.abc import Iterable

from bot.agreement.channels import Level
from bot.agreement.offices import Office
from bot.sandbox.world import App, Channel, Command, Person, Workspace, World

ILO, IOM, LAB = "T0ILO", "T0IOM", "T0WORLDLAB"
ILO_BOT, IOM_BOT = "U0ILOBOT", "U0IOMBOT"
NAIROBI, BANGKOK, GENEVA = "Africa/Nairobi", "Asia/Bangkok", "Europe/Zurich"

PEOPLE = (
    Person("U0ILODIALLO", ILO, "Amina Diallo", "Liaison officer"),
    Person("U0ILOFAVRE", ILO, "Pierre Favre", "Deputy liaison officer"),
    Person("U0ILOCHEN", ILO, "Mei Chen", "Communications officer"),
    Person("U0ILOWEBER", ILO, "Jonas Weber", "Head of publications"),
    Person("U0ILOROMERO", ILO, "Lucía Romero", "Legal officer"),
    Person("U0ILOOTIENO", ILO, "Samuel Otieno", "Programme officer, Nairobi", tz=NAIROBI),
    Person("U0ILOMENON", ILO, "Ravi Menon", "Systems administrator", admin=True),
    Person("U0ILONOVAK", ILO, "Clara Novak", "Intern", guest=True),
    Person("U0IOMCOSTA", IOM, "Helena Costa", "Liaison officer"),
    Person("U0IOMHADDAD", IOM, "Omar Haddad", "Deputy liaison officer"),
    Person("U0IOMTANAKA", IOM, "Yuki Tanaka", "Brand officer"),
    Person("U0IOMPETROVA", IOM, "Nadia Petrova", "Legal officer"),
    Person("U0IOMWANJIRU", IOM, "Grace Wanjiru", "Programme officer, Nairobi", tz=NAIROBI),
    Person("U0IOMOKAFOR", IOM, "David Okafor", "Communications officer"),
    Person("U0IOMMARTIN", IOM, "Ines Martin", "Systems administrator", admin=True),
    Person("U0ILOSRISAI", ILO, "Anan Srisai", "Programme officer, Bangkok", tz=BANGKOK),
    Person("U0IOMTRAN", IOM, "Linh Tran", "Programme officer, Bangkok", tz=BANGKOK),
    Person("U0LABLANG", LAB, "Victor Lang", "Researcher"),
)

ROLES = {
    "U0ILODIALLO": ("Headquarters", ("contact_point", "signatory")),
    "U0ILOFAVRE": ("Headquarters", ("alternate",)),
    "U0ILOCHEN": ("Headquarters", ("communications",)),
    "U0ILOWEBER": ("Headquarters", ("emblem_approver",)),
    "U0ILOROMERO": ("Headquarters", ("legal",)),
    "U0ILOOTIENO": ("Nairobi", ("field_focal_point",)),
    "U0ILOSRISAI": ("Bangkok", ("field_focal_point",)),
    "U0ILOMENON": ("Headquarters", ("administrator", "data_steward")),
    "U0IOMCOSTA": ("Headquarters", ("contact_point", "signatory")),
    "U0IOMHADDAD": ("Headquarters", ("alternate",)),
    "U0IOMTANAKA": ("Headquarters", ("emblem_approver",)),
    "U0IOMPETROVA": ("Headquarters", ("legal", "emblem_approver")),
    "U0IOMWANJIRU": ("Nairobi", ("field_focal_point",)),
    "U0IOMTRAN": ("Bangkok", ("field_focal_point",)),
    "U0IOMOKAFOR": ("Headquarters", ("communications",)),
    "U0IOMMARTIN": ("Headquarters", ("administrator", "data_steward")),
}

OFFICES = tuple(
    (party, *office)
    for party in ("ilo", "iom")
    for office in (
        ("Headquarters", "global", "", "", GENEVA, False),
        ("Nairobi", "country", "KE", "Africa", NAIROBI, True),
        ("Bangkok", "regional", "", "Asia and the Pacific", BANGKOK, False),
    )
)
"""Party, name, level, country, region, time zone, and whether the two parties work together there."""

LEVELS = (
    ("C0LIAISON", "global", "", "ilo"),
    ("C0AFRICA", "regional", "Africa", "iom"),
    ("C0KENYA", "country", "KE", "iom"),
)

COMMANDS = (
    Command(
        "/agreement",
        "The Agreement, what is due and why",
        "status | due | clause ID | report | help",
        ("status", "due", "clause", "report", "help"),
    ),
    Command(
        "/exchange",
        "Inform the other party",
        "share | list | show NUMBER | help",
        ("share", "list", "show", "help"),
    ),
    Command(
        "/emblem",
        "Use of name, emblem or a link",
        "request | list | show NUMBER | help",
        ("request", "list", "show", "help"),
    ),
)

SCOPES = (
    "app_mentions:read",
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "mpim:read",
    "reactions:write",
    "team:read",
    "users:read",
    "users:read.email",
)


def _ids(team: str) -> tuple[str, ...]:
    return tuple(person.id for person in PEOPLE if person.team_id == team and not person.guest)


def _channels() -> tuple[Channel, ...]:
    both = (ILO_BOT, IOM_BOT)
    nairobi = ("U0ILOOTIENO", "U0IOMWANJIRU", "U0ILODIALLO", "U0IOMCOSTA")
    everyone = (*_ids(ILO), "U0ILONOVAK", *_ids(IOM), "U0LABLANG", *both)
    return (
        Channel("C0LIAISON", "ilo-iom-liaison", ILO, everyone, (IOM, LAB), topic="The 2020 Agreement"),
        Channel("C0KENYA", "ilo-iom-east-africa", IOM, (*nairobi, *both), (ILO,), topic="Kenya"),
        Channel("C0AFRICA", "ilo-iom-horn-of-africa", IOM, (*nairobi, *both), (ILO,), topic="Africa"),
        Channel(
            "C0ILOCOMMS",
            "ilo-communications",
            ILO,
            ("U0ILOCHEN", "U0ILOWEBER", "U0ILODIALLO", ILO_BOT),
            topic="Publications and media",
        ),
        Channel(
            "C0IOMBRAND",
            "iom-brand",
            IOM,
            ("U0IOMTANAKA", "U0IOMOKAFOR", "U0IOMCOSTA", IOM_BOT),
            topic="Name and emblem",
        ),
    )


def _app(party: str, team: str, bot_user: str) -> App:
    return App(
        id=f"A0{party.upper()}",
        team_id=team,
        name="Comity",
        bot_user=bot_user,
        bot_id=f"B0{party.upper()}",
        token=f"xoxb-{party}-local",
        signing_secret=f"{party}-local-signing-secret",
        path=f"/slack/{party}/events",
        commands=COMMANDS,
        scopes=SCOPES,
    )


def ilo_iom() -> World:
    """Two workspaces with the app, a third organisation without it, and the channels between them."""
    return World(
        workspaces=(
            Workspace(ILO, "ILO", "ilo-local", "#1e4e9c"),
            Workspace(IOM, "IOM", "iom-local", "#0b6e7f"),
            Workspace(LAB, "World Labour Observatory", "worldlab-local", "#5b6b2f"),
        ),
        people=PEOPLE,
        channels=_channels(),
        apps=(_app("ilo", ILO, ILO_BOT), _app("iom", IOM, IOM_BOT)),
    )


def _csv(header: str, rows: Iterable[tuple[str, ...]]) -> str:
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(header.split(","))
    writer.writerows(rows)
    return sink.getvalue()


def offices() -> list[Office]:
    """The offices of both parties, not stored yet."""
    return [
        Office(
            party=party, name=name, level=Level(level), country=country, region=region, tz=tz, active=active
        )
        for party, name, level, country, region, tz, active in OFFICES
    ]


def contacts_csv() -> str:
    """The roster of both parties, as `comity contacts import` reads it."""
    rows = []
    for person in PEOPLE:
        if person.id in ROLES:
            office, roles = ROLES[person.id]
            party = person.team_id[2:].lower()
            email = f"{person.handle}@{party}.example"
            where = (person.team_id, person.id, office)
            rows.append((party, person.name, *where, ";".join(roles), "en", "2020-10-23", "", email))
    header = "party,name,slack_team_id,slack_user_id,office,roles,language,valid_from,valid_until,email"
    return _csv(header, rows)


def channels_csv() -> str:
    """The shared channels and their level, as `comity channels import` reads it."""
    return _csv("channel_id,level,scope,posting_party", LEVELS)
