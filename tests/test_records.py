"""A written record must outlive the bot: archivable, accessible, complete, and the same whenever drawn up."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import BooleanObject

from bot.records import EmblemRecord, Outcome, Question, Signatory, displayable, render

ILO = "International Labour Organization"
IOM = "International Organization for Migration"

RECORD = EmblemRecord(
    number="IOM/2026/001",
    request="2026/4",
    agreement="ILO–IOM Agreement (2020)",
    clause="VI.1",
    rule="Neither party uses the other's name or emblem without prior written approval of that very use.",
    parties=(IOM, ILO),
    owner=IOM,
    marks=("name", "emblem"),
    purpose="To show that both prepared the field guide.",
    product="Field guide, printed and PDF",
    audience="Labour attachés in Kenya and Uganda",
    period_from="Friday 1 January 2027",
    period_until="Friday 31 December 2027",
    other_logos="ILO, IOM, Government of Kenya",
    who_pays="The ILO",
    needed_by="Friday 20 November 2026",
    asked_by=Signatory(name="Amélie Dubois", capacity="Communications Officer", party=ILO),
    asked_at="Monday 9 November 2026 at 10:12 (Zurich time)",
    outcome=Outcome.APPROVED_WITH_CONDITIONS,
    decided_by=Signatory(
        name="Tomás Ferreira",
        capacity="Head of Media",
        party=IOM,
        mandate="Emblem approver since 1 February 2026",
    ),
    decided_at="Monday 16 November 2026 at 17:40 (Zurich time)",
    decided_at_utc="Monday 16 November 2026 at 16:40 UTC",
    decided_iso="2026-11-16T16:40:00+00:00",
    journal_entry=214,
    journal_hash="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    mock_up_name="cover-v3.pdf",
    mock_up_sha256="2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
    conditions="Both emblems at equal height.\nA copy as published is sent.",
    workings=("Answer due Monday 23 November 2026: 10 working days from 9 November 2026 (policy).",),
)

QUESTION = Question(
    owner="IOM",
    question="Who prints it?",
    asked="Tomás Ferreira, Tuesday 10 November 2026 at 09:00 (Zurich time)",
    asking="ILO",
    answer="The ILO's print shop.",
    answered="Amélie Dubois, Tuesday 10 November 2026 at 11:30 (Zurich time)",
)


def opened(record: EmblemRecord) -> PdfReader:
    return PdfReader(BytesIO(render("emblem", record.facts())))


def catalogue(pdf: PdfReader, *keys: str) -> object:
    """What the document's root holds under `keys`, one inside the other."""
    entry: Any = pdf.root_object
    for key in keys:
        entry = entry[key]
    return entry


def text_of(record: EmblemRecord) -> str:
    return "\n".join(page.extract_text() for page in opened(record).pages)


def flat(text: str) -> str:
    return " ".join(text.split())


def stated_facts(value: object) -> list[str]:
    """Every text among the facts, a line each, but for the codes and the file's date."""
    if isinstance(value, dict):
        shown = [value[key] for key in value if key not in {"marks", "outcome", "decided_iso"}]
        return [text for item in shown for text in stated_facts(item)]
    if isinstance(value, list | tuple):
        return [text for item in value for text in stated_facts(item)]
    return [] if value is None else [line for line in str(value).split("\n") if line]


def test_a_record_states_every_fact_on_one_page_of_a4() -> None:
    pdf = opened(RECORD)

    text = flat(pdf.pages[0].extract_text())
    assert [fact for fact in stated_facts(RECORD.facts()) if flat(fact) not in text] == []
    assert "the name and the emblem" in text
    assert len(pdf.pages) == 1
    assert [round(float(side)) for side in pdf.pages[0].mediabox[2:]] == [595, 842]


def test_a_record_declares_itself_archivable_and_accessible() -> None:
    pdf = opened(RECORD)

    xmp = pdf.xmp_metadata
    assert xmp is not None
    assert xmp.pdfaid_part == "3"
    assert xmp.pdfaid_conformance == "A"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in xmp.stream.get_data()
    assert catalogue(pdf, "/MarkInfo", "/Marked") == BooleanObject(True)
    assert catalogue(pdf, "/StructTreeRoot", "/K")


