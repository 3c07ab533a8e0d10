"""VI.1: a decision given in a signed letter or an e-mail, put on record by the owner's own side with the file."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import select

from bot.agreement import emblem_decisions
from bot.agreement.emblem_letters import (
    EmblemLetter,
    Letter,
    LetterDayMissing,
    LetterMissing,
    NotAnAnswer,
    WrittenForm,
    record_letter,
)
from bot.agreement.emblems import AlreadyDecided, EmblemRequest, EmblemStatus
from bot.agreement.files import Attachment, Record
from bot.agreement.people import Refusal
from bot.journal import Entry, Outcome
from tests.clauses.owning import LETTER, LIAISON, letter, refusals, register
from tests.handlers.pressing import home_words, modal_words
from tests.handlers.test_emblems import ask, question
from tests.office import Office, words_of

DIGEST = sha256(b"signed and sealed").hexdigest()
EMAIL = {"form": "email_from_registered_address", "address": "h.costa@iom.example"}
NOT_RECORDING = ["Amina Diallo", "Mei Chen", "Lucía Romero", "Yuki Tanaka", "David Okafor", "Ines Martin"]
TYPED = Letter(form=WrittenForm.SIGNED_LETTER, signer="A", capacity="Director", dated=date(2026, 11, 20))
FILE = Attachment("letter.pdf", b"signed and sealed")


def status(office: Office) -> EmblemStatus:
    with office.reading() as desk:
        return desk.session.exec(select(EmblemRequest)).one().status


def kept(office: Office) -> list[EmblemLetter]:
    with office.reading() as desk:
        return list(desk.session.exec(select(EmblemLetter)).all())


def record_text(office: Office) -> str:
    with office.reading() as desk:
        content = desk.session.exec(select(Record)).one().content
    return " ".join("".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


@pytest.mark.parametrize("name", ["Helena Costa", "Omar Haddad", "Nadia Petrova"])
def test_vi_1_the_owners_mandated_people_record_a_letter_and_both_sides_see_it(
    office: Office, name: str
) -> None:
    ask(office)

    assert letter(office, name).ok

    assert status(office) is EmblemStatus.APPROVED
    source = (
        "a letter of Friday 20 November 2026 signed by Amara Okonkwo, Director, Department of Communication"
    )
    card = words_of([m for m in office.channel(LIAISON) if "Request 2026/1" in m["text"]])
    assert f"Decided in {source}; put on record by *{name} (IOM)* on Monday 23 November 2026" in card
    assert source in words_of(office.direct("Mei Chen"))
    shown = [m for m in office.channel(LIAISON) if m.get("files") and m["files"][0]["name"] == "letter.pdf"]
    assert office.slack.contents(shown[0]["files"][0]["id"]) == b"signed and sealed"
    assert DIGEST in words_of(shown)


def test_vi_1_the_record_names_who_signed_who_recorded_the_file_and_what_counts_as_written(
    office: Office,
) -> None:
    ask(office)
    letter(office)

    text = record_text(office)

    assert "Amara Okonkwo, Director, Department of Communication" in text
    assert "Signed letter of Friday 20 November 2026" in text
    assert "Helena Costa, contact point and signatory" in text
    assert DIGEST in text
    assert "by its own signature outside Slack" in text
    assert "article 6 of the UNCITRAL Model Law on Electronic Commerce" in text


def test_vi_1_a_letter_may_approve_on_conditions_or_refuse_with_its_reason(office: Office) -> None:
    ask(office)
    letter(office, answer="approved_with_conditions", reason="IOM second.")
    assert status(office) is EmblemStatus.APPROVED_WITH_CONDITIONS
    assert "Conditions: IOM second." in words_of(office.direct("Mei Chen"))


def test_vi_1_a_refusal_by_letter_is_told_as_one(office: Office) -> None:
    ask(office)
    letter(office, answer="refused", reason="Not for sale.")

    told = words_of(office.direct("Mei Chen"))
    assert "Request 2026/1 is refused" in told
    assert "The approval is for this one product" not in told.split("Request 2026/1 is refused")[-1]


@pytest.mark.parametrize("name", [*NOT_RECORDING, "Victor Lang", "Clara Novak"])
def test_vi_1_nobody_else_records_one_and_never_the_asking_side(office: Office, name: str) -> None:
    ask(office)

    told = office.click(name, "emblems.record_letter")

    assert told
    assert office.slack.modal(office.id(name)) is None
    with pytest.raises(Refusal):
        office.act(
            name,
            record_letter,
            request_id=1,
            status=EmblemStatus.APPROVED,
            reason="",
            letter=TYPED,
            file=FILE,
        )
    assert status(office) is EmblemStatus.SUBMITTED
    assert len(refusals(office)) == 2


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"answer": "refused"}, "reason", "fill this in"),
        ({"signer": " "}, "signer", "fill this in"),
        ({"capacity": " "}, "capacity", "fill this in"),
        ({"dated": date(2026, 11, 24)}, "dated", "today, Monday 23 November 2026"),
        ({"dated": date(2020, 10, 22)}, "dated", "when the Agreement took effect"),
        ({"form": "email_from_registered_address"}, "address", "type the address"),
        ({**EMAIL, "address": "somebody@example.org"}, "address", "is not on the roster"),
    ],
    ids=["no reason", "no signer", "no capacity", "to come", "before", "no address", "strange address"],
)
def test_vi_1_what_the_form_lacks_is_named_and_nothing_typed_is_lost(
    office: Office, changes: dict[str, Any], field: str, says: str
) -> None:
    ask(office)

    result = letter(office, **changes)

    assert says in result.errors[field]
    assert status(office) is EmblemStatus.SUBMITTED
    assert office.modal("Helena Costa")["title"]["text"] == "Record a letter"


def test_vi_1_without_the_file_nothing_is_on_record(office: Office) -> None:
    ask(office)

    with pytest.raises(LetterMissing):
        office.act(
            "Helena Costa",
            record_letter,
            request_id=1,
            status=EmblemStatus.APPROVED,
            reason="",
            letter=TYPED,
            file=None,
        )

    assert (status(office), kept(office)) == (EmblemStatus.SUBMITTED, [])


@pytest.mark.parametrize("name", ["Helena Costa", "Yuki Tanaka"], ids=["contact point", "approver"])
def test_vi_1_an_e_mail_counts_from_a_registered_address_of_the_owner(office: Office, name: str) -> None:
    register(office, name, "H.Costa@iom.example")
    ask(office)

    assert letter(office, **EMAIL).ok

    card = words_of([m for m in office.channel(LIAISON) if "Request 2026/1" in m["text"]])
    assert "Decided in an e-mail of Friday 20 November 2026 by Amara Okonkwo" in card
    assert "(from h.costa@iom.example)" in card
    assert "from h.costa@iom.example" in record_text(office)


@pytest.mark.parametrize("name", ["David Okafor", "Amina Diallo"], ids=["other capacity", "asking side"])
def test_vi_1_an_address_of_anybody_else_does_not_count(office: Office, name: str) -> None:
    register(office, name, "h.costa@iom.example")
    ask(office)

    assert "is not on the roster" in letter(office, **EMAIL).errors["address"]


def test_vi_1_a_letter_after_the_decision_is_told_who_decided_first(office: Office) -> None:
    ask(office)
    office.click("Yuki Tanaka", "emblems.refuse")
    assert office.click("Helena Costa", "emblems.record_letter") == ""
    office.submit("Yuki Tanaka", {"reason": "No."})

    office.submit("Helena Costa", LETTER)

    assert status(office) is EmblemStatus.REFUSED
    assert "Yuki Tanaka" in modal_words(office, "Helena Costa")
    assert kept(office) == []


def test_vi_1_of_twenty_who_record_at_once_one_is_first(office: Office) -> None:
    one_is_first(office)


@pytest.mark.postgres
def test_vi_1_of_twenty_who_record_at_once_one_is_first_on_postgresql(office_on_postgres: Office) -> None:
    one_is_first(office_on_postgres)


def one_is_first(office: Office) -> None:
    ask(office)

    def record(n: int) -> str:
        name = ("Helena Costa", "Omar Haddad", "Nadia Petrova")[n % 3]
        try:
            office.house.secretariat.act(
                office.who(name),
                record_letter,
                request_id=1,
                status=EmblemStatus.APPROVED,
                reason="",
                letter=TYPED,
                file=FILE,
            )
        except AlreadyDecided as refused:
            return refused.by
        return "first"

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(record, range(20)))

    assert answers.count("first") == 1
    assert len(set(answers) - {"first"}) == 1
    with office.reading() as desk:
        done = select(Entry).where(Entry.event == "emblem_decided_by_letter", Entry.outcome == Outcome.DONE)
        assert len(desk.session.exec(done).all()) == 1
        assert len(desk.session.exec(select(Record)).all()) == 1


@pytest.mark.parametrize(
    ("answer", "reason", "then"),
    [
        ("approved", "", EmblemStatus.APPROVED),
        ("approved_with_conditions", "In blue.", EmblemStatus.APPROVED_WITH_CONDITIONS),
        ("refused", "Too late.", EmblemStatus.REFUSED),
    ],
)
def test_vi_1_a_letter_that_comes_while_the_owners_question_waits_closes_the_question(
    office: Office, answer: str, reason: str, then: EmblemStatus
) -> None:
    ask(office)
    question(office)
    assert "Who prints it?" in home_words(office.home("Mei Chen"))

    assert letter(office, answer=answer, reason=reason).ok

    assert status(office) is then
    (stored,) = kept(office)
    assert stored.version == 1
    card = words_of(office.channel(LIAISON)[:1])
    assert "IOM decided in writing without an answer; the question is closed by that decision." in card
    assert "ILO need not answer it" in words_of(office.channel(LIAISON))
    assert "Who prints it?" not in home_words(office.home("Mei Chen"))
    assert too_late(office) == "Helena Costa"


def too_late(office: Office) -> str:
    """Who was first, as an asker is told who answers the question after all."""
    with pytest.raises(AlreadyDecided) as refused:
        office.act("Mei Chen", emblem_decisions.give_information, request_id=1, information="We do.")
    return refused.value.by


def test_vi_1_a_letter_on_material_that_the_asker_replaced_meanwhile_decides_nothing(office: Office) -> None:
    ask(office)
    question(office)
    office.click("Helena Costa", "emblems.record_letter", where=LIAISON)
    office.act(
        "Mei Chen", emblem_decisions.give_information, request_id=1, information="We do.", text="New words"
    )

    office.submit("Helena Costa", LETTER)

    assert refusals(office)[-1].subject == "material_changed"
    assert kept(office) == []
    assert status(office) is EmblemStatus.SUBMITTED


@pytest.mark.parametrize("name", ["Amina Diallo", "Mei Chen", "Yuki Tanaka", "David Okafor", "Victor Lang"])
def test_vi_1_while_the_question_waits_nobody_else_records_a_letter(office: Office, name: str) -> None:
    ask(office)
    question(office)

    with pytest.raises(Refusal):
        office.act(
            name,
            record_letter,
            request_id=1,
            status=EmblemStatus.APPROVED,
            reason="",
            letter=TYPED,
            file=FILE,
        )

    assert kept(office) == []
    assert status(office) is EmblemStatus.MORE_INFORMATION


def test_vi_1_hostile_words_of_a_letter_stay_words(office: Office) -> None:
    ask(office)
    letter(office, signer="<!channel> *A* & B", capacity="a" * 150, answer="refused", reason="<@U1> & *no*")

    shown = words_of(office.channel(LIAISON)) + words_of(office.direct("Mei Chen"))
    assert "<!channel>" not in shown
    assert "&lt;!channel&gt;" in shown
    assert "<!channel> *A* & B" in record_text(office)


def test_vi_1_what_counts_as_written_is_said_in_the_help(office: Office) -> None:
    said = office.command("Mei Chen", "/emblem help")

    assert "UNCITRAL Model Law on Electronic Commerce" in said
    assert "is put on record by its own side" in said


@pytest.mark.parametrize(
    ("status", "changes", "error"),
    [
        (EmblemStatus.LAPSED, {}, NotAnAnswer),
        (EmblemStatus.APPROVED, {"dated": None}, LetterDayMissing),
    ],
    ids=["lapsed", "no day"],
)
def test_vi_1_a_letter_says_yes_or_no_and_bears_a_date(
    office: Office, status: EmblemStatus, changes: dict[str, Any], error: type[Exception]
) -> None:
    ask(office)
    facts = {"request_id": 1, "status": status, "reason": "Why.", "file": FILE}

    with pytest.raises(error):
        office.act("Helena Costa", record_letter, letter=replace(TYPED, **changes), **facts)

    assert kept(office) == []


def test_vi_1_once_it_is_decided_the_form_does_not_open(office: Office) -> None:
    ask(office)
    office.click("Yuki Tanaka", "emblems.approve")

    told = office.click("Helena Costa", "emblems.record_letter")

    assert "has been decided already by Yuki Tanaka" in told
    assert office.slack.modal(office.id("Helena Costa")) is None
