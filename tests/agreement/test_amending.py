"""VII.3: the agreement as amended, computed purely: checked like any other, and the past stays as it was."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.agreement.amending import (
    Change,
    ChangedPart,
    ChangeRefused,
    ClauseRepealed,
    Target,
    TargetUnknown,
    TermWouldBeOver,
    amended,
    present,
    targets,
    versions,
)
from bot.agreement.amendments import MACHINE, AmendmentStatus
from bot.agreement.calendars import GenevaCalendar, JointCalendar
from bot.agreement.definition import load
from bot.agreement.planning import Place, plan
from bot.agreement.time_limits import Period, safe_notice

AGREEMENT = load("ilo-iom-2020")
CALENDAR = JointCalendar(())
PLACES = [Place("global", "", date(2026, 1, 1)), Place("country", "KE", date(2026, 1, 1))]
UNTIL = date(2042, 12, 31)
NEW_YEAR = date(2027, 1, 4)
NOTICE = Change("VII.1-2", Target(ChangedPart.NOTICE), "P3M")
TERM = Change("VII.1-1", Target(ChangedPart.INITIAL), "P12Y")


def dates(definition: object) -> set[tuple[str, str, date]]:
    found = plan(definition, PLACES, CALENDAR, UNTIL)  # type: ignore[arg-type]
    return {(one.duty.id, one.scope, one.due_on) for one in found}


def test_vii_3_a_notice_of_three_months_moves_the_last_safe_day_from_august_to_july() -> None:
    made = amended(AGREEMENT, [NOTICE], NEW_YEAR)

    # By hand: 23 October 2030 less three months is 23 July; the day before is safe under every reading, a Monday.
    assert ("renewal-notice", "", date(2030, 7, 22)) in dates(made)
    assert ("renewal-notice", "", date(2030, 8, 22)) not in dates(made)
    assert date(2030, 7, 22).weekday() == 0
    assert made.term_end() == date(2030, 10, 23)


def test_vii_3_a_term_of_twelve_years_moves_its_end_and_the_last_safe_day() -> None:
    made = amended(AGREEMENT, [TERM], NEW_YEAR)

    assert made.term_end() == date(2032, 10, 23)
    assert ("term-end", "", date(2032, 10, 23)) in dates(made)
    # By hand: two months before 23 October 2032 is 23 August; the 22nd is a Sunday, and Friday the 20th safe.
    assert ("renewal-notice", "", date(2032, 8, 20)) in dates(made)
    assert not {day for duty, _, day in dates(made) if duty == "term-end"} - {date(2032, 10, 23)}


def test_vii_3_a_term_by_agreement_years_adds_its_own_windows() -> None:
    old, new = dates(AGREEMENT), dates(amended(AGREEMENT, [TERM], NEW_YEAR))

    assert {day for duty, _, day in new - old if duty == "meeting-global"} == {
        date(2031, 10, 22),
        date(2032, 10, 22),
    }


@st.composite
def some_changes(draw: st.DrawFn) -> Change:
    clause = draw(st.sampled_from([one.id for one in AGREEMENT.clauses]))
    target = draw(st.sampled_from(targets(AGREEMENT, clause)))
    unit, number = draw(st.sampled_from("MY")), draw(st.integers(1, 30))
    value = {
        ChangedPart.STEPS: "P1M P7D",
        ChangedPart.BASIS: "text",
        ChangedPart.WORDS: "",
        ChangedPart.REPEAL: "",
        ChangedPart.INITIAL: f"P{max(number, 12)}Y",
    }.get(target.part, f"P{number}{unit}")
    return Change(clause, target, value, summary="Other words.")


@settings(max_examples=25, deadline=None)
@given(
    change=some_changes(),
    second=some_changes(),
    on=st.dates(date(2026, 11, 23), date(2030, 9, 30)),
    later=st.integers(0, 900),
)
def test_vii_3_the_plan_before_the_day_of_an_amendment_is_unchanged(
    change: Change, second: Change, on: date, later: int
) -> None:
    made = amended(AGREEMENT, [change], on, "1")
    after = on + timedelta(days=later)
    try:
        made = amended(made, [second], after, "2")
    except (ClauseRepealed, TargetUnknown, TermWouldBeOver):
        after = on

    was, now = dates(AGREEMENT), dates(made)

    assert {one for one in was if one[2] < on} == {one for one in now if one[2] < on}
    assert made.as_of(on - timedelta(days=1)) == AGREEMENT
    first = amended(AGREEMENT, [change], on, "1")
    assert {one for one in dates(first) if one[2] < after} == {one for one in now if one[2] < after}


@settings(max_examples=20, deadline=None)
@given(months=st.integers(1, 36), on=st.dates(date(2026, 11, 23), date(2027, 6, 30)))
def test_vii_3_the_last_safe_day_is_counted_with_the_amended_notice(months: int, on: date) -> None:
    made = amended(AGREEMENT, [Change("VII.1-2", Target(ChangedPart.NOTICE), f"P{months}M")], on)
    safe = safe_notice(date(2030, 10, 23), Period.parse(f"P{months}M"), GenevaCalendar()).date

    assert {day for duty, _, day in dates(made) if duty == "renewal-notice"} == {safe}


def test_vii_3_a_repealed_clause_stays_readable_and_nothing_more_falls_due_under_it() -> None:
    made = amended(AGREEMENT, [Change("V.3-1", Target(ChangedPart.REPEAL))], NEW_YEAR, "2027/1")

    assert made.clause("V.3-1").repealed_on == NEW_YEAR
    due = [day for duty, _, day in dates(made) if duty == "review-meeting"]
    assert due
    assert max(due) < NEW_YEAR
    with pytest.raises(ClauseRepealed):
        amended(made, [Change("V.3-1", Target(ChangedPart.WORDS), summary="x")], date(2028, 1, 3))


def test_vii_3_the_clauses_on_the_term_cannot_be_repealed() -> None:
    for clause in ("VII.1-1", "VII.1-2", "VII.1-4"):
        assert Target(ChangedPart.REPEAL) not in targets(AGREEMENT, clause)
        with pytest.raises(TargetUnknown):
            amended(AGREEMENT, [Change(clause, Target(ChangedPart.REPEAL))], NEW_YEAR)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (Change("VII.1-1", Target(ChangedPart.INITIAL), "P5Y"), TermWouldBeOver),
        (Change("VII.1-2", Target(ChangedPart.NOTICE), "P0D"), ChangeRefused),
        (Change("VII.1-2", Target(ChangedPart.NOTICE), "three"), ChangeRefused),
        (Change("VII.1-1", Target(ChangedPart.INITIAL), "P9000Y"), ChangeRefused),
        (Change("IV.6-4", Target(ChangedPart.EVERY, "meeting-global"), "P0D"), ChangeRefused),
        (Change("IV.6-4", Target(ChangedPart.BASIS, "meeting-global"), "whim"), ChangeRefused),
        (Change("I.1", Target(ChangedPart.NOTICE), "P3M"), TargetUnknown),
    ],
)
def test_vii_3_what_cannot_be_kept_is_refused(change: Change, error: type[Exception]) -> None:
    with pytest.raises(error):
        amended(AGREEMENT, [change], NEW_YEAR)


def test_vii_3_after_a_renewal_by_silence_the_agreement_can_still_be_amended() -> None:
    late = date(2031, 3, 3)

    made = amended(AGREEMENT, [Change("I.2", Target(ChangedPart.WORDS), summary="Other words.")], late)

    assert made.clause("I.2").summary == "Other words."
    with pytest.raises(TermWouldBeOver):
        amended(AGREEMENT, [Change("VII.1-1", Target(ChangedPart.INITIAL), "P123M")], late)


def test_vii_3_each_clause_tells_its_versions_and_others_have_one() -> None:
    first = amended(
        AGREEMENT, [Change("VII.1-2", Target(ChangedPart.NOTICE), "P3M", summary="A")], NEW_YEAR, "1"
    )
    second = amended(first, [TERM], date(2028, 1, 3), "2")

    told = [(one.number, one.since) for one in versions(second, "VII.1-2")]
    assert told == [("1", NEW_YEAR), ("", date(2020, 10, 23))]
    assert [one.number for one in versions(second, "VII.1-1")] == ["2", ""]
    assert [one.number for one in versions(second, "VI.1")] == [""]


def test_vii_3_readings_reach_the_text_before_an_amendment_too() -> None:
    made = amended(AGREEMENT, [NOTICE], NEW_YEAR).under({"term.end": "inclusive_of_signature_day"})

    assert made.term_end() == made.as_of(date(2025, 1, 1)).term_end() == date(2030, 10, 22)


def test_vii_3_every_value_that_stands_can_be_told() -> None:
    for clause in AGREEMENT.clauses:
        for target in targets(AGREEMENT, clause.id):
            assert (present(AGREEMENT, target) == "") is (
                target.part in (ChangedPart.WORDS, ChangedPart.REPEAL)
            )


def test_vii_3_no_way_leads_into_force_past_the_signed_file() -> None:
    written = frozenset(name for name, move in MACHINE.moves.items() if move.written)

    assert written == {"confirm_file"}
    assert AmendmentStatus.IN_FORCE not in MACHINE.reachable(without=written)
    assert AmendmentStatus.IN_FORCE not in MACHINE.reachable(without=frozenset({"agree"}))
    assert MACHINE.final == {AmendmentStatus.IN_FORCE, AmendmentStatus.DECLINED, AmendmentStatus.WITHDRAWN}
