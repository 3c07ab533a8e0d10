"""VII.3: under a clause that is repealed nothing new begins; what was begun goes on, and approvals stay."""

from datetime import date

import pytest
from sqlmodel import col, select

from bot.agreement.emblems import EmblemRequest, EmblemStatus
from bot.agreement.exchange_periods import PeriodAnswer, report_nothing
from bot.agreement.ledger import Occurrence, OccurrenceStatus
from bot.agreement.people import UnderRepealedClause, require
from bot.agreement.repeals import OPENING, repeals
from bot.agreement.rights import Act
from bot.journal import Entry, Outcome
from tests.clauses.amending import begin, change, press, row, sign_and_seal
from tests.handlers import permitting
from tests.handlers.pressing import buttons, modal_words, press_told
from tests.handlers.test_emblems import LIAISON, USE, ask
from tests.office import DEFINITION, Office, words_of

TICKED = {"sure": ["repeal"]}
EMBLEMS = ("VI.1", "VI.3", "IX.2-2")


def drafted(office: Office, *clauses: str) -> None:
    begin(office)
    assert change(office, clauses[0], "repeal::", TICKED).ok
    for clause in clauses[1:]:
        office.click("Lucía Romero", "amendments.add", where="direct")
        assert change(office, clause, "repeal::", TICKED).ok


def repealed(office: Office, *clauses: str) -> None:
    drafted(office, *clauses)
    sign_and_seal(office)
    office.tick()


def request(office: Office, number: int) -> EmblemRequest:
    with office.reading() as desk:
        return desk.session.exec(select(EmblemRequest).where(EmblemRequest.seq == number)).one()


def test_vii_3_a_command_under_a_repealed_clause_is_refused_with_the_reason(office: Office) -> None:
    office.command("Mei Chen", "/exchange documents")
    repealed(office, "IV.2-1")

    with office.reading() as desk:
        assert [one.clause for one in repeals(desk.definition).values()] == ["IV.2-1"]
    said = press_told(office, "Mei Chen", "documents.offer")
    assert "Nothing new can be begun here: amendment 2026/1 repealed clause IV.2-1" in said
    assert "since Monday 23 November 2026 it says nothing any more (VII.3)" in said
    office.command("Mei Chen", "/exchange documents")
    assert "documents.offer" not in [action for action, _ in buttons(office.told("Mei Chen")[-1]["blocks"])]


def test_vii_3_a_request_under_another_clause_of_the_same_command_is_taken(office: Office) -> None:
    repealed(office, "VI.1")

    office.command("Mei Chen", "/emblem request")
    office.submit("Mei Chen", USE)
    assert "amendment 2026/1 repealed clause VI.1" in modal_words(office, "Mei Chen")
    with office.reading() as desk:
        assert desk.session.exec(select(EmblemRequest)).all() == []
        refused = desk.session.exec(select(Entry).where(Entry.outcome == Outcome.REFUSED)).all()
        assert "under_repealed_clause" in [entry.subject for entry in refused]
    office.slack.close_modal(office.id("Mei Chen"))
    links = {"link_from": "https://www.iom.int/work", "link_to": "https://www.ilo.org/work"}
    assert ask(office, "David Okafor", mark="hyperlink", **links).ok
    assert request(office, 1).clause == "VI.3"


def test_vii_3_once_every_clause_of_a_command_is_repealed_its_form_does_not_open(office: Office) -> None:
    repealed(office, *EMBLEMS)

    said = office.command("Mei Chen", "/emblem request")

    assert "repealed clauses VI.1, VI.3, IX.2-2, and since Monday 23 November 2026" in said


