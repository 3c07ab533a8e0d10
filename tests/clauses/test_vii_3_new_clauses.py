"""VII.3: an amendment brings a clause that there was not, and what falls due under it is kept like all else."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import select

from bot.agreement.amending import Change, ChangedPart, Target, amended, versions
from bot.agreement.amendments import AmendmentStatus
from bot.agreement.definition_values import Survival
from bot.agreement.desk import Desk
from bot.agreement.ledger import Occurrence, OccurrenceStatus
from bot.agreement.new_duties import DutyRule, NewDuty
from bot.agreement.replanning import replan
from bot.cards.amendments import duty_words
from bot.paper_words import PaperWords
from tests.clauses.amending import YEARLY, begin, new_clause, press, row, sign_and_seal
from tests.handlers.pressing import modal_words
from tests.office import DEFINITION, ZURICH, Office, words_of

DAY = date(2026, 11, 23)
PROOF = {"evidence": "https://example.org/joint"}


def in_force(office: Office, kind: str = "yearly", **typed: Any) -> None:
    begin(office)
    assert new_clause(office, kind, {**YEARLY, **typed} if kind == "yearly" else typed).ok
    sign_and_seal(office)
    office.tick()


def due_days(office: Office, duty: str = "duty-V.4") -> list[date]:
    with office.reading() as desk:
        query = select(Occurrence).where(Occurrence.duty == duty).order_by(Occurrence.due_on)
        return [one.due_on for one in desk.session.exec(query).all()]


def first_due(office: Office) -> Occurrence:
    with office.reading() as desk:
        query = select(Occurrence).where(Occurrence.duty == "duty-V.4").order_by(Occurrence.due_on)
        return desk.session.exec(query).all()[0]


def settle(office: Office, name: str, typed: dict[str, Any]) -> Any:
    office.click(name, "settlements.open", str(first_due(office).id))
    result = office.submit(name, typed)
    office.deliver()
    return result


def by_day(number: str, day: date) -> Change:
    duty = NewDuty(rule=DutyRule.BY_DAY, day=day.isoformat(), evidence="E", steps=("P7D",))
    return Change(number, Target(ChangedPart.NEW), duty.text, "Title", "Summary")


@pytest.mark.parametrize(
    ("kind", "typed", "said", "days"),
    [
        ("yearly", YEARLY, "each year on 30 June", [date(year, 6, 30) for year in range(2027, 2031)]),
        (
            "every",
            {"number": "18", "unit": "M"},
            "every 1 year and 6 months, counted from the amendment's day",
            [date(2028, 5, 23), date(2029, 11, 23)],
        ),
        ("within", {"number": "3", "unit": "M"}, "once, within 3 months", [date(2027, 2, 23)]),
        ("by_day", {"day": date(2027, 9, 1)}, "once, by Wednesday 1 September 2027", [date(2027, 9, 1)]),
    ],
)
def test_vii_3_each_kind_of_new_duty_is_planned_from_the_amendments_day(
    office: Office, kind: str, typed: dict[str, Any], said: str, days: list[date]
) -> None:
    in_force(office, kind, **typed)

    assert said in words_of(office.channel("ilo-iom-liaison"))
    assert due_days(office) == days


def test_vii_3_the_other_party_reads_the_whole_new_clause_before_it_agrees(office: Office) -> None:
    begin(office)
    new_clause(office, "yearly", {**YEARLY, "owed": "iom", "survival": "explicit"})
    press(office, "Lucía Romero", "propose", {}, "direct")

    said = words_of(office.channel("ilo-iom-liaison"))

    assert "A new clause: The parties publish joint statistics" in said
    assert "each year on 30 June; owed by IOM; evidence to keep: The statistics and their address" in said
    assert "reminders before each date: 30 days, 7 days, on the day" in said
    assert "survives the end of the Agreement, as the text says" in said
    assert (
        "Clause V.4, Joint statistics: not due so far → *Wednesday 30 June 2027* (and 3 later dates)" in said
    )


def test_vii_3_from_its_day_the_clause_and_its_dates_are_shown_with_their_working(office: Office) -> None:
    in_force(office, owed="iom")

    told = office.command("Mei Chen", "/agreement clause V.4")
    assert "The parties publish joint statistics on labour migration." in told
    assert "*Who:* IOM" in told
    assert "*Evidence to keep:* The statistics and their address" in told
    assert "brought in by amendment 2026/1, since Monday 23 November 2026 (VII.3)" in told
    assert "Wednesday 30 June 2027" in told
    assert "This day of each year. Owed by IOM. The text sets this date." in told
    office.clock.move_to(datetime(2027, 5, 3, 10, tzinfo=ZURICH))
    assert "Joint statistics (clause V.4)" in office.command("Mei Chen", "/agreement due")


def test_vii_3_the_new_duty_is_reminded_of_and_settled_by_both(office: Office) -> None:
    in_force(office)
    office.clock.move_to(datetime(2027, 6, 23, 10, tzinfo=ZURICH))
    office.tick()
    office.tick()

    said = [m for m in office.channel("ilo-iom-liaison") if m["text"].startswith("Joint statistics")]
    assert len(said) == 1
    assert "in 7 days" in said[0]["text"]
    assert "is the same day of each year, from the day from which the clause counts" in words_of(said)
    assert settle(office, "Amina Diallo", {"outcome": "done", "met_on": date(2027, 6, 22), **PROOF}).ok
    assert first_due(office).status is OccurrenceStatus.OPEN
    assert "ILO states that it was done" in office.command("Mei Chen", "/agreement clause V.4")
    assert settle(office, "Helena Costa", {"answer": "confirm"}).ok
    assert first_due(office).status is OccurrenceStatus.MET


@pytest.mark.parametrize(
    ("kind", "field", "typed", "said"),
    [
        ("yearly", "clause_id", {"clause_id": "V.1"}, "has a clause V.1 already"),
        ("yearly", "clause_id", {"clause_id": "v.1"}, "“v.1” is no number of a clause here"),
        ("yearly", "clause_id", {"clause_id": "<!channel>"}, "is no number of a clause here"),
        ("yearly", "heading", {"heading": "  "}, "Please fill this in"),
        ("yearly", "summary", {"summary": "  "}, "Please fill this in"),
        ("yearly", "evidence", {"evidence": "  "}, "Please fill this in"),
        ("yearly", "number", {"number": "31"}, "The month has no such day"),
        ("yearly", "number", {"number": "x"}, "The month has no such day"),
        ("yearly", "steps", {"steps": "soon"}, "“soon” is no length of time"),
        ("every", "number", {"number": "0"}, "“0” is no length of time"),
        ("within", "number", {"number": "601"}, "“601” is no length of time"),
        ("by_day", "day", {"day": date(2026, 11, 20)}, "lies before the day from which the amendment counts"),
    ],
)
def test_vii_3_a_new_clause_says_what_is_wrong_and_keeps_what_was_typed(
    office: Office, kind: str, field: str, typed: dict[str, Any], said: str
) -> None:
    begin(office)
    fine: dict[str, Any] = {"yearly": YEARLY, "by_day": {"day": date(2027, 1, 5)}}.get(kind, {"number": "6"})

    result = new_clause(office, kind, {**fine, **typed})

    assert said in result.errors[field]
    assert "Number of the clause" in modal_words(office, "Lucía Romero")


def test_vii_3_hostile_words_of_a_new_clause_stay_words(office: Office) -> None:
    in_force(office, summary="<!channel> *all* & sundry", evidence="_<@U1>_")

    told = office.command("Mei Chen", "/agreement clause V.4")

    assert "<!channel>" not in told
    assert "&lt;!channel&gt;" in told
    assert "<@U1>" not in told


def test_vii_3_a_stated_day_that_passes_before_the_last_signature_is_not_made_binding(office: Office) -> None:
    begin(office)
    assert new_clause(office, "by_day", {"day": date(2026, 11, 24)}).ok
    press(office, "Lucía Romero", "propose", {}, "direct")
    office.clock.move_to(datetime(2026, 11, 26, 10, tzinfo=ZURICH))

    office.click("Helena Costa", "amendments.agree")
    office.submit("Helena Costa", {})

    assert row(office).status is AmendmentStatus.PROPOSED
    assert "cannot be kept as it is written" in modal_words(office, "Helena Costa")


def test_vii_3_a_clause_that_was_brought_can_be_changed_and_repealed_like_any_other() -> None:
    first = amended(DEFINITION, [by_day("V.4", date(2027, 9, 1))], DAY, "2026/1")
    words = Change("V.4", Target(ChangedPart.WORDS), summary="Other words.")
    second = amended(first, [words], date(2027, 1, 4), "2027/1")
    third = amended(second, [Change("V.4", Target(ChangedPart.REPEAL))], date(2027, 5, 3), "2027/2")

    found = versions(second, "V.4")
    assert [(one.number, one.since) for one in found] == [("2027/1", date(2027, 1, 4)), ("2026/1", DAY)]
    assert third.clause("V.4").repealed_on == date(2027, 5, 3)
    assert third.clause("V.4").survival is Survival.NONE


def test_vii_3_an_amendment_of_an_earlier_day_that_comes_later_leaves_the_new_duty_on_the_plan(
    office: Office,
) -> None:
    calendar = office.house.secretariat.calendar
    with office.database.writing() as session:
        first = amended(DEFINITION, [by_day("V.4", date(2027, 9, 1))], date(2027, 1, 10), "1")
        replan(Desk(session, office.clock.now(), first, calendar), DEFINITION, date(2027, 1, 10))
        again = replan(Desk(session, office.clock.now(), first, calendar), DEFINITION, date(2027, 1, 5))
        assert (again.superseded, again.entered) == (0, 0)
    assert due_days(office) == [date(2027, 9, 1)]


RULES: tuple[dict[str, Any], ...] = (
    {"rule": DutyRule.YEARLY, "month_day": "08-01"},
    {"rule": DutyRule.EVERY, "length": "P3M"},
    {"rule": DutyRule.WITHIN, "length": "P45D", "by": "ilo"},
    {"rule": DutyRule.BY_DAY, "day": "2028-03-01"},
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule["rule"].value))
def test_vii_3_what_falls_due_under_a_new_clause_is_said_in_each_language_of_its_record(
    rule: dict[str, Any],
) -> None:
    duty = NewDuty(**rule, evidence="Acta", steps=("P14D", "P0D"))
    english, spanish, french = (
        duty_words(PaperWords(language).fixed.named(DEFINITION), duty.text, PaperWords(language).say)
        for language in ("en", "es", "fr")
    )
    expected = {
        DutyRule.YEARLY: ("each year on 1 August", "cada año el 1 de agosto", "chaque année le 1er août"),
        DutyRule.EVERY: ("every 3 months", "cada 3 meses", "à intervalles de 3 mois"),
        DutyRule.WITHIN: ("within 45 days", "en un plazo de 45 días", "dans un délai de 45 jours"),
        DutyRule.BY_DAY: ("by Wednesday 1 March 2028", "miércoles 1 de marzo", "mercredi 1er mars 2028"),
    }[rule["rule"]]
    for text, part in zip((english, spanish, french), expected, strict=True):
        assert part in text.replace("\u00a0", " ")
        assert "Acta" in text
    owed = ("owed by ILO", "la OIT", "l’OIT") if duty.by else ("both parties", "ambas", "l’une et l’autre")
    for text, part in zip((english, spanish, french), owed, strict=True):
        assert part in text
    for word in ("each", "owed", "evidence", "reminders", "ends with"):
        assert word not in spanish + french
