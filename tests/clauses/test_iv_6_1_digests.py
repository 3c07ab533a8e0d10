"""IV.1, IV.6-1: each channel reads at its intervals what was shared in it, once, unless there is nothing."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import select

from bot.agreement import digests, exchanges, matters, project_lines, replies
from bot.agreement.exchanges import Classification, Exchange
from bot.agreement.ledger import NothingToSay
from bot.agreement.projects import NewProject, ProjectKind, add_project
from tests.clauses.exchanging import KENYA, LIAISON
from tests.office import ZURICH, Office, words_of

FRIDAY = date(2026, 11, 27)
"""The first digest of Kenya: weeks are counted from the Effective Date, Friday 23 October 2020."""


def share(office: Office, title: str = "Labour mobility fund", channel_id: str = "C0KENYA") -> None:
    office.act(
        "Samuel Otieno",
        exchanges.share,
        channel_id=channel_id,
        title=title,
        summary="A new fund opens.",
        area="A-COOP",
        classification=Classification.SHAREABLE,
    )


def enter(office: Office, kind: ProjectKind = ProjectKind.PROJECT, channel_id: str = "C0KENYA") -> None:
    new = NewProject(
        kind=kind,
        title="Fair recruitment",
        area="A-COOP",
        channel_id=channel_id,
        lead_party="ilo",
        starts_on=date(2026, 12, 1),
        ends_on=None,
    )
    office.act("Samuel Otieno", add_project, new=new, responsible_id=office.person("Samuel Otieno").key)


def told(office: Office, channel: str = KENYA) -> list[dict[str, Any]]:
    return [said for said in office.channel(channel) if said["text"].startswith("Digest")]


def test_iv_6_1_a_digest_names_who_shared_what_and_who_acknowledged(office: Office) -> None:
    share(office)
    share(office, "A second one")
    office.click("Grace Wanjiru", "exchanges.acknowledge", "1", where=KENYA)
    office.act("Grace Wanjiru", replies.add_reply, exchange_id=1, text="We join.")
    enter(office, ProjectKind.OPPORTUNITY)
    office.act("Grace Wanjiru", project_lines.add_line, project_id=1, text="Donor interested.")

    office.pass_to(FRIDAY)

    (digest,) = told(office)
    said = words_of([digest])
    assert "From Monday 23 November 2026 to Thursday 26 November 2026" in said
    assert "• 2026/1 “Labour mobility fund”, Samuel Otieno (ILO): acknowledged by Grace Wanjiru (IOM)" in said
    assert "• 2026/2 “A second one”, Samuel Otieno (ILO): not acknowledged yet" in said
    assert "• To 2026/1, Grace Wanjiru (IOM): We join." in said
    assert "• Opportunity 2026/1 “Fair recruitment”, Samuel Otieno (ILO)" in said
    assert "• 2026/1 “Fair recruitment”, Grace Wanjiru (IOM): Donor interested." in said
    assert "A digest every 7 days, when there is something to tell, is a working rule" in said
    assert not told(office, LIAISON)


def test_iv_6_1_an_empty_digest_is_not_sent_and_nothing_is_lost_by_it(office: Office) -> None:
    office.pass_to(date(2026, 11, 28))
    assert told(office) == []
    share(office)

    office.pass_to(date(2026, 12, 3))
    assert told(office) == []
    office.pass_to(date(2026, 12, 4))

    (digest,) = told(office)
    assert "Labour mobility fund" in words_of([digest])


def test_iv_6_1_each_thing_is_in_one_digest_only(office: Office) -> None:
    share(office)
    office.pass_to(FRIDAY)
    share(office, "On the day of the digest")
    office.tick()
    assert len(told(office)) == 1

    office.pass_to(date(2026, 12, 5))

    first, second = told(office)
    assert "On the day of the digest" not in words_of([first])
    assert "On the day of the digest" in words_of([second])
    assert "Labour mobility fund" not in words_of([second])
    assert "From Friday 27 November 2026 to Thursday 3 December 2026" in words_of([second])


def test_iv_6_1_after_weeks_away_one_digest_comes_late_and_covers_all(office: Office) -> None:
    share(office)
    office.clock.move_to(datetime(2026, 12, 14, 10, tzinfo=ZURICH))

    office.tick()
    office.tick()

    (digest,) = told(office)
    assert "This was to be said on Friday 11 December 2026 and comes late." in words_of([digest])
    assert "Labour mobility fund" in words_of([digest])


def test_iv_6_1_a_digest_that_is_due_on_a_closed_day_comes_on_the_next_and_is_not_late(
    office: Office,
) -> None:
    office.pass_to(date(2026, 12, 22))
    share(office)

    office.pass_to(date(2026, 12, 28))

    (digest,) = told(office)
    assert "comes late" not in words_of([digest])
    assert "to Thursday 24 December 2026" in words_of([digest])


def test_iv_6_1_the_global_channel_also_reads_how_much_there_was_elsewhere(office: Office) -> None:
    share(office)
    enter(office)
    share(office, "Global matter", "C0LIAISON")

    office.pass_to(date(2027, 1, 25))

    (digest,) = told(office, LIAISON)
    said = words_of([digest])
    assert "Global matter" in said
    assert "• Kenya (country): 1 update, 1 new project or opportunity, 0 lines" in said
    assert "Labour mobility fund" not in said
    assert "every 3 months" in said


def test_iv_6_1_nothing_that_is_restricted_or_private_is_told(office: Office) -> None:
    share(office, "Not for all")
    share(office, "For all")
    with office.database.writing() as session:
        row = session.exec(select(Exchange).where(Exchange.title == "Not for all")).one()
        row.classification = Classification.RESTRICTED
    noted = {"area": "A-COOP", "channel_id": "C0KENYA", "arose_on": office.today, "through": "ilo"}
    office.act("Samuel Otieno", matters.note_matter, title="A private matter", **noted)

    office.pass_to(FRIDAY)

    said = words_of(told(office))
    assert "For all" in said
    assert "Not for all" not in said
    assert "A private matter" not in said


def test_iv_6_1_a_digest_is_said_once_whatever_the_clocks_do(office: Office) -> None:
    share(office)
    office.pass_to(FRIDAY)

    with pytest.raises(NothingToSay):
        office.act(None, digests.say_digest, channel_id="C0KENYA", due_on=FRIDAY)

    assert len(told(office)) == 1


def test_iv_6_1_a_digest_with_more_than_it_can_name_says_how_many_and_is_inert(office: Office) -> None:
    for _ in range(20):
        share(office, "<!channel> *bold* & " * 7)
    for _ in range(17):
        office.act("Grace Wanjiru", replies.add_reply, exchange_id=1, text="<!here> " * 100)
        enter(office)
        office.act("Grace Wanjiru", project_lines.add_line, project_id=1, text="<!here> & " * 30)

    office.pass_to(FRIDAY)

    said = words_of(told(office))
    assert "<!" not in said
    assert "• and 12 more" in said
    assert said.count("• and 9 more") == 3