def test_vii_3_what_becomes_of_open_cases_is_said_in_the_proposal_and_in_the_closing_note(
    office: Office,
) -> None:
    ask(office)
    permitting.granted(office)
    drafted(office, "VI.1")
    press(office, "Lucía Romero", "propose", {}, "direct")

    said = words_of(office.channel(LIAISON))
    assert "Open under it today: requests for a name, an emblem or a link: 1." in said
    assert "Approvals given under it: 1. Each stays for its period, the last until" in said
    assert "a working rule, not the text" in said
    told = office.click("Mei Chen", "amendments.moves")
    assert "*Clause VI.1 would be repealed*" in told
    assert "Approvals given under it: 1. Each stays for its period" in told
    sign_and_seal(office)
    office.tick()
    note = [m for m in office.channel(LIAISON) if m["text"].startswith("The Agreement is amended from")]
    assert "Open under it today: requests for a name, an emblem or a link: 1." in words_of(note)


def test_vii_3_a_request_made_before_is_decided_and_an_approval_stays_for_its_period(office: Office) -> None:
    ask(office)
    repealed(office, *EMBLEMS)

    office.click("Yuki Tanaka", "emblems.approve")
    office.deliver()

    assert request(office, 1).status is EmblemStatus.APPROVED
    office.pass_to(date(2027, 2, 1))
    assert request(office, 1).status is EmblemStatus.APPROVED
    assert request(office, 1).use_until == USE["use_until"]


def test_vii_3_the_repealed_clause_says_so_and_what_that_means(office: Office) -> None:
    repealed(office, "IV.8")

    told = office.command("Mei Chen", "/agreement clause IV.8")

    assert "*Repealed* from Monday 23 November 2026" in told
    assert "nothing new is begun under it" in told
    assert row(office).number == "2026/1"


@pytest.mark.parametrize("act", sorted(OPENING))
def test_vii_3_each_act_that_begins_a_case_hangs_on_clauses_of_the_agreement(act: Act) -> None:
    known = {clause.id for clause in DEFINITION.clauses}

    assert set(OPENING[act]) <= known


@pytest.mark.parametrize(
    ("command", "clauses", "name"),
    [
        ("/exchange share", ("IV.1", "IV.2-2"), "Mei Chen"),
        ("/meeting announce", ("IV.4-1", "IV.4-2"), "Mei Chen"),
        ("/meeting propose", ("IV.6-2", "IV.6-3", "IV.6-4", "IV.6-5", "V.3-1"), "Amina Diallo"),
        ("/communication draft", ("III.2", "IV.8", "IV.9", "IV.10"), "Mei Chen"),
        ("/communication event", ("IV.8", "IV.10"), "Mei Chen"),
        ("/exchange restricted", ("IV.2-3",), "Mei Chen"),
    ],
)
def test_vii_3_every_command_that_begins_a_case_refuses(
    office: Office, command: str, clauses: tuple[str, ...], name: str
) -> None:
    repealed(office, *clauses)

    assert "Nothing new can be begun here" in office.command(name, command)


def test_vii_3_with_one_of_several_clauses_left_the_act_is_still_possible(office: Office) -> None:
    repealed(office, "IV.8", "IV.9", "IV.10")

    with office.house.secretariat.reading(office.who("Mei Chen")) as desk:
        require(desk.session, desk.person, Act.DRAFT_COMMUNICATION)
        with pytest.raises(UnderRepealedClause) as refused:
            require(desk.session, desk.person, Act.NOTE_EVENT)
        assert refused.value.clauses == ("IV.8", "IV.10")


def test_vii_3_an_answer_for_a_period_that_was_due_before_is_still_taken(office: Office) -> None:
    repealed(office, "IV.1", "IV.2-2")
    due = still_open(office, "exchange-prompt")

    office.act("Amina Diallo", report_nothing, occurrence_id=due)

    with office.reading() as desk:
        assert desk.session.get(PeriodAnswer, (due, "ilo")) is not None


def still_open(office: Office, duty: str) -> int:
    """A due date as one that fell before the repeal stands: open, and to be answered."""
    with office.database.writing() as session:
        query = select(Occurrence).where(Occurrence.duty == duty).order_by(col(Occurrence.due_on))
        row = session.exec(query).all()[0]
        row.status = OccurrenceStatus.OPEN
        return row.key