def test_a_record_names_its_title_its_authors_and_its_language() -> None:
    pdf = opened(RECORD)

    assert pdf.metadata is not None
    assert pdf.metadata.title == "Record of a decision on the use of a name or emblem IOM/2026/001"
    assert pdf.metadata.author == f"{ILO}, {IOM}"
    assert catalogue(pdf, "/Lang") == "en-GB"
    assert catalogue(pdf, "/ViewerPreferences", "/DisplayDocTitle") == BooleanObject(True)


def test_the_date_of_the_file_is_the_moment_of_the_decision() -> None:
    pdf = opened(replace(RECORD, decided_iso="2026-11-16T17:40:00+01:00"))

    assert pdf.metadata is not None
    assert pdf.metadata.creation_date is not None
    assert pdf.metadata.creation_date.isoformat() == "2026-11-16T16:40:00+00:00"


def test_equal_facts_give_equal_bytes_in_any_order_and_in_any_thread() -> None:
    facts = RECORD.facts()
    backwards = dict(reversed(facts.items()))

    with ThreadPoolExecutor(4) as pool:
        drawn = set(pool.map(lambda given: render("emblem", given), [facts, backwards] * 4))

    assert len(drawn) == 1


def test_the_parties_stand_in_alphabetical_order_whatever_order_they_came_in() -> None:
    text = flat(text_of(RECORD))

    assert f"{ILO} · {IOM}" in text
    assert render("emblem", replace(RECORD, parties=(ILO, IOM)).facts()).startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.APPROVED, "may take place in the period stated."),
        (Outcome.APPROVED_WITH_CONDITIONS, "may take place in the period stated, on the conditions stated."),
        (Outcome.REFUSED, "The use described below must not take place."),
        (Outcome.NOT_APPROVED, "The owner did not answer in the time allowed. Silence is not consent"),
        (
            Outcome.NOT_INFORMED,
            "in the time allowed. The request has lapsed: the use described below must not",
        ),
    ],
)
def test_each_outcome_says_what_follows_from_it(outcome: Outcome, words: str) -> None:
    assert words in flat(text_of(replace(RECORD, outcome=outcome)))


def test_a_record_sets_out_each_question_with_its_answer_or_says_that_none_came() -> None:
    unanswered = replace(QUESTION, question="Which colours?", answer="", answered="")

    text = flat(text_of(replace(RECORD, questions=(QUESTION, unanswered))))

    assert "Request 2026/4" in text
    assert "Needed by Friday 20 November 2026" in text
    assert "Question of IOM Who prints it? By Tomás Ferreira, Tuesday 10 November 2026" in text
    assert "Answer of ILO The ILO's print shop. By Amélie Dubois" in text
    assert "Question of IOM Which colours?" in text
    assert "Answer of ILO None was received" in text


def test_the_agreements_text_alone_counts() -> None:
    assert f"In our own words: {RECORD.rule} The text of the Agreement alone counts." in flat(text_of(RECORD))


def test_a_record_on_a_link_says_so() -> None:
    pdf = opened(replace(RECORD, marks=("hyperlink",)))

    assert pdf.metadata is not None
    assert pdf.metadata.title == "Record of a decision on a link to a website IOM/2026/001"


def test_a_request_nobody_answered_names_no_decider() -> None:
    text = flat(text_of(replace(RECORD, outcome=Outcome.NOT_APPROVED, decided_by=None, conditions="")))

    assert "Not approved: no answer was given" in text
    assert "No decision was taken." in text
    assert "Closed on" in text
    assert "Mandate" not in text


def test_a_text_takes_the_place_of_a_mock_up_and_what_is_empty_is_said_to_be() -> None:
    text = flat(
        text_of(
            replace(
                RECORD, mock_up_name="", material_text="With the support of the IOM", who_pays="", workings=()
            )
        )
    )

    assert "Text to be used With the support of the IOM" in text
    assert "Who bears the cost Not stated" in text
    assert "No date was computed" in text
    assert "SHA-256" not in text


