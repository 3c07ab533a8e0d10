"""The bot comes back after a silence: what was missed is said once, late, in order, and nobody is flooded."""

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlmodel import col, select
from structlog.testing import capture_logs

from bot import restorations
from bot.agreement.catching_up import in_order
from bot.agreement.channels import Channel
from bot.agreement.emblem_plans import Mark, PlannedUse
from bot.agreement.emblems import request as ask
from bot.agreement.exchanges import Classification, Exchange, share
from bot.agreement.ledger import Occurrence
from bot.database import Database
from bot.journal import Entry, faults
from bot.outbox import Address, Message, OutboxRow, put
from schedules import ledger
from schedules.timetable import PASSING, run_due
from tests.office import ZURICH, Office, words_of
from tests.settling import both_record_met

LIAISON, KENYA, AFRICA = "ilo-iom-liaison", "ilo-iom-east-africa", "ilo-iom-horn-of-africa"
OFFICES = ("ilo:U0ILODIALLO", "ilo:U0ILOFAVRE", "iom:U0IOMCOSTA", "iom:U0IOMHADDAD")


@pytest.fixture(params=["office", "office_on_postgres"], ids=["SQLite", "PostgreSQL"])
def either(request: pytest.FixtureRequest) -> Office:
    """The same office on each of the databases."""
    made: Office = request.getfixturevalue(request.param)
    return made


def tell(office: Office, count: int) -> None:
    """The ILO shares some updates in the global channel."""
    for number in range(count):
        office.act(
            "Mei Chen",
            share,
            channel_id="C0LIAISON",
            title=f"Labour mobility fund, round {number + 1}",
            summary="A new fund opens in March.",
            area="A-COOP",
            classification=Classification.PUBLIC,
        )


def off_until(office: Office, *when: int) -> list[OutboxRow]:
    """Nothing runs until then; what is said at the first tick, in the order in which it is queued."""
    said = len(outbox(office))
    office.clock.move_to(datetime(*when, tzinfo=ZURICH))  # type: ignore[arg-type, misc]
    office.tick()
    return outbox(office)[said:]


def outbox(office: Office) -> list[OutboxRow]:
    with office.reading() as desk:
        return list(desk.session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all())


def counted(rows: Sequence[OutboxRow]) -> dict[str, list[str]]:
    """For each address the letters it gets, in order."""
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.lane, []).append(row.letter.partition("/")[2])
    return found


def text_of(row: OutboxRow) -> str:
    return words_of([{"text": row.message.text, "blocks": row.message.blocks}])


def test_after_a_weekend_nothing_is_late(office: Office) -> None:
    office.pass_to(date(2027, 1, 15))

    said = off_until(office, 2027, 1, 18, 10)

    assert not said


def test_over_the_end_of_the_year_each_channel_and_each_person_hears_little_and_all_of_it_late(
    either: Office,
) -> None:
    """Off from Thursday 24 December 2026 to Monday 18 January 2027, with five shares to be acknowledged."""
    tell(either, 5)
    either.pass_to(date(2026, 12, 23))

    said = off_until(either, 2027, 1, 18, 10)

    assert counted(said) == {
        **{lane: ["reminder_due"] for lane in OFFICES[:2]},
        **{lane: ["reminder_due", "caught_up"] for lane in OFFICES[2:]},
        "ilo:C0LIAISON": ["exchange_prompted", "reminder_due"],
        "iom:C0AFRICA": ["exchange_prompted"],
        "iom:C0KENYA": ["exchange_prompted"],
    }
    assert all("comes late" in text_of(row) or "come late" in text_of(row) for row in said)
    assert "was to be asked on Friday 8 January 2027 and comes late" in words_of(either.channel(KENYA))
    (digest,) = (
        message for message in either.direct("Omar Haddad") if "late and together" in message["text"]
    )
    assert "*2026/1 “Labour mobility fund, round 1”* (IV.1)" in words_of([digest])
    assert "on Thursday 14 January 2027, 4 days ago, and is the last reminder." in words_of([digest])
    assert not off_until(either, 2027, 1, 18, 11)
    with either.reading() as desk:
        assert list(faults(desk.session)) == []


def test_after_four_months_the_minor_things_of_a_channel_come_in_one_letter_and_last(office: Office) -> None:
    office.pass_to(date(2026, 12, 23))

    said = off_until(office, 2027, 4, 26, 10)

    # The last letter but one is the card of the review dossier, which opened on 22 April.
    assert counted(said)["ilo:C0LIAISON"] == ["reminder_due", "exchange_prompted", "", "caught_up"]
    assert max(Counter(row.lane for row in said).values()) == 4
    assert said[-1].letter == "ledger/caught_up"
    assert "was to be said on Friday 15 January 2027 and comes late" in text_of(said[0])
    digest = text_of(said[-1])
    assert "*Hold a review meeting* (V.3-1): Friday 23 April 2027, 3 days ago." in digest
    assert "This was to be said on Friday 16 April 2027, 10 days ago." in digest
    assert "*Hold the general review* (V.3-2): Friday 22 October 2027, in 179 days." in digest
    assert digest.index("Hold a review meeting") < digest.index("Hold the general review")
    assert not off_until(office, 2027, 4, 26, 11)


