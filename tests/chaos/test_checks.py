"""The judge itself on trial: a record that is as it should be, and every way in which it can be doctored."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select, update

from bot import journal
from bot.database import Database
from bot.journal import Entry, Outcome
from bot.outbox import Kind
from bot.tables import create_all
from tests.chaos.checks import check, smallest_gap
from tests.chaos.record import Due, Picture, Said, Written

REMINDER = "Hold the general review, Region 000: Monday 30 November 2026, in 7 days."


def row(number: int, text: str, ts: str, kind: Kind = Kind.POST, of: int | None = None) -> Written:
    """A row as it is at the end of a good run; the keys and marks follow from its number."""
    return Written(number, f"chaos:{number}", "chaos", kind, "ilo:C1", of, text, "sent", "C1", ts)


GOOD = Picture(
    keys=tuple(f"chaos:{number}" for number in range(1, 7)),
    pairs=(("general-review", "Region 000"),),
    written=(
        row(1, "first", "1.0"),
        row(2, "second", "2.0"),
        row(3, "a reply", "3.5", of=1),
        row(4, "first, put right", "1.0", Kind.UPDATE, 1),
        replace(row(5, "a file", "2.0", Kind.FILE, 2), file="file-5.txt"),
        row(6, "sixth", "6.0"),
        replace(row(7, REMINDER, "7.5"), key="reminder", letter="ledger/reminder_due"),
    ),
    said=(
        Said("C1", "1.0", "first, put right", 1),
        Said("C1", "2.0", "second", 2),
        Said("C1", "3.5", "a reply", 3, "1.0"),
        Said("C1", "5.0", "a file", None, "2.0", ("file-5.txt",)),
        Said("C1", "6.0", "sixth", 6),
        Said("C1", "7.5", REMINDER, 7),
    ),
    due=(Due("general-review", "Region 000", True, 1),),
    broken=(),
)


def without(number: int) -> tuple[Said, ...]:
    return tuple(said for said in GOOD.said if said.number != number)


def with_row(number: int, **changed: Any) -> tuple[Written, ...]:
    return tuple(replace(row, **changed) if row.number == number else row for row in GOOD.written)


def with_said(number: int, **changed: Any) -> tuple[Said, ...]:
    return tuple(replace(said, **changed) if said.number == number else said for said in GOOD.said)


def rules(picture: Picture) -> set[str]:
    return {violation.rule for violation in check(picture)}


def test_a_record_that_is_as_it_should_be_gives_nothing_to_say() -> None:
    assert check(GOOD) == []


SWAPPED = tuple(
    replace(said, ts={"1.0": "2.0", "2.0": "1.0"}.get(said.ts, said.ts), thread=said.thread)
    for said in GOOD.said
)


@pytest.mark.parametrize(
    ("doctored", "named"),
    [
        pytest.param(replace(GOOD, said=without(6)), {"lost"}, id="one lost"),
        pytest.param(
            replace(GOOD, said=(*GOOD.said, Said("C1", "9.0", "sixth", 6))), {"doubled"}, id="one doubled"
        ),
        pytest.param(replace(GOOD, said=SWAPPED), {"disordered", "misplaced"}, id="two swapped"),
        pytest.param(replace(GOOD, said=with_said(3, thread="")), {"misplaced"}, id="out of its thread"),
        pytest.param(replace(GOOD, said=with_said(6, channel="C2")), {"misplaced"}, id="another channel"),
        pytest.param(replace(GOOD, written=with_row(6, ts="")), {"unsent", "misplaced"}, id="no place known"),
        pytest.param(replace(GOOD, written=with_row(6, state="unknown")), {"unsent"}, id="not sent"),
        pytest.param(replace(GOOD, said=with_said(1, text="first")), {"outdated"}, id="update not applied"),
        pytest.param(replace(GOOD, said=(*GOOD.said, Said("C1", "9.0", "what?"))), {"strayed"}, id="a stray"),
        pytest.param(
            replace(GOOD, said=tuple(said for said in GOOD.said if not said.files)), {"files"}, id="no file"
        ),
        pytest.param(
            replace(GOOD, said=(*GOOD.said, replace(GOOD.said[3], ts="9.0"))), {"files"}, id="file twice"
        ),
        pytest.param(
            replace(GOOD, said=(*GOOD.said[:3], replace(GOOD.said[3], thread="1.0"), *GOOD.said[4:])),
            {"files"},
            id="file in another thread",
        ),
        pytest.param(replace(GOOD, keys=(*GOOD.keys, "chaos:99")), {"unwritten"}, id="order not written"),
        pytest.param(replace(GOOD, keys=GOOD.keys[1:]), {"unwritten"}, id="written without an order"),
        pytest.param(replace(GOOD, broken=(4,)), {"journal"}, id="journal line changed"),
        pytest.param(
            replace(GOOD, due=(replace(GOOD.due[0], said=False),)), {"reminders"}, id="reminder not said"
        ),
        pytest.param(
            replace(GOOD, due=(replace(GOOD.due[0], lines=2),)), {"reminders"}, id="reminder journalled twice"
        ),
        pytest.param(
            replace(
                GOOD,
                written=(*GOOD.written, replace(GOOD.written[-1], number=8, key="again", ts="8.5")),
                said=(*GOOD.said, Said("C1", "8.5", REMINDER, 8)),
            ),
            {"reminders"},
            id="reminder said twice",
        ),
    ],
)
def test_what_is_doctored_is_named(doctored: Picture, named: set[str]) -> None:
    assert rules(doctored) == named


def test_the_violation_says_which_message_it_is() -> None:
    (violation,) = check(replace(GOOD, said=without(6)))

    assert violation.facts == "row 6 of ilo:C1 ('sixth')"


def test_the_smallest_gap_is_measured_in_each_channel_by_itself() -> None:
    elsewhere = Said("C2", "1.1", "at the same time in another channel", 8)

    assert smallest_gap(replace(GOOD, said=(*GOOD.said, elsewhere))) == pytest.approx(1.0)
    assert smallest_gap(replace(GOOD, said=())) is None


def test_a_changed_line_of_the_journal_is_found_by_its_number(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'journal.db'}")
    create_all(database)
    with database.writing() as session:
        for n in range(3):
            journal.append(
                session,
                at=datetime(2026, 11, 23, tzinfo=UTC),
                agreement="ilo-iom-2020",
                actor="chaos",
                party="",
                event="chaos_written",
                clause="",
                subject=f"{n}",
                outcome=Outcome.DONE,
                facts={},
            )
    with database.writing() as session:
        session.exec(update(Entry).where(col(Entry.subject) == "1").values(actor="somebody else"))

    with database.reading() as session:
        changed = session.exec(select(Entry.id).where(Entry.subject == "1")).one()
        broken = tuple(journal.faults(session))
    database.close()
    assert rules(replace(GOOD, broken=broken)) == {"journal"}
    assert broken == (changed,)