def test_long_conditions_run_onto_a_second_page_with_its_header_and_footer() -> None:
    conditions = ("Both emblems stand at equal height on every page. " * 80)[:4000]

    first, second = (page.extract_text() for page in opened(replace(RECORD, conditions=conditions)).pages)

    assert "Page 1 of 2" in first
    assert "Page 2 of 2" in second
    assert "Record IOM/2026/001" in second
    assert RECORD.agreement in second


@pytest.mark.parametrize(
    "typed",
    [
        '#panic("x") #import "/etc/passwd": *',
        "= Heading - item + item / term: x",
        "*bold* _it_ `raw` $x^2$ @label <label> ~ -- --- ... \\ \\u{41} // gone /* gone */",
        '" "quoted" \'single\' & < > ]][[ }}{{ %s {0}',
        "Việt Nam, Łódź, Škoda, Αθήνα, Київ",
    ],
)
def test_what_a_person_typed_comes_out_letter_by_letter(typed: str) -> None:
    assert typed in flat(text_of(replace(RECORD, purpose=typed)))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("中文", "[U+4E2D][U+6587]"),
        ("done 😀", "done [U+1F600]"),
        ("safe\u202egnp.exe", "safe[U+202E]gnp.exe"),
        ("a\u200bb", "a[U+200B]b"),
        ("a\x00b", "a[U+0000]b"),
        ("\ue000", "[U+E000]"),
        ("\ud83d", "[U+D83D]"),
        ("\u20e8\u0954", "[U+20E8][U+0954]"),
    ],
)
def test_a_sign_without_a_letterform_appears_as_its_number_and_the_record_says_so(
    typed: str, printed: str
) -> None:
    text = flat(text_of(replace(RECORD, purpose=typed)))

    assert f"Purpose {printed}" in text
    assert "shown by their Unicode number" in text


def test_a_record_in_plain_letters_says_nothing_of_numbers() -> None:
    assert "Unicode" not in text_of(replace(RECORD, purpose="cafe\u0301\r\nbar\tbaz"))


@pytest.mark.parametrize("letter", ["é", "“", "–", "ữ", "ж", "ש", "م", "न"])
def test_the_fonts_in_the_wheel_have_the_letter(letter: str) -> None:
    assert displayable(letter)


def test_the_facts_are_attached_exactly_as_they_were_given() -> None:
    record = replace(RECORD, purpose="中文 مرحبا 😀 \x00 \u202e #let x = 1")

    attached = json.loads(opened(record).attachments["facts.json"][0])

    assert attached == json.loads(json.dumps(record.facts()))


def test_a_hash_and_a_long_address_can_be_copied_whole() -> None:
    address = "https://example.org/" + "a/b" * 100

    text = text_of(replace(RECORD, product=address))

    assert RECORD.journal_hash in text
    assert RECORD.mock_up_sha256 in text
    assert address in text.replace("\n", "")


def test_a_word_wider_than_the_page_is_broken_into_lines() -> None:
    text = text_of(replace(RECORD, conditions="W" * 300))

    lines = [line for line in text.split("\n") if "WWW" in line]
    assert max(line.count("W") for line in lines) <= 36
    assert sum(line.count("W") for line in lines) == 300


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=200))
def test_no_text_whatever_breaks_a_record(name: str, typed: str) -> None:
    someone = Signatory(name=name, capacity=typed, party=ILO)

    pdf = render(
        "emblem", replace(RECORD, number=name, conditions=typed, mock_up_name=name, asked_by=someone).facts()
    )

    assert pdf.startswith(b"%PDF-1.7")


def test_a_record_without_one_of_its_facts_is_not_drawn_up() -> None:
    facts = RECORD.facts()
    del facts["owner"]

    with pytest.raises(typst.TypstError, match="owner"):
        render("emblem", facts)


