"""/agreement: how the Agreement stands, what is due and why, each clause, and who may read it."""

from datetime import datetime

import pytest
from sqlmodel import select

from bot.journal import Entry, Outcome
from handlers.calls import Tell
from handlers.menu import unknown_word
from tests.handlers.pressing import modal_words, press_told
from tests.office import ZURICH, Office

ROSTER = [
    "Amina Diallo",
    "Pierre Favre",
    "Mei Chen",
    "Jonas Weber",
    "Lucía Romero",
    "Ravi Menon",
    "Helena Costa",
    "Omar Haddad",
    "Yuki Tanaka",
    "Nadia Petrova",
    "David Okafor",
    "Ines Martin",
]
FIELD = ["Samuel Otieno", "Grace Wanjiru"]
READ = {
    "status": "in force since Friday 23 October 2020 (X.1)",
    "due": "7 due by Sunday 21 February 2027",
    "clause IV.5-2": "IV.5-2 · The global workplan",
    "help": "What /agreement does",
    "": "What you may do",
}


def last_refusal(office: Office) -> Entry:
    with office.reading() as desk:
        refused = select(Entry).where(Entry.outcome == Outcome.REFUSED)
        return desk.session.exec(refused).all()[-1]


@pytest.mark.parametrize("word", READ, ids=lambda word: word or "menu")
def test_everybody_on_the_roster_may_read_all_of_it(office: Office, word: str) -> None:
    answers = {name: office.command(name, f"/agreement {word}".strip()) for name in ROSTER}
    answers |= {
        name: office.command(name, f"/agreement {word}".strip(), "ilo-iom-east-africa") for name in FIELD
    }

    assert [name for name, said in answers.items() if READ[word] not in said] == []


@pytest.mark.parametrize("word", READ, ids=lambda word: word or "menu")
def test_a_guest_is_told_kindly_whom_to_ask_and_the_refusal_is_journalled(office: Office, word: str) -> None:
    told = office.command("Clara Novak", f"/agreement {word}".strip())

    assert "You are not yet on ILO's list of persons for the Agreement" in told
    assert "ILO's contact point, Amina Diallo, can have you added" in told
    assert READ[word] not in told
    assert last_refusal(office).subject == "not_on_roster"


@pytest.mark.parametrize("action", ["menu.open", "exchanges.share", "exchanges.nothing"])
def test_a_person_of_a_third_organisation_is_refused_kindly_and_the_refusal_is_journalled(
    office: Office, action: str
) -> None:
    office.clock.move_to(datetime(2027, 1, 8, 10, tzinfo=ZURICH))
    office.tick()

    told = office.click("Victor Lang", action)

    assert "This service is for the staff of the ILO and IOM under their Agreement" in told
    assert last_refusal(office).subject == "from_third_organisation"


@pytest.mark.parametrize(
    "sentence",
    [
        "*In force since Friday 23 October 2020* (clause X.1)",
        "*The initial term ends on Wednesday 23 October 2030*, at 24:00 (Geneva time; clause VII.1-1): 10 years "
        "from the Effective Date (our reading; the day of signature is not counted).",
        "*Notice before tacit renewal* (clause VII.1-4): 2 months.",
        "The last safe day for it to be received is *Thursday 22 August 2030*",
        "if the term is read as one day longer, it is Friday 23 August 2030",
        "It is advised to send it by Thursday 8 August 2030, 10 working days before.",
        "No notice by either party is on this record.",
        "Nothing waits for an answer, and nothing is past due.",
        "59 earlier dates fell due before this record was kept",
    ],
)
def test_the_status_says_each_date_with_its_clause_and_its_reading(office: Office, sentence: str) -> None:
    assert sentence in office.command("Mei Chen", "/agreement status")


def test_the_status_counts_what_is_overdue(office: Office) -> None:
    office.clock.move_to(datetime(2026, 12, 28, 10, tzinfo=ZURICH))

    told = office.command("Mei Chen", "/agreement status")

    assert "2 due dates have passed with nothing on record of how they were met" in told


def test_what_is_overdue_comes_first_and_the_years_before_are_one_line(office: Office) -> None:
    office.clock.move_to(datetime(2026, 12, 28, 10, tzinfo=ZURICH))

    told = office.command("Mei Chen", "/agreement due")

    assert (
        told.index("*overdue by 5 days*") < told.index("*Due by ") < told.index("*Open now, and due later*")
    )
    assert "2021" not in told.replace("23 October 2020", "")
    assert "59 earlier dates fell due before this record was kept" in told


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ("V.3-1", "· Hold a review meeting (clause V.3-1): not done yet"),
        ("IV.2-1", "· Exchange annual reports (clause IV.2-1): not done yet"),
        ("V.3-2", "· Hold the general review (clause V.3-2): *overdue by 7 days*"),
    ],
)
def test_what_the_text_leaves_to_the_parties_is_not_called_overdue(
    office: Office, clause: str, said: str
) -> None:
    office.clock.move_to(datetime(2027, 10, 29, 10, tzinfo=ZURICH))

    assert said in office.command("Mei Chen", f"/agreement clause {clause}")


def test_a_yearly_date_says_on_which_day_of_the_year_it_falls(office: Office) -> None:
    told = office.command("Mei Chen", "/agreement clause VI.4-2")

    assert "Every year on 23 January, the first being 3 months after conclusion" in told


