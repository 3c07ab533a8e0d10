"""V.3-1: the joint minutes of a meeting as a numbered record of both parties."""

from typing import Any

from bot.agreement.desk import Desk
from bot.agreement.meeting_minutes import MinutesConfirmed
from bot.cards.meetings import meeting_facts
from bot.letters import day, words
from bot.papers import Paper, Section, Table
from bot.shapes import plain


def minutes_paper(desk: Desk, event: MinutesConfirmed) -> Paper:
    """What the record says: the meeting, who came, what was said, decided and is to be done."""
    facts = {**meeting_facts(desk, event.meeting_id), **event.facts()}
    said = {name: plain(text) for name, text in words("meetings/paper", facts).items()}
    minutes = facts["minutes"]
    return Paper(
        title=said["title"],
        verdict=said["verdict"],
        sections=(
            Section(said["meeting_heading"], _particulars(facts, said)),
            _typed(said["summary_heading"], minutes["summary"]),
            _typed(said["decisions_heading"], minutes["decisions"] or said["no_decisions"]),
            _actions(facts, said),
            Section(said["purposes_heading"], paragraphs=_paragraphs(said["purposes"])),
            Section(said["next_heading"], paragraphs=(said["next"],)),
            Section(said["agreed_heading"], paragraphs=_paragraphs(said["agreed"])),
        ),
    )


def _particulars(facts: dict[str, Any], said: dict[str, str]) -> tuple[tuple[str, str], ...]:
    minutes = facts["minutes"]
    return (
        (said["number_label"], facts["number"]),
        (said["subject_label"], facts["title"]),
        (said["held_label"], day(minutes["held_on"])),
        (said["place_label"], plain(facts["place"])),
        (said["venue_label"], facts["venue"]),
        (said["own_label"], minutes["present_own"]),
        (said["other_label"], minutes["present_other"]),
    )


def _typed(heading: str, text: str) -> Section:
    return Section(heading, paragraphs=_paragraphs(text))


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _actions(facts: dict[str, Any], said: dict[str, str]) -> Section:
    if not facts["actions"]:
        return Section(said["actions_heading"], paragraphs=(said["no_actions"],))
    columns = tuple(said[name] for name in ("action_number", "action_text", "action_owner", "action_due"))
    rows = tuple(
        (row["number"], row["text"], f"{row['owner']} ({row['owner_party']})", day(row["due_on"]))
        for row in facts["actions"]
    )
    return Section(said["actions_heading"], table=Table(columns, rows, (2, 7, 4, 4)))