def test_a_moment_of_no_time_zone_is_refused() -> None:
    facts = replace(RECORD, decided_iso="2026-11-16T16:40:00").facts()

    with pytest.raises(ValueError, match="2026-11-16T16:40:00"):
        render("emblem", facts)


def test_a_joint_paper_holds_what_people_typed_and_its_facts() -> None:
    hostile = "#let x = 1 $a$ *b* <script> [c] \\ // 协议"
    part = {
        "heading": "Decisions",
        "particulars": [["Place", ""], ["Chair", hostile]],
        "paragraphs": [hostile],
        "table": {"columns": ["Action", "Owner"], "rows": [[hostile, ""], ["Send the draft", "Mei Chen"]]},
    }
    facts: dict[str, Any] = {
        **{
            "title": "Minutes of a meeting",
            "verdict": "Held.",
            "language": "en",
            "number": "ILO-IOM/2026/001",
        },
        **{"agreement": RECORD.agreement, "parties": [ILO, IOM], "decided_iso": RECORD.decided_iso},
        **{"journal_entry": 3, "journal_hash": "ab" * 32},
    }
    facts["sections"] = [{**part, "table": {**part["table"], "widths": [3, 1]}}]  # type: ignore[dict-item]

    content = render("paper", facts)

    reader = PdfReader(BytesIO(content))
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "#let x = 1 $a$ *b* <script> [c]" in text
    assert "Mei Chen" in text
    assert json.loads(reader.attachments["facts.json"][0])["sections"][0]["paragraphs"] == [hostile]


def with_table(rows: list[list[str]]) -> dict[str, Any]:
    """The facts of a joint paper of nothing but a table of four columns."""
    table = {"columns": ["One", "Two", "Three", "Four"], "rows": rows, "widths": [4, 4, 4, 4]}
    return {
        **{"title": "Rows", "verdict": "", "language": "fr", "number": "ILO-IOM/2026/001"},
        **{"agreement": RECORD.agreement, "parties": [ILO, IOM], "decided_iso": RECORD.decided_iso},
        **{"journal_entry": 3, "journal_hash": "ab" * 32},
        "sections": [{"heading": "Rows", "particulars": [], "paragraphs": [], "table": table}],
    }


def test_a_row_of_a_joint_paper_keeps_together_and_a_very_long_one_runs_on() -> None:
    middle = "words that fill several lines of a narrow column " * 4
    rows = [[f"begin{n} {middle} end{n}", "", "", ""] for n in range(100, 130)]
    rows.append(["beginlong " + middle * 40 + " endlong", "", "", ""])
    rows.append(["beginlines " + "\n" * 100 + " endlines", "", "", ""])

    pages = [page.extract_text() for page in PdfReader(BytesIO(render("paper", with_table(rows)))).pages]

    assert len(pages) > 3
    for n in range(100, 130):
        assert [f"begin{n} " in page for page in pages] == [f"end{n}" in page for page in pages]
    for name in ("long", "lines"):
        (begun,) = [n for n, page in enumerate(pages) if f"begin{name}" in page]
        (ended,) = [n for n, page in enumerate(pages) if f"end{name}" in page]
        assert begun < ended


def test_a_hash_keeps_to_its_column_of_a_joint_paper() -> None:
    content = render("paper", with_table([["", "", "", f"kept, SHA-256 {'ab' * 32}"]]))

    lines = "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).splitlines()
    pieces = [word for line in lines[:-6] for word in line.split() if word.startswith("ab")]
    assert "".join(pieces) == "ab" * 32
    assert max(map(len, pieces)) == 24


@settings(max_examples=25, deadline=None)
@given(typed=st.text(min_size=1, max_size=200), times=st.integers(1, 40))
def test_no_text_whatever_breaks_a_table_of_a_joint_paper(typed: str, times: int) -> None:
    content = render("paper", with_table([[typed * times, typed, "", ""]]))

    facts = json.loads(PdfReader(BytesIO(content)).attachments["facts.json"][0])
    assert facts["sections"][0]["table"]["rows"][0][0] == typed * times
