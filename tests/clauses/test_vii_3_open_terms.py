"""VII.3 and VII.1: an amendment takes the stated end off the term, and what hangs on that end rests."""

from datetime import date, datetime

from sqlmodel import col, select

from bot.agreement.amending import Change, ChangedPart, Target, amended, opened, rests
from bot.agreement.definition_values import OPEN_TERM
from bot.agreement.desk import Desk
from bot.agreement.ledger import Occurrence, OccurrenceStatus, Reminder
from bot.agreement.planning import Terms, plan
from bot.agreement.renewed_terms import RenewedTerm
from bot.agreement.replanning import replan
from tests.clauses.amending import begin, change, press, row, sign_and_seal
from tests.handlers.pressing import home_words, modal_words
from tests.office import DEFINITION, ZURICH, Office, words_of

OPEN = {"ending": "open", "summary": "The Agreement has no stated end.", "rule": "no stated end"}
WITHOUT_END = Change("VII.1-1", Target(ChangedPart.INITIAL), OPEN_TERM)
DAY = date(2026, 11, 23)


def in_force(office: Office) -> None:
    begin(office)
    assert change(office, "VII.1-1", "initial::", OPEN).ok
    sign_and_seal(office)
    office.tick()


def unsaid(office: Office, *duties: str) -> list[Reminder]:
    with office.reading() as desk:
        return list(
            desk.session.exec(
                select(Reminder)
                .join(Occurrence, col(Occurrence.id) == col(Reminder.occurrence_id))
                .where(col(Occurrence.duty).in_(duties), col(Reminder.said_at).is_(None))
            ).all()
        )


def test_vii_3_no_stated_end_is_a_choice_and_takes_no_length(office: Office) -> None:
    begin(office)

    result = change(office, "VII.1-1", "initial::", {**OPEN, "number": "12"})

    assert "A term without a stated end has no length" in result.errors["number"]
    shown = modal_words(office, "Lucía Romero")
    assert "Now it is *10 years*" in shown
    assert "nothing is renewed by silence" in shown
    result = office.submit("Lucía Romero", {**OPEN, "ending": "stated", "number": "two"})
    assert "is no length of time" in result.errors["number"]


def test_vii_3_both_read_that_the_ladder_goes_before_they_agree(office: Office) -> None:
    begin(office)
    change(office, "VII.1-1", "initial::", OPEN)
    press(office, "Lucía Romero", "propose", {}, "direct")

    said = words_of(office.channel("ilo-iom-liaison"))

    assert "Now *10 years*, proposed *no stated end*" in said
    assert "Nothing is renewed by silence then" in said
    assert (
        "Last safe day for a notice before tacit renewal: Thursday 22 August 2030 → *not due any more*"
        in said
    )
    assert "End of the term: Wednesday 23 October 2030 → *not due any more*" in said


def test_vii_3_from_its_day_the_term_has_no_end_and_the_ladder_is_withdrawn(office: Office) -> None:
    assert unsaid(office, "renewal-notice", "term-end")
    in_force(office)

    status = office.command("Mei Chen", "/agreement status")
    assert "*Its term has no stated end* (clause VII.1-1), by amendment 2026/1" in status
    assert "since Monday 23 November 2026" in status
    assert "2 months in advance (VII.1-2)" in status
    assert "last safe day for it to be received" not in status
    assert "*Its term has no stated end* (clause VII.1-1)" in home_words(office.home("Mei Chen"))
    assert unsaid(office, "renewal-notice", "term-end") == []
    with office.reading() as desk:
        found = desk.session.exec(select(Occurrence).where(Occurrence.duty == "renewal-notice")).all()
        assert {one.status for one in found} == {OccurrenceStatus.SUPERSEDED}


def test_vii_3_each_clause_shows_what_rests_and_since_when(office: Office) -> None:
    in_force(office)

    term = office.command("Mei Chen", "/agreement clause VII.1-1")
    assert "The Agreement has no stated end." in term
    assert "as amended by amendment 2026/1, since Monday 23 November 2026" in term
    assert "At rest" not in term
    renewal = office.command("Mei Chen", "/agreement clause VII.1-4")
    assert (
        "*At rest* since Monday 23 November 2026: amendment 2026/1 took the stated end off the term"
        in renewal
    )
    assert "At rest" not in office.command("Mei Chen", "/agreement clause VII.1-2")


def test_vii_3_dues_go_on_past_the_old_end_and_nothing_is_renewed(office: Office) -> None:
    in_force(office)
    office.clock.move_to(datetime(2030, 10, 24, 10, tzinfo=ZURICH))
    office.tick()

    assert "renewed itself" not in office.command("Mei Chen", "/agreement status")
    with office.reading() as desk:
        later = desk.session.exec(
            select(Occurrence).where(
                Occurrence.duty == "review-meeting", Occurrence.due_on > date(2030, 10, 23)
            )
        ).all()
        assert [one.due_on for one in later][:2] == [date(2031, 4, 23), date(2031, 10, 23)]
        last_days = select(Occurrence).where(
            Occurrence.duty == "renewal-notice", Occurrence.status == OccurrenceStatus.OPEN
        )
        assert desk.session.exec(last_days).all() == []


def test_vii_3_a_notice_stays_possible_and_renewal_leaves_nothing_to_decide(office: Office) -> None:
    in_force(office)

    assert "there is nothing to decide (VII.1-4)" in office.command("Amina Diallo", "/termination renewal")
    shown = office.command("Amina Diallo", "/termination status 2031-03-31")
    assert "Monday 31 March 2031" in shown


def test_vii_3_a_term_with_an_end_brings_the_ladder_back(office: Office) -> None:
    in_force(office)
    again = Change("VII.1-1", Target(ChangedPart.INITIAL), "P15Y")
    with office.database.writing() as session:
        calendar = office.house.secretariat.calendar
        openly = amended(DEFINITION, [WITHOUT_END], DAY, "1")
        ending = amended(openly, [again], DAY, "2")
        done = replan(Desk(session, office.clock.now(), ending, calendar), openly, DAY)
        assert done.entered > 0
        rows = session.exec(
            select(Occurrence).where(
                Occurrence.duty == "renewal-notice", Occurrence.status == OccurrenceStatus.OPEN
            )
        ).all()
        assert [one.due_on for one in rows] == [date(2035, 8, 22)]
    assert opened(openly) is openly
    assert opened(ending) is None
    assert not rests(ending, "VII.1-1")


def test_vii_3_a_renewal_before_it_does_not_give_the_open_term_an_end() -> None:
    renewed = (RenewedTerm(date(2030, 10, 23), date(2040, 10, 23)),)
    openly = amended(DEFINITION, [WITHOUT_END], date(2032, 1, 5), "1")
    longer = amended(
        DEFINITION, [Change("VII.1-1", Target(ChangedPart.INITIAL), "P25Y")], date(2032, 1, 5), "1"
    )

    assert Terms(DEFINITION, renewed).last_day == date(2040, 10, 23)
    assert Terms(openly, renewed).last_day is None
    assert Terms(longer, renewed).ends == (date(2045, 10, 23),)


def test_vii_3_what_was_taken_off_the_plan_is_explained_by_the_text_that_had_an_end(office: Office) -> None:
    in_force(office)

    assert row(office).number == "2026/1"
    told = office.click("Mei Chen", "amendments.moves")
    assert "a notice of 2 months is in time under every reading" in told
    planned = plan(
        amended(DEFINITION, [WITHOUT_END], DAY), (), office.house.secretariat.calendar, date(2031, 1, 1)
    )
    assert {one.due_on.year for one in planned if one.duty.id in ("renewal-notice", "term-end")} == set()