def test_a_last_day_for_a_notice_comes_first_then_the_cases_then_what_presses_then_the_rest(
    office: Office,
) -> None:
    """Off for ten months, over 22 August 2027, three years before the last day for a notice."""
    tell(office, 4)
    ask_for_the_emblem(office)

    said = off_until(office, 2027, 10, 1, 10)

    assert [row.lane for row in said[:4]] == list(OFFICES)
    assert all("VII.1-4" in text_of(row) and "comes late" in text_of(row) for row in said[:4])
    cases = [number for number, row in enumerate(said) if row.letter == "emblems/emblem_escalated"]
    assert cases == list(range(4, 4 + len(cases)))
    assert [row.lane for row in said if row.letter == "ledger/caught_up"] == ["iom:U0IOMCOSTA"]
    assert said[-1].letter == "ledger/caught_up"
    # A digest and the card of the review dossier are among them.
    assert max(Counter(row.lane for row in said).values()) <= 8


def ask_for_the_emblem(office: Office) -> None:
    use = PlannedUse(
        mark=Mark.EMBLEM,
        purpose="To show that the study was made together.",
        product="Study on fair recruitment",
        audience="Governments",
        use_from=date(2027, 5, 3),
        use_until=date(2027, 12, 31),
        needed_by=date(2027, 4, 30),
        mockup_text="Published by the ILO and the IOM",
    )
    office.act("Mei Chen", ask, owner="iom", channel_id="C0LIAISON", use=use)


def test_three_late_shares_are_asked_for_one_by_one_each_with_its_button(office: Office) -> None:
    tell(office, 3)

    off_until(office, 2026, 12, 7, 10)

    late = [message for message in office.direct("Helena Costa") if "comes late" in words_of([message])]
    assert len(late) == 3
    assert all("This was to be sent on Monday 30 November 2026" in words_of([message]) for message in late)
    assert all("Acknowledge" in words_of([message]) for message in late)


def test_forty_late_shares_are_one_letter_that_says_how_many_more_there_are(office: Office) -> None:
    tell(office, 40)

    said = off_until(office, 2026, 12, 7, 10)

    assert counted(said) == {"iom:U0IOMCOSTA": ["caught_up"]}
    assert said[0].message.text == "40 reminders come late and together."
    assert "*2026/15 “Labour" in text_of(said[0])
    assert "And 25 more: `/agreement due` lists what is due, `/exchange list` what was shared." in text_of(
        said[0]
    )
    assert "2026/40" in office.click("Helena Costa", "exchanges.list", where="direct")
    with office.reading() as desk:
        assert {row.nudges for row in desk.session.exec(select(Exchange)).all()} == {1}


def test_what_is_said_together_is_journalled_with_everything_it_covers(office: Office) -> None:
    tell(office, 4)

    off_until(office, 2026, 12, 7, 10)

    with office.reading() as desk:
        (entry,) = desk.session.exec(select(Entry).where(Entry.event == "caught_up")).all()
    covered = json.loads(entry.facts)["covers"]
    assert [one["number"] for one in covered] == ["2026/1", "2026/2", "2026/3", "2026/4"]
    assert {one["planned_for"] for one in covered} == {"2026-11-30"}


def test_channels_that_were_taken_away_do_not_crowd_the_global_one(office: Office) -> None:
    """What was to be asked in them is asked in the global channel, in one list."""
    with office.database.writing() as session:
        for number in ("C0AFRICA", "C0KENYA"):
            session.delete(session.get_one(Channel, number))

    said = off_until(office, 2027, 2, 1, 10)

    liaison = [row for row in said if row.lane == "ilo:C0LIAISON"]
    assert [row.letter for row in liaison][-1] == "ledger/caught_up"
    assert len(liaison) == 3
    assert "Information exchange, Africa" in text_of(liaison[-1])
    assert "Information exchange, Kenya" in text_of(liaison[-1])


