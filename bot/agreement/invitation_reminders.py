"""IV.4: what is asked of the convening side, and of the invited one, as the day comes near."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.agreement.desk import Desk
from bot.agreement.follow_ups import AFTER, FollowedUp, Waiting, drop, foresee, mark_followed_up
from bot.agreement.invitations import Invitation, clause_of, get_invitation, working_day_by
from bot.agreement.people import Person, holders
from bot.agreement.rights import Role
from bot.agreement.time_limits import Period, end

ASKED = frozenset({Role.CONTACT_POINT, Role.SIGNATORY})
"""Who is asked for a party; the signatory acts for its head, whom IV.4 names (policy `acting.roles`)."""
STAND_INS = frozenset({Role.ALTERNATE})


class Chase(StrEnum):
    """What is asked for again."""

    INTEREST = "interest"
    """Whether the meeting is of mutual interest."""
    INVITATION = "invitation"
    """That the invitation be issued."""
    REPLY = "reply"
    """That the other party reply."""
    ATTENDANCE = "attendance"
    """That it be put on record who attended."""


KINDS: Mapping[str, Chase] = {f"invitation_{chase.value}": chase for chase in Chase}


@dataclass(frozen=True, kw_only=True)
class InvitationChased(FollowedUp):
    """Whoever has to act was asked again; `people` are the persons told."""

    invitation_id: int
    about: Chase
    party: str
    invited: tuple[str, ...]
    starts_on: date
    ends_on: date
    escalated: bool
    people: tuple[int, ...]

    @property
    def once(self) -> str:
        """Once for each thing that is asked for."""
        return f"{super().once}:{self.about.value}"


def expect_decision(desk: Desk, row: Invitation) -> date:
    """Ask again until it is decided whether the meeting is of mutual interest."""
    return _chase(desk, row, Chase.INTEREST, working_day_by(desk, row, "meeting.decide_days"))


def expect_invitation(desk: Desk, row: Invitation) -> date:
    """Ask again until the invitation is issued."""
    return _chase(desk, row, Chase.INVITATION, working_day_by(desk, row, "meeting.invite_days"))


def expect_reply(desk: Desk, row: Invitation) -> date:
    """Ask the invited party again until it has replied, by the last day for registration if there is one."""
    row.reply_by = max(row.register_by or working_day_by(desk, row, "meeting.reply_days"), desk.today)
    desk.session.add(row)
    return _chase(desk, row, Chase.REPLY, row.reply_by)


def expect_attendance(desk: Desk, row: Invitation) -> None:
    """Ask the convening side, once the meeting is over, who attended."""
    steps = desk.definition.policy("meeting.attendance_steps")
    foresee(desk, f"invitation:{row.key}", _kind(Chase.ATTENDANCE), row.ends_on, steps)


def _chase(desk: Desk, row: Invitation, about: Chase, due_on: date) -> date:
    steps = [step for step in desk.definition.policy("meeting.chase_steps") if _in_time(row, due_on, step)]
    foresee(desk, f"invitation:{row.key}", _kind(about), due_on, steps)
    return due_on


def _in_time(row: Invitation, due_on: date, step: str) -> bool:
    """Whether there is still a meeting to prepare for when something would be asked again."""
    if not step.startswith(AFTER):
        return True
    return end(due_on, Period.parse(step.removeprefix(AFTER))).date < row.starts_on


def _kind(about: Chase) -> str:
    return f"invitation_{about.value}"


def forget(desk: Desk, row: Invitation, *kinds: str) -> None:
    """Ask no more, or no more for this."""
    drop(desk.session, f"invitation:{row.key}", *kinds)


def chase(desk: Desk, *, waiting: Waiting) -> InvitationChased:
    """Ask whoever has to act again; after the day has passed the alternates are told as well."""
    row = get_invitation(desk.session, waiting.key)
    about, escalated = KINDS[waiting.kind], waiting.due_on < desk.today
    facts = mark_followed_up(desk, waiting)
    return InvitationChased(
        clause=clause_of(desk.definition, row.party),
        invitation_id=row.key,
        number=row.number,
        title=row.title,
        about=about,
        party=desk.definition.party(row.party).abbreviation,
        invited=tuple(party.abbreviation for party in desk.definition.others(row.party)),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        escalated=escalated,
        people=tuple(person.key for person in asked(desk, row, about, escalated=escalated)),
        **facts,
    )


def asked(desk: Desk, row: Invitation, about: Chase, *, escalated: bool = False) -> list[Person]:
    """Who is asked: the convening side's contact point and signatory, or for a reply those of the others."""
    replying = about is Chase.REPLY
    parties = desk.definition.others(row.party) if replying else [desk.definition.party(row.party)]
    roles = ASKED | STAND_INS if escalated else ASKED
    found: list[Person] = []
    for party in parties:
        mine = holders(desk.session, party.id, roles, desk.today)
        found += mine or holders(desk.session, party.id, STAND_INS, desk.today)
    return found