@pytest.mark.parametrize(
    "line",
    [
        "*Saturday 23 January 2027* · Confirm the contact points (clause V.2-2)",
        "_Every 3 months, counted from the Effective Date (Friday 23 October 2020). The Agreement sets "
        "no date here; this one is a working rule of both parties._",
        "*Saturday 23 January 2027* · Information exchange, headquarters (clause IV.1)",
        "*Wednesday 23 December 2026* · Information exchange, Kenya (clause IV.1)",
        "*Friday 22 October 2027* · Hold the general review (clause V.3-2)",
        "this one opened on Thursday 23 October 2025. The text sets this date. Read as: one review in each",
    ],
)
def test_what_is_due_carries_its_clause_and_how_it_is_counted(office: Office, line: str) -> None:
    assert line in office.command("Mei Chen", "/agreement due")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("IV.5-2", "IV.5-2 · The global workplan"),
        ("iv.5-2", "*Time:* within 6 months of conclusion"),
        ("IV.5-2", "*Served by:* `/workplan show`"),
        ("IX.1(d)", "*Served by:* `/exchange project`"),
        ("IX.1", "*Priority:* prevails over anything contrary elsewhere in the Agreement\n"),
        ("IX.1(c)", "*Priority:* prevails over anything contrary elsewhere in the Agreement (IX.1)"),
        (
            "IV.5-2",
            "Evidence is missing for 1 earlier date under this clause, which fell due before this record",
        ),
        ("IV.5", "5 clauses under IV.5: IV.5-1, IV.5-2, IV.5-3, IV.5-4, IV.5-5"),
        ("VI.1", "*Force:* permission needed (the verb is “will not”)"),
        ("VI.1", "*Form:* in writing, as the text says"),
        ("IV.2-3", "*Afterwards:* survives the end of the Agreement, as the text says"),
        (
            "VII.1-1",
            "*Footnote:* the text refers here to Article XI, which does not exist; it is read as X.1",
        ),
        ("VII.1-4", "*Thursday 22 August 2030* · Last safe day for a notice before tacit renewal"),
        ("III.1", "*More under it:* III.1(a), III.1(b), III.1(c)"),
        ("X.2", "*Force:* definition or declaration\n"),
        ("IV 1", "IV.1 ·"),
        ("iv. 5-2", "IV.5-2 · The global workplan"),
        ("V.6-7", "The nearest are V.3-2, V.3-1, V.2-2, V.2-1"),
        ("workplan", "5 clauses on “workplan”"),
        ("IV.99", "The Agreement has no clause “IV.99”. The nearest are IV.9"),
        ("XI", "Where its text speaks of one, X.1 is meant (taken for a clerical error; our reading)"),
        ("xyzzy", "Clauses have numbers such as IV.5-2"),
        ("<!channel>", "no clause “&lt;!channel&gt;”"),
    ],
)
def test_a_clause_is_found_by_its_number_its_article_or_a_word_of_its_title(
    office: Office, wanted: str, found: str
) -> None:
    assert found in office.command("Mei Chen", f"/agreement clause {wanted}")


def test_a_clause_can_be_asked_for_in_a_form_which_keeps_what_was_typed(office: Office) -> None:
    office.command("Mei Chen", "/agreement clause")

    refused = office.submit("Mei Chen", {"clause": "IV.99"})
    typed = office.modal("Mei Chen")["state"]["values"]["clause"]["clause"]["value"]
    office.submit("Mei Chen", {"clause": "VI.1"})

    assert "The nearest are IV.9" in refused.errors["clause"]
    assert typed == "IV.99"
    assert "VI.1 · Name and emblem" in modal_words(office, "Mei Chen")


def test_the_buttons_of_an_answer_lead_on(office: Office) -> None:
    office.command("Amina Diallo", "/agreement status")

    told = press_told(office, "Amina Diallo", "agreement.due")

    assert "ILO–IOM Agreement: what is due" in told


@pytest.mark.parametrize("command", ["/agreement", "/exchange", "/emblem"])
def test_an_unknown_word_is_answered_with_the_words_that_are_known(office: Office, command: str) -> None:
    told = office.command("Mei Chen", f"{command} fly")

    assert f"“fly” is not something {command} knows" in told
    assert f"`{command} help`" in told


def test_a_word_that_is_not_known_leads_to_the_menu(office: Office) -> None:
    office.command("Mei Chen", "/agreement fly")

    press_told(office, "Mei Chen", "menu.open")

    assert "Mei Chen (ILO), you are designated as communications officer." in modal_words(office, "Mei Chen")


def test_a_command_that_has_no_door_yet_says_so() -> None:
    answer = unknown_word("/meeting", "propose", ())

    assert isinstance(answer, Tell)
    assert answer.message.text == "/meeting cannot be used here yet."


def test_a_clause_names_only_commands_that_can_be_typed(office: Office) -> None:
    assert "/emblem request" in office.command("Amina Diallo", "/agreement clause VI.1")
    assert "`/termination renewal`" in office.command("Amina Diallo", "/agreement clause VII.1-4")
    assert "/agreement privacy" not in office.command("Amina Diallo", "/agreement clause IX.1(d)")
