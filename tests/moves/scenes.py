"""A case of one party, brought by verbs to where a move begins, and everybody who might try that move."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import col, select

from bot.agreement.people import Identity
from bot.agreement.rights import Role
from tests.record import Record, Someone, demo_people

HEADQUARTERS = {
    "ilo": {
        "contact": "Amina Diallo",
        "alternate": "Pierre Favre",
        "legal": "Lucía Romero",
        "communications": "Mei Chen",
        "approver": "Jonas Weber",
        "field": "Samuel Otieno",
        "steward": "Ravi Menon",
    },
    "iom": {
        "contact": "Helena Costa",
        "alternate": "Omar Haddad",
        "legal": "Nadia Petrova",
        "communications": "David Okafor",
        "approver": "Yuki Tanaka",
        "field": "Grace Wanjiru",
        "steward": "Ines Martin",
    },
}
OTHER = {"ilo": "iom", "iom": "ilo"}


def everybody() -> list[Someone]:
    """The demonstration's people; for each party one person for each capacity alone, and others who may nothing.

    These hold every capacity until yesterday, or knock with a number of one workspace and the name of the other.
    """
    people = demo_people()
    for party, jobs in HEADQUARTERS.items():
        team = f"T0{party.upper()}"
        for role in Role:
            who = Identity(team, f"U0{party.upper()}ONLY{role.upper()}")
            people.append(Someone(f"{party} {role}", who, party, frozenset({role}), "Bangkok"))
        gone = Identity(team, f"U0{party.upper()}GONE")
        every = frozenset(str(role) for role in Role)
        people.append(Someone(f"{party} gone", gone, party, every, until=date(2026, 11, 22)))
        real = next(one for one in people if one.name == jobs["contact"])
        mixed = Identity(f"T0{OTHER[party].upper()}", real.identity.user_id)
        people.append(Someone(f"{party} elsewhere", mixed, OTHER[party], listed=False))
    return people


Doing = tuple[Any, Mapping[str, Any]]
"""A verb, and the facts to try it with."""


@dataclass
class Scene:
    """One case, begun by `own`; `keys` are the rows that its moves need, by what they are."""

    record: Record
    own: str
    keys: dict[str, Any] = field(default_factory=dict)

    @property
    def other(self) -> str:
        """The party that did not begin it."""
        return OTHER[self.own]

    def mine(self, job: str) -> str:
        """Somebody of the party that began it."""
        return HEADQUARTERS[self.own][job]

    def theirs(self, job: str) -> str:
        """Somebody of the other party."""
        return HEADQUARTERS[self.other][job]

    def act(self, name: str, verb: Any, **facts: Any) -> Any:
        """Let somebody act."""
        return self.record.act(name, verb, **facts)

    def do(self, name: str, doing: Callable[["Scene", Someone], Doing]) -> Any:
        """Let somebody do what a recipe tries."""
        verb, facts = doing(self, self.record.people[name])
        return self.act(name, verb, **facts)

    def last(self, table: Any, *conditions: Any) -> Any:
        """The row that was made last."""
        with self.record.reading() as desk:
            query = select(table).where(*conditions).order_by(col(table.id).desc())
            return desk.session.exec(query).first()

    def get(self, table: Any, key: Any) -> Any:
        """One row."""
        with self.record.reading() as desk:
            return desk.session.get(table, key)


@dataclass(frozen=True)
class Recipe:
    """How a move is tried from each status it leaves, and by whom it may be made.

    `who` says the side ("own" began the case, "other", or "both") and the capacities, and is stated here
    independently of the product's rights. `names` gives, of these, the only ones for whom it is theirs, and
    `not_again` those who have done their part. `besides` are those who do the same to something of their own:
    nothing is refused, and the case stays where it is.
    """

    table: Any
    states: Mapping[str, Callable[[Scene], Any]]
    doing: Callable[[Scene, Someone], Doing]
    who: str
    besides: str = ""
    names: Callable[[Scene], tuple[str, ...]] = lambda _: ()
    not_again: Callable[[Scene], tuple[str, ...]] = lambda _: ()
    places: bool = False

    def may(self, scene: Scene, one: Someone) -> bool:
        """Whether it is theirs to do."""
        if one.name in self.not_again(scene):
            return False
        if self.places and one.roles & _listed(self.who) == {"field_focal_point"} and one.office != "Nairobi":
            return False
        return one.name in self.names(scene) or fits(self.who, scene, one)

    def aside(self, scene: Scene, one: Someone) -> bool:
        """Whether they do it to something else."""
        return bool(self.besides) and fits(self.besides, scene, one)


def _listed(who: str) -> frozenset[str]:
    return frozenset(who.partition(":")[2].split())


def fits(who: str, scene: Scene, one: Someone) -> bool:
    """Whether somebody serves, on that side, in one of these capacities."""
    side = who.partition(":")[0]
    parties = {"own": {scene.own}, "other": {scene.other}, "both": {scene.own, scene.other}}[side]
    serves = one.listed and one.until is None
    return serves and one.party in parties and bool(one.roles & _listed(who))
