"""Who and what is in the local Slack: workspaces, people, channels and apps, as frozen facts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Workspace:
    """One organisation's Slack; `colour` is a CSS colour for the page."""

    id: str
    name: str
    domain: str
    colour: str


@dataclass(frozen=True)
class Person:
    """A member of one workspace; a guest is Slack's single-channel guest."""

    id: str
    team_id: str
    name: str
    title: str
    tz: str = "Europe/Zurich"
    locale: str = "en-GB"
    guest: bool = False
    deactivated: bool = False
    admin: bool = False

    @property
    def handle(self) -> str:
        """The user name of old, `amina.diallo`."""
        return self.name.lower().replace(" ", ".")

    @property
    def initials(self) -> str:
        """What the avatar shows."""
        return "".join(part[0] for part in self.name.split())[:2].upper()


@dataclass(frozen=True)
class Channel:
    """A channel, private channel or direct conversation; `members` are user ids, bots among them."""

    id: str
    name: str
    team_id: str
    members: tuple[str, ...]
    shared_with: tuple[str, ...] = ()
    private: bool = False
    dm: bool = False
    archived: bool = False
    topic: str = ""

    @property
    def teams(self) -> tuple[str, ...]:
        """The workspaces that see it, its own first."""
        return (self.team_id, *self.shared_with)

    @property
    def shared(self) -> bool:
        """Whether it is a Slack Connect channel."""
        return bool(self.shared_with)

    @property
    def kind(self) -> str:
        """`channel`, `private` or `dm`."""
        if self.dm:
            return "dm"
        return "private" if self.private else "channel"


@dataclass(frozen=True)
class Command:
    """A slash command as the manifest registers it; `subcommands` feed the page's completion."""

    command: str
    description: str
    usage_hint: str = ""
    subcommands: tuple[str, ...] = ()


@dataclass(frozen=True)
class App:
    """One app installed in one workspace; `path` is its endpoint below the bot's address.

    `scopes` empty means that every scope was granted.
    """

    id: str
    team_id: str
    name: str
    bot_user: str
    bot_id: str
    token: str
    signing_secret: str
    path: str
    commands: tuple[Command, ...] = ()
    scopes: tuple[str, ...] = ()
    events: tuple[str, ...] = ("app_home_opened", "app_mention", "message")


@dataclass(frozen=True)
class World:
    """Everything at the start; what changes afterwards is in `State`. `zone` is the page's time zone."""

    workspaces: tuple[Workspace, ...]
    people: tuple[Person, ...]
    channels: tuple[Channel, ...]
    apps: tuple[App, ...]
    zone: str = "Europe/Zurich"
