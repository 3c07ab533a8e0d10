"""VII.1-2 through the door: the room of one side, in which a notice is drafted and two people agree to it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader
from sqlmodel import col, select

from bot.agreement.errors import AgreementError
from bot.agreement.files import StoredFile
from bot.agreement.notice_drafts import approve
from bot.agreement.terminations import TerminationApproval, TerminationStatus
from bot.dossiers.facts import dossier
from tests.handlers.noticing import (
    DRAFT,
    LIAISON,
    agree,
    approved,
    draft,
    notices,
    press,
    refused,
    row,
    said,
    sent,
    typed,
)
from tests.handlers.pressing import home_words, modal_words
from tests.knocking import pressed as forged
from tests.knocking import sent as forged_form
from tests.knocking import user
from tests.office import Office, Servers, words_of

ROOM = ["Amina Diallo", "Lucía Romero"]
OTHER_SIDE = ["Helena Costa", "Nadia Petrova", "Omar Haddad", "Ines Martin"]
NOT_OF_THE_ROOM = ["Pierre Favre", "Mei Chen", "Ravi Menon", "Samuel Otieno"]


def test_vii_1_2_the_room_tells_its_own_side_and_nobody_else(office: Office) -> None:
    draft(office)

    for name in ROOM:
        assert "Notice ILO-2026/1 of ILO" in said(office, name)
        assert "IOM sees nothing of it, not even that there is a draft" in said(office, name)
    for name in (*OTHER_SIDE, *NOT_OF_THE_ROOM):
        assert "otice" not in said(office, name), name
    assert words_of(office.channel(LIAISON)) == ""


def test_vii_1_2_the_draft_letter_reaches_the_drafter_to_print_and_to_edit(office: Office) -> None:
    draft(office, reason="Our governing body decided so & <!channel> *bold*.")

    pdf, document = office.slack.files
    shown = [m for m in office.direct("Lucía Romero") if m.get("files")]
    assert [m["files"][0]["name"] for m in shown] == [pdf["name"], document["name"]]
    assert not any(m.get("files") for m in office.direct("Amina Diallo"))
    printed = "\n".join(
        page.extract_text() for page in PdfReader(BytesIO(office.slack.contents(pdf["id"]))).pages
    )
    edited = "\n".join(p.text for p in Document(BytesIO(office.slack.contents(document["id"]))).paragraphs)
    for text in (printed.replace("\n", " "), edited):
        assert "clause VII.1-2" in text
        assert "31 December 2026" in text
        assert "28 February 2027" in text
        assert "Gilbert Houngbo" in text
        assert "& <!channel> *bold*" in text
    assert "Draft for signature" in printed


@pytest.mark.parametrize(
    ("language", "word"), [("French", "préavis de deux mois"), ("Spanish", "preaviso de dos meses")]
)
def test_vii_1_2_the_letter_comes_in_the_language_that_was_chosen(
    office: Office, language: str, word: str
) -> None:
    draft(office, language=language)

    pdf = office.slack.contents(office.slack.files[0]["id"])
    reader = PdfReader(BytesIO(pdf))
    text = " ".join("\n".join(page.extract_text() for page in reader.pages).split())
    assert word in text
    assert "de 2020" in text or "octobre 2020" in text
    assert reader.trailer["/Root"]["/Lang"] == language.lower()[:2].replace("sp", "es")


@pytest.mark.parametrize(
    ("language", "slip", "page"),
    [
        ("English", "Acknowledgement of receipt of the notice dated 1 December 2026", "Page 2 of 2"),
        ("French", "Accusé de réception de la notification datée du 1er décembre 2026", "Page 2 sur 2"),
        ("Spanish", "Acuse de recibo de la notificación de fecha 1 de diciembre de 2026", "Página 2 de 2"),
    ],
)
def test_vii_1_2_a_slip_on_a_page_of_its_own_tells_of_which_notice_it_is(
    office: Office, language: str, slip: str, page: str
) -> None:
    draft(office, language=language, dated_on=date(2026, 12, 1), reason="After long thought. " * 74)

    reader = PdfReader(BytesIO(office.slack.contents(office.slack.files[0]["id"])))
    last = " ".join(reader.pages[-1].extract_text().split())
    assert len(reader.pages) == 2
    assert slip in last
    assert page in last


def test_vii_1_2_every_reading_is_shown_with_its_working(office: Office) -> None:
    draft(office)

    office.click("Amina Diallo", "notices.effect", where="direct")
    told = words_of(office.told("Amina Diallo"))
    assert (
        "From the date of the letter, Monday 23 November 2026:* until the end of *Saturday 23 January 2027*"
        in told
    )
    assert "From the receipt of the letter, Thursday 31 December 2026 (planned) — the agreed reading" in told
    assert "February 2027 has no 31st, so its last day, Sunday 28 February 2027, is taken instead." in told
    assert "Last day if the months are counted from the day after: Monday 1 March 2027" in told
    assert "The earliest of these days is Friday 22 January 2027, the latest Monday 1 March 2027." in told
    assert "VII.2" in told
    assert "Tacit renewal" not in told


@pytest.mark.parametrize(
    ("planned", "renewed"), [(date(2030, 8, 23), False), (date(2030, 8, 24), True), (date(2031, 1, 6), True)]
)
def test_vii_1_2_and_vii_1_4_a_notice_too_late_for_the_term_says_that_it_renews_itself(
    office: Office, planned: date, renewed: bool
) -> None:
    draft(office, planned_on=planned)

    assert ("Tacit renewal" in said(office, "Amina Diallo")) is renewed
    if renewed:
        assert "has to be received by Friday 23 August 2030" in said(office, "Amina Diallo")


def test_vii_1_2_two_different_people_agree_one_of_them_a_signatory(office: Office) -> None:
    draft(office)
    agree(office, "Lucía Romero")
    assert row(office).status is TerminationStatus.DRAFT
    assert "A signatory of ILO is needed." in said(office, "Amina Diallo")

    office.click("Amina Diallo", "notices.approve", where="direct")
    shown = modal_words(office, "Amina Diallo")
    assert "to be signed by Gilbert Houngbo, Director-General" in shown
    assert "in force until the end of Sunday 28 February 2027" in shown
    office.submit("Amina Diallo", typed(office, "send"))
    office.deliver()

    assert row(office).status is TerminationStatus.APPROVED
    assert "two people of ILO have, one of them a signatory" in said(office, "Lucía Romero")
    assert "otice" not in said(office, "Helena Costa")


def test_vii_1_2_nobody_agrees_twice(office: Office) -> None:
    draft(office)
    agree(office, "Amina Diallo")

    agree(office, "Amina Diallo")

    assert "somebody else of your party has to agree" in modal_words(office, "Amina Diallo")
    assert refused(office) == ["already_agreed"]
    assert row(office).status is TerminationStatus.DRAFT


@pytest.mark.parametrize("words", ["", "   ", "yes", "SEND", "ILO-2026/2 SEND", "ILO-2026/1 SENT"])
def test_vii_1_2_words_typed_wrong_are_refused_and_nothing_is_lost(office: Office, words: str) -> None:
    draft(office)

    result = agree(office, "Amina Diallo", typed=words or " ")

    assert list(result.errors) == ["typed"]
    assert "Please type exactly: ILO-2026/1 SEND" in result.errors["typed"]
    with office.reading() as desk:
        assert not desk.session.exec(select(TerminationApproval)).all()


def test_vii_1_2_a_change_of_the_draft_voids_what_was_agreed(office: Office) -> None:
    approved(office)

    press(office, "Lucía Romero", "revise", {"signatory": "Celeste Drake"})

    assert row(office).status is TerminationStatus.DRAFT
    assert row(office).version == 2
    assert "your agreement fell away" in said(office, "Amina Diallo")
    assert "Celeste Drake" in said(office, "Amina Diallo")
    agree(office, "Lucía Romero")
    assert row(office).status is TerminationStatus.DRAFT
    agree(office, "Amina Diallo")
    assert row(office).status is TerminationStatus.APPROVED


def test_vii_1_2_whoever_agrees_to_a_draft_that_changed_meanwhile_is_told(office: Office) -> None:
    draft(office)
    office.click("Amina Diallo", "notices.approve", where="direct")
    press(office, "Lucía Romero", "revise", {"place": "Bern"})

    office.submit("Amina Diallo", typed(office, "SEND"))

    assert "The last to act was Lucía Romero" in modal_words(office, "Amina Diallo")
    assert refused(office) == ["notice_moved_on"]


def test_vii_1_2_a_draft_is_given_up_in_silence(office: Office) -> None:
    approved(office)

    assert list(press(office, "Amina Diallo", "drop", {"note": " "}).errors) == ["note"]
    office.submit("Amina Diallo", {"note": "Decided otherwise."})
    office.deliver()

    assert row(office).status is TerminationStatus.DROPPED
    assert "gave the draft up: Decided otherwise." in said(office, "Lucía Romero")
    assert "otice" not in said(office, "Helena Costa")
    draft(office)
    assert row(office, 2).number == "ILO-2026/2"


def test_vii_1_2_one_notice_of_a_party_at_a_time_and_the_second_is_told_whose_it_is(office: Office) -> None:
    office.command("Amina Diallo", "/termination notice")
    draft(office)

    office.submit("Amina Diallo", {**DRAFT, "planned_on": date(2026, 12, 31)})

    assert "which Lucía Romero opened on Monday 23 November 2026" in modal_words(office, "Amina Diallo")
    assert refused(office) == ["notice_under_way"]
    assert "Notice ILO-2026/1 of ILO" in office.command("Amina Diallo", "/termination notice")
    draft(office, "Nadia Petrova", addressee="The Director-General, ILO", signatory="Amy Pope")
    assert notices(office) == 2
    assert row(office, 2).number == "IOM-2026/1"
    assert "IOM-2026" not in said(office, "Lucía Romero")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("addressee", " ", "please fill it in"),
        ("place", " ", "please fill it in"),
        ("signatory", " ", "please fill it in"),
        ("capacity", " ", "please fill it in"),
        ("dated_on", date(2020, 10, 22), "Please choose Friday 23 October 2020 or a later day"),
        ("planned_on", date(2026, 11, 22), "Please choose Monday 23 November 2026 or a later day"),
    ],
)
def test_vii_1_2_what_is_wrong_in_a_draft_is_said_beside_its_field(
    office: Office, field: str, value: Any, sentence: str
) -> None:
    result = draft(office, **{field: value})

    assert list(result.errors) == [field]
    assert sentence in result.errors[field]
    assert notices(office) == 0


def test_vii_1_2_hostile_and_long_words_harm_nobody(office: Office) -> None:
    draft(
        office,
        addressee="<!channel> & " + "x" * 480,
        signatory="*A* <@U0IOMCOSTA>" + "y" * 100,
        reason="z " * 700,
    )

    assert "<!channel>" not in said(office, "Amina Diallo")
    assert "&lt;!channel&gt; &amp;" in said(office, "Amina Diallo")
    assert len(office.slack.files) == 2
    agree(office, "Amina Diallo")
    assert row(office).version == 1


DOORS = ["approve", "revise", "drop", "record_sent", "prove", "letter", "effect", "acknowledge", "withdraw"]
DOORS += ["agree_withdrawal", "confirm_letter", "deny_letter", "retract_letter"]
FORMS: dict[str, dict[str, Any]] = {
    "approve": {"typed": "ILO-2026/1 SEND"},
    "drop": {"note": "Forged."},
    "acknowledge": {
        "how": "Forged.",
        "received_on": {"type": "datepicker", "selected_date": "2026-11-23"},
        "received_time": {"type": "timepicker", "selected_time": "09:00"},
    },
    "withdraw": {"reason": "Forged.", "typed": "ILO-2026/1 WITHDRAW"},
    "agree_withdrawal": {"typed": "ILO-2026/1 WITHDRAW"},
    "confirm_letter": {"typed": "ILO-2026/1 OURS"},
    "deny_letter": {"reason": "Forged."},
    "retract_letter": {"reason": "Forged."},
}


def answers(office: Office, name: str, party: str, key: str) -> list[str]:
    """What somebody is told who forges every button and form about a notice, by the app of `party`."""
    told = []
    for action in DOORS:
        before = len(office.told(name))
        forged(office, party, user(office, name), f"notices.{action}", key)
        told += [words_of([one]) for one in office.told(name)[before:]]
    for form, values in FORMS.items():
        body = forged_form(
            office, party, user(office, name), f"notices.{form}", f"{key}@1", values, f"V{form}{key}{party}"
        ).body
        told.append(str(body))
    return told


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("Helena Costa", "iom"),
        ("Helena Costa", "ilo"),
        ("Nadia Petrova", "iom"),
        ("Ines Martin", "iom"),
        ("Pierre Favre", "ilo"),
        ("Mei Chen", "ilo"),
        ("Amina Diallo", "iom"),
        ("Clara Novak", "ilo"),
        ("Victor Lang", "ilo"),
    ],
)
def test_vii_1_2_to_everybody_else_a_draft_is_as_one_that_is_not(
    office: Office, name: str, party: str
) -> None:
    approved(office)

    assert answers(office, name, party, "1") == answers(office, name, party, "7")
    assert row(office).status is TerminationStatus.APPROVED
    assert len(row(office).closing_note) == 0


@pytest.mark.parametrize("name", ["Pierre Favre", "Mei Chen", "Samuel Otieno", "Ravi Menon"])
def test_vii_1_2_who_deals_with_no_notices_is_refused_the_room(office: Office, name: str) -> None:
    told = office.command(name, "/termination notice")

    assert "Only ILO's contact point, legal officer or signatory can see and draft a notice" in told
    assert refused(office) == ["not_mandated"]


def test_vii_1_2_what_is_private_does_not_pass_through_the_other_partys_app(office: Office) -> None:
    draft(office)
    before = len(office.told("Amina Diallo"))

    forged(office, "iom", user(office, "Amina Diallo"), "notices.open", "own")

    told = words_of(office.told("Amina Diallo")[before:])
    assert "would pass through the other party's app" in told
    assert "ILO-2026/1" not in told


def test_vii_1_2_the_home_shows_a_draft_by_the_own_app_only(office: Office) -> None:
    draft(office)

    assert "is a draft, to which you have not agreed" in home_words(office.home("Amina Diallo"))
    assert "otice ILO" not in home_words(office.home("Helena Costa"))
    assert "otice ILO" not in home_words(office.home("Mei Chen"))
    agree(office, "Amina Diallo")
    assert "otice ILO" not in home_words(office.home("Amina Diallo"))
    agree(office, "Lucía Romero")
    assert "is not on record as sent" in home_words(office.home("Amina Diallo"))


def test_vii_1_2_a_party_without_an_app_is_told_so_plainly(tmp_path: Path, servers: Servers) -> None:
    url = f"sqlite:///{tmp_path / 'comity.db'}"
    with Office(tmp_path, url, servers, parties=("ilo",)) as office:
        office.move_in()
        forged(office, "ilo", user(office, "Helena Costa"), "notices.open", "own")
        assert "Where IOM has no app of its own, a notice cannot be drafted here" in words_of(
            office.told("Helena Costa")
        )
        sent(office)
        shared = office.slack.messages(office.slack.dm("U0ILOBOT", office.id("Helena Costa")))
        assert "Notice 2026/1 of ILO to end the Agreement" in words_of(shared)


def test_vii_1_2_and_v_3_2_the_dossier_counts_no_draft(office: Office) -> None:
    def total() -> int:
        with office.reading() as desk:
            found = dossier(desk, date(2026, 11, 1), desk.today, None)
        (part,) = [each for each in found.parts if each.name == "all_acts"]
        return part.total

    before = total()
    approved(office)

    assert total() == before


def test_vii_1_2_twenty_who_agree_at_once_count_as_one(office: Office) -> None:
    draft(office)
    facts = {"termination_id": 1, "typed": "ILO-2026/1 SEND", "seen": 1, "through": "ilo"}

    def once(_: int) -> str:
        try:
            return type(office.house.secretariat.act(office.who("Amina Diallo"), approve, **facts)).__name__
        except AgreementError as error:
            return type(error).__name__

    with ThreadPoolExecutor(20) as pool:
        outcomes = list(pool.map(once, range(20)))

    assert sorted(outcomes) == ["AlreadyAgreed"] * 19 + ["NoticeAgreed"]
    assert row(office).status is TerminationStatus.DRAFT


@pytest.mark.parametrize(
    ("language", "first"),
    [("English", "Page 1 of 2"), ("French", "Page 1 sur 2"), ("Spanish", "Página 1 de 2")],
)
def test_vii_1_2_a_letter_of_two_pages_numbers_them_in_its_language(
    office: Office, language: str, first: str
) -> None:
    assert draft(office, language=language, reason="A reason at some length. " * 50).ok

    assert [first in page for page in letter_pages(office)] == [True, False]


def test_vii_1_2_a_letter_of_one_page_bears_no_number(office: Office) -> None:
    draft(office)

    (only,) = letter_pages(office)
    assert "Page 1" not in only


def letter_pages(office: Office) -> list[str]:
    """The text of each page of the letter as it was handed over for printing."""
    with office.reading() as desk:
        stored = desk.session.exec(select(StoredFile).where(col(StoredFile.name).endswith(".pdf"))).all()
    return [page.extract_text() for page in PdfReader(BytesIO(stored[-1].content)).pages]
