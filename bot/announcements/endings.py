"""VII.1-2: the end of the Agreement is told once, to every shared channel and to both parties' offices."""

from collections.abc import Sequence
from functools import partial

from sqlmodel import col, select

from bot.agreement.after_the_end import FallsAfterEnd
from bot.agreement.channels import Channel, Level, all_channels
from bot.agreement.closed_cases import Line, Routine, closed_lines, shown
from bot.agreement.communications import CommunicationVersion
from bot.agreement.endings import AgreementEnded
from bot.agreement.files import Attachment, keep
from bot.agreement.meetings import get_meeting
from bot.agreement.people import Person, roles_of
from bot.agreement.rights import HEAD, RIGHTS, Act, Role
from bot.announcements.audiences import Reactions, serving
from bot.announcements.meetings import calendar_invitation
from bot.announcements.notices import ended_cards
from bot.cards.endings import OFFERED, STATUS, ending_facts
from bot.ending_papers import survivor_paper
from bot.meeting_calendars import Method, icalendar_file
from bot.outbox import Address
from bot.papers import file_papers
from bot.post import Post

TOLD = HEAD | {Role.LEGAL, Role.DATA_STEWARD}
"""Who reads of it in person: those who act for a party, and those who look after what lives on."""


def cases_closed(post: Post, event: AgreementEnded) -> None:
    """Every card of what was closed says so, and calendars lose the meetings that were called off."""
    lines = closed_lines(post.desk.session)
    # Each card once: a notice that lapsed may be among the lines.
    for subject in dict.fromkeys([*(line.subject for line in lines), *ended_cards(post, event.notice_id)]):
        post.refresh(subject)
    _clearances(post, [line for line in lines if line.routine is Routine.COMMUNICATIONS])
    for meeting_id in event.meetings:
        _out_of_calendars(post, meeting_id)


def _clearances(post: Post, lines: Sequence[Line]) -> None:
    keys = [int(line.subject.rpartition(":")[2]) for line in lines]
    asked = select(CommunicationVersion.id).where(col(CommunicationVersion.communication_id).in_(keys))
    for version_id in post.desk.session.exec(asked).all():
        post.refresh(f"clearance:{version_id}")


def _out_of_calendars(post: Post, meeting_id: int) -> None:
    row = get_meeting(post.desk.session, meeting_id)
    content = icalendar_file(calendar_invitation(post, row, Method.CANCEL))
    file_id = keep(post.desk.session, Attachment(f"meeting-{row.number.replace('/', '-')}.ics", content))
    facts = {"number": row.number, "title": row.title, "starts_at": row.starts_at, "zone": row.zone}
    post.enclose(file_id or 0, f"meeting:{row.key}", "meetings/cancellation_enclosed", facts)


def end_told(post: Post, event: AgreementEnded) -> None:
    """The global channel has the card with the report in its thread; other channels and people a letter."""
    write = partial(survivor_paper, post.desk, event.ends_on)
    records = file_papers(post.desk, post.entry, event.subject, write)
    number = records[0].number
    channels = all_channels(post.desk.session)
    for channel in channels:
        if channel.level is Level.GLOBAL:
            post.cards(event.subject, [post.channel(channel.channel_id)])
    _other_places(post, event, [row for row in channels if row.level is not Level.GLOBAL])
    if channels:
        _in_person(post, event, channels[0], number)
    post.hand_over_all(records, event.subject, "endings/report_handed_over", {"record_number": number})


def _other_places(post: Post, event: AgreementEnded, channels: Sequence[Channel]) -> None:
    facts = ending_facts(post.desk, event.ends_on, shown(closed_lines(post.desk.session)))
    for row in channels:
        post.letter(
            "endings/ended_here", post.channel(row.channel_id), {**facts, **event.facts()}, buttons=(STATUS,)
        )


def _in_person(post: Post, event: AgreementEnded, channel: Channel, record_number: str) -> None:
    lines = closed_lines(post.desk.session)
    for party in post.desk.definition.parties:
        for person in serving(post, party.id, TOLD):
            own = _own(post, person, lines)
            to = post.private(person) or post.person(person, channel.channel_id)
            facts = ending_facts(post.desk, event.ends_on, shown(lines))
            facts |= {
                **event.facts(),
                "own": own,
                "own_app": party.id in post.installed,
                "party_id": party.id,
                "party": party.abbreviation,
                "record_number": record_number,
            }
            post.letter("endings/ended_in_person", to, facts, buttons=OFFERED)


def _own(post: Post, person: Person, lines: Sequence[Line]) -> list[Line]:
    """What is private to the person's party, for its own app alone to say (IV.1, IV.4)."""
    if post.private(person) is None:
        return []
    named = bool(RIGHTS[Act.LOG_LEAD].roles & roles_of(post.desk.session, person))
    return [line for line in shown(lines, person.party, named=named) if line.kept_to]


def told_in_thread(post: Post, event: FallsAfterEnd) -> None:
    """It is said in the thread of the card, where there is one in a channel, that nothing more is asked for it."""
    for row in post.channel_cards(event.subject):
        post.letter("endings/falls_after", Address(row.party, row.channel), event.facts(), thread=row)


REACTIONS: Reactions = {AgreementEnded: (end_told, cases_closed), FallsAfterEnd: (told_in_thread,)}