def test_a_list_of_which_something_was_settled_meanwhile_waits_for_the_next_tick(office: Office) -> None:
    office.pass_to(date(2026, 12, 23))
    office.clock.move_to(datetime(2027, 4, 26, 10, tzinfo=ZURICH))
    with office.reading() as desk:
        deeds = in_order(ledger.due(desk))
        review = desk.session.exec(
            select(Occurrence).where(Occurrence.duty == "general-review", Occurrence.due_on > desk.today)
        ).first()
    assert review
    facts = {"met_on": date(2027, 4, 26), "evidence": "Minutes, registry RL 27/3"}
    both_record_met(office, occurrence_id=review.key, **facts)

    office.house.secretariat.act_together(deeds, PASSING)

    assert not [row for row in outbox(office) if row.letter == "ledger/caught_up"]
    office.tick()
    assert [row.letter for row in outbox(office)][-1] == "ledger/reminder_due"
    assert "Hold a review meeting" in text_of(outbox(office)[-1])
    reminders = [row for row in outbox(office) if row.letter == "ledger/reminder_due"]
    assert not [row for row in reminders if row.message.text.startswith("Hold the general review")]


def test_a_restored_older_copy_would_say_the_same_things_under_the_same_keys(
    office: Office, tmp_path: Path
) -> None:
    """The copy is of 23 December and has missed more steps than the bot that ran on; the last are the same."""
    tell(office, 4)
    office.pass_to(date(2026, 12, 23))
    copied(office, tmp_path / "copy.db")
    office.pass_to(date(2027, 1, 15))
    kept = {row.key for row in outbox(office)}

    restored = replace(office.house.secretariat, database=Database(f"sqlite:///{tmp_path / 'copy.db'}"))
    before = {row.key for row in outbox(office) if row.created_at.date() <= date(2026, 12, 23)}
    run_due(restored)

    with restored.reading() as desk:
        said = {row.key for row in desk.session.exec(select(OutboxRow)).all()} - before
    restored.database.close()
    prompts = {key for key in said if "caught_up" not in key}
    assert prompts
    assert prompts <= kept


def copied(office: Office, to: Path) -> None:
    source = sqlite3.connect(office.database.engine.url.database or "")
    with closing(source), closing(sqlite3.connect(to)) as target:
        source.backup(target)


def test_one_thing_that_cannot_be_said_does_not_keep_the_others_from_being_said(office: Office) -> None:
    office.clock.move_to(datetime(2026, 12, 9, 10, tzinfo=ZURICH))
    key = "ilo-iom-2020:exchange-prompt:KE:2026-12-23:2026-12-09:exchanges/exchange_prompted:iom:C0KENYA"
    with office.database.writing() as session:
        address = Address("iom", "C0KENYA")
        put(session, key=key, to=address, message=Message("x"), letter="x", now=office.clock.now())

    with capture_logs() as logs:
        office.tick()

    assert "not_said" in {entry["event"] for entry in logs}
    assert [said["text"] for said in office.channel(KENYA)] == ["x"]
    assert "Information exchange, Africa" in words_of(office.channel(AFRICA))


def test_two_clocks_at_once_say_each_thing_once(office_on_postgres: Office) -> None:
    office = office_on_postgres
    tell(office, 5)
    office.pass_to(date(2026, 12, 23))
    before = len(outbox(office))
    office.clock.move_to(datetime(2027, 4, 26, 10, tzinfo=ZURICH))
    together = Barrier(4)

    def tick(_: int) -> int:
        together.wait()
        return run_due(office.house.secretariat)

    with capture_logs() as logs, ThreadPoolExecutor(4) as clocks:
        counts = list(clocks.map(tick, range(4)))
    office.deliver()

    said = counted(outbox(office)[before:])
    assert sum(counts) == 9
    card = ""
    assert said["ilo:C0LIAISON"] == ["reminder_due", "exchange_prompted", card, "digest_said", "caught_up"]
    assert said["iom:C0KENYA"] == ["exchange_prompted"]
    assert said["iom:U0IOMCOSTA"] == ["reminder_due", "caught_up"]
    assert "not_said" not in {entry["event"] for entry in logs}
    with office.reading() as desk:
        assert list(faults(desk.session)) == []


def test_after_a_restored_copy_nothing_is_said_again_in_a_list(office: Office, tmp_path: Path) -> None:
    """Five reminders were said one by one on Monday; Sunday's copy knows of none, and returns on Tuesday."""
    tell(office, 5)
    with office.reading() as desk:
        nudges = desk.session.exec(select(Exchange.nudge_on)).first()
    assert nudges is not None
    office.pass_to(nudges - timedelta(days=1))
    kept, copied_at = tmp_path / "copy.db", office.clock.now()
    copied(office, kept)
    office.pass_to(nudges)
    heard = len(office.direct("Helena Costa"))

    office.database.engine.dispose()
    live = sqlite3.connect(office.database.engine.url.database or "")
    with closing(live), closing(sqlite3.connect(kept)) as older:
        older.backup(live)
    with office.database.writing() as session:
        restorations.note(session, copied_at, office.clock.now())
    office.pass_to(nudges + timedelta(days=1))

    assert len(office.direct("Helena Costa")) == heard
