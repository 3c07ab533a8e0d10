"""VII.2 and VII.1-2: the survivor report and the record of a notice in every language both parties work in."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import col, select

from bot.agreement.arrangements import ArrangementStatus
from bot.agreement.closed_cases import Routine
from bot.agreement.definition_values import Survival
from bot.agreement.emblem_plans import Mark
from bot.agreement.emblems import EmblemStatus
from bot.agreement.files import Record
from bot.agreement.instruments import InstrumentStatus
from bot.agreement.notice_letters import NoticeChannel
from bot.agreement.project_registers import DataHolding
from bot.agreement.survivors import TaskKind, survivors
from bot.agreement.terminations import Termination
from bot.agreement.workings import Rule
from bot.database import Database
from bot.held_records import Verdict, examine_file
from bot.letters import environment, snake
from bot.notice_papers import notice_paper
from bot.outbox import OutboxRow
from bot.packs.making import make_pack
from bot.packs.readers import Reader
from bot.paper_words import PaperWords
from bot.resources import resource
from tests.clauses import preparing
from tests.clauses.ending import after, everything_open
from tests.clauses.papers_compared import flat, leaves, left_in_english, literal
from tests.handlers import noticing, permitting, restricting, test_instruments
from tests.office import DEFINITION, Office, Servers, words_of

LANGUAGES = ("en", "es", "fr")
OTHERS = ("es", "fr")
PAPERS = ("termination:1", "ending:1")
LAST = date(2027, 2, 28)
LIAISON = "ilo-iom-liaison"
GUIDE = "Guide to fair recruitment for employers' organizations and labour inspectorates, second edition"
LINK = "A link to the page on fair recruitment"
TYPED = {
    GUIDE,
    LINK,
    "Data protection arrangement of 2022",
    "Labour mobility in the Horn of Africa",
    "Names and e-mail addresses",
    "Gilbert Houngbo, Director-General",
    "notice-signed.pdf",
    "slip.pdf",
}
SAME: dict[str, set[str]] = {"fr": {"Clause", "Dossier 2026/1"}, "es": set()}
"""What a language writes as English does."""
USED = {
    "endings/report",
    "endings/called",
    "endings/clauses",
    "notices/paper",
    "notices/paper_row",
    "notices/moment",
    "time_limits/working",
    "time_limits/period",
}
PRINTED: tuple[type[StrEnum], ...] = (
    Routine,
    TaskKind,
    InstrumentStatus,
    ArrangementStatus,
    EmblemStatus,
    DataHolding,
    NoticeChannel,
)
"""What the two papers may say of a case, member by member."""


@dataclass(frozen=True)
class Case:
    """What is left of an Agreement that ended while much was open."""

    url: str
    folder: Path
    records: dict[tuple[str, str], Record]
    thread: list[dict[str, Any]]
    card: str
    keys: list[str]
    states: set[type[Any]]

    def pdf(self, paper: str, language: str) -> PdfReader:
        return PdfReader(BytesIO(self.records[paper, language].content))

    def text(self, paper: str, language: str) -> str:
        return flat(" ".join(page.extract_text() for page in self.pdf(paper, language).pages))

    def facts(self, paper: str, language: str) -> Any:
        return json.loads(self.pdf(paper, language).attachments["facts.json"][0])


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory, servers: Servers) -> Iterator[Case]:
    """The Agreement ended by a notice that was acknowledged; told again, and sent again."""
    folder = tmp_path_factory.mktemp("languages")
    url = f"sqlite:///{folder / 'comity.db'}"
    with Office(folder, url, servers) as office:
        office.move_in()
        fill(office)
        noticing.acknowledged(office)
        after(office, LAST)
        office.tick()
        (card,) = [m for m in office.channel(LIAISON) if m["text"].startswith("The ILO–IOM Agreement ended")]
        with office.reading() as desk:
            rows = desk.session.exec(select(Record)).all()
            states = {type(entry.state) for each in survivors(desk, LAST) for entry in each.entries}
            keys = list(desk.session.exec(select(col(OutboxRow.key))).all())
            desk.session.expunge_all()
        for party in ("", "iom"):
            with office.database.reading() as session:
                make_pack(session, DEFINITION, Reader(party), folder / f"pack-{party}", office.clock.now())
        yield Case(
            url,
            folder,
            {(row.subject, row.language): row for row in rows},
            [m for m in office.channel(LIAISON) if m.get("thread_ts") == card["ts"] and m.get("files")],
            words_of([card]),
            keys,
            states,
        )


def fill(office: Office) -> None:
    """One case of every routine, another agreement, an arrangement, two uses, a link, and personal data."""
    test_instruments.in_force(office)
    restricting.protected(office)
    everything_open(office)
    preparing.data_settled(office)
    use = replace(permitting.USE, product=GUIDE, use_until=date(2027, 6, 30))
    permitting.granted(office, use=use)
    link = {"mark": Mark.HYPERLINK, "link_from": "https://www.iom.int/a", "link_to": "https://www.ilo.org/b"}
    permitting.granted(office, asking="iom", use=replace(use, product=LINK, **link))


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("paper", PAPERS)
def test_vii_2_nothing_but_names_numbers_and_typed_text_is_left_in_english(
    case: Case, paper: str, language: str
) -> None:
    english, other = (case.facts(paper, each)["sections"] for each in ("en", language))

    assert left_in_english(english, other, TYPED | SAME[language]) == []
    titles = [case.facts(paper, each)["title"] for each in ("en", language)]
    assert len(set(titles)) == 2


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("paper", PAPERS)
def test_vii_2_no_sentence_of_an_english_template_is_drawn_in_another_language(
    case: Case, paper: str, language: str
) -> None:
    said = set().union(*map(literal, USED)) | {flat(word) for word in english_terms() if " " in word}
    english, other = case.text(paper, "en"), case.text(paper, language)

    drawn = {words for words in said if words in english}
    assert len(drawn) > 15
    assert sorted(words for words in drawn if words in other) == []
    assert not any(sign in other for sign in ("{{", "{%", "[U+", "ILO,", " IOM ", "None"))


def english_terms() -> list[str]:
    said = PaperWords("en")
    return [said.term(member) for kind in PRINTED for member in kind]


@pytest.mark.parametrize("paper", PAPERS)
def test_vii_2_the_three_are_one_record_with_one_number(case: Case, paper: str) -> None:
    made = [case.records[paper, language] for language in LANGUAGES]

    year = 2027 if paper.startswith("ending") else 2026
    assert {record.number for record in made} == {f"ILO-IOM/{year}/001"}
    stem = f"ILO-IOM-{year}-001"
    assert [record.name for record in made] == [f"{stem}.pdf", f"{stem}-es.pdf", f"{stem}-fr.pdf"]
    for language in LANGUAGES:
        facts = case.facts(paper, language)
        assert (facts["number"], facts["language"]) == (f"ILO-IOM/{year}/001", language)
        assert f"ILO-IOM/{year}/001" in case.text(paper, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", PAPERS)
def test_vii_2_each_is_archivable_accessible_and_declares_its_language(
    case: Case, paper: str, language: str
) -> None:
    pdf = case.pdf(paper, language)
    xmp = pdf.xmp_metadata

    assert xmp is not None
    assert (xmp.pdfaid_part, xmp.pdfaid_conformance) == ("3", "A")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in xmp.stream.get_data()
    assert str(pdf.root_object["/Lang"]).startswith(language)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["end of Sunday 28 February 2027", "ILO · ", "takes it down", "Geneva time"]),
        (
            "fr",
            ["dimanche 28 février 2027", "2026/1 « Labour mobility fund »", "OIT", "n’y a pas de 31e jour"],
        ),
        ("es", ["domingo 28 de febrero de 2027", "2026/1 “Labour mobility fund”", "OIT", "no tiene día 31"]),
    ],
)
def test_vii_2_days_parties_and_what_people_typed_are_written_as_the_language_writes_them(
    case: Case, language: str, words: list[str]
) -> None:
    both = " · ".join(case.text(paper, language) for paper in PAPERS)
    listed = both.replace("International Labour Organization · ", "ILO · ")

    assert [each for each in words if each not in listed] == []
    assert GUIDE in both
    assert "By courier, at the registry" in both


@pytest.mark.parametrize("language", LANGUAGES)
def test_vii_2_each_is_genuine_and_a_changed_one_is_compared_with_the_version_in_its_language(
    case: Case, language: str
) -> None:
    database = Database(case.url)
    for paper in PAPERS:
        record = case.records[paper, language]
        with database.reading() as session:
            genuine = examine_file(session, "a.pdf", record.content)
            altered = examine_file(session, "a.pdf", record.content + b"\n")
        assert (genuine.verdict, genuine.number) == (Verdict.GENUINE, record.number)
        assert (altered.verdict, altered.number) == (Verdict.ALTERED, record.number)
    database.close()


def test_vii_2_a_copy_that_was_changed_where_it_is_kept_is_told_of_its_own_language_alone(
    case: Case, tmp_path: Path
) -> None:
    copy = tmp_path / "comity.db"
    copy.write_bytes((case.folder / "comity.db").read_bytes())
    database = Database(f"sqlite:///{copy}")
    with database.writing() as session:
        (french,) = session.exec(
            select(Record).where(Record.subject == "ending:1", Record.language == "fr")
        ).all()
        french.content += b"\n"
        session.add(french)
    with database.reading() as session:
        told = {
            language: examine_file(
                session, "a.pdf", case.records["ending:1", language].content + b"x"
            ).verdict
            for language in LANGUAGES
        }
    database.close()

    assert told == {"en": Verdict.ALTERED, "es": Verdict.ALTERED, "fr": Verdict.STORED_CHANGED}


def test_vii_2_the_three_files_are_in_the_thread_of_the_card_once_and_the_card_names_the_record_once(
    case: Case,
) -> None:
    names = [file["name"] for message in case.thread for file in message["files"]]

    # The archive of what both parties may have comes after them.
    reports = [case.records["ending:1", language].name for language in LANGUAGES]
    assert names == [*reports, "archive-ilo-iom-2020-both.zip"]
    first, *others = (message["text"].startswith("Survivor report") for message in case.thread)
    assert first
    assert not any(others)
    assert "Record ILO-IOM/2027/001 in French." in case.thread[2]["text"]
    assert case.card.count("ILO-IOM/2027/001") == 1
    assert [key for key, times in Counter(case.keys).items() if times > 1] == []


def test_vii_1_2_evidence_and_days_that_differ_are_said_in_each_language(office: Office) -> None:
    noticing.sent(office)
    day = {"received_on": date(2026, 12, 31), "received_time": time(11, 30), "how": "Slip 12345"}
    noticing.press(office, "Lucía Romero", "prove", {**day, "file": noticing.SLIP})
    office.clock.move_to(noticing.NOON + timedelta(days=20))
    later = noticing.receiving(office, received_on=date(2027, 1, 4))
    assert noticing.press(office, "Helena Costa", "acknowledge", later).ok
    with office.reading() as desk:
        row = desk.session.get_one(Termination, 1)
        papers = {
            language: asdict(notice_paper(desk, row, PaperWords(language)))["sections"]
            for language in LANGUAGES
        }

    for language, stated in (("fr", "L’OIM indique"), ("es", "La OIM indica"), ("en", "IOM states")):
        texts = list(leaves(papers[language]))
        assert "Slip 12345" in " ".join(texts)
        assert "slip.pdf" in texts
        assert any(stated in text for text in texts)
        if language != "en":
            assert left_in_english(papers["en"], papers[language], TYPED) == []


@pytest.mark.parametrize("party", ["", "iom"])
def test_vii_2_an_archive_holds_the_record_in_each_language(case: Case, party: str) -> None:
    kept = case.folder / f"pack-{party}" / "records"

    for record in case.records.values():
        if record.subject in PAPERS:
            assert (kept / record.name).read_bytes() == record.content


@pytest.mark.parametrize("language", OTHERS)
def test_vii_2_every_word_these_papers_may_print_is_there_in_each_language(language: str) -> None:
    known = blocks(f"common/terms_{language}")

    words = {f"{snake(kind.__name__)}_{member.value}" for kind in PRINTED for member in kind}
    assert sorted(words - known) == []
    for template in USED:
        assert blocks(f"{template}_{language}") == blocks(template), template
    assert blocks(f"time_limits/working_{language}") == {rule.value for rule in Rule}


def blocks(template: str) -> set[str]:
    return set(environment(resource("templates")).get_template(f"{template}.j2").blocks)


@pytest.mark.parametrize("language", OTHERS)
def test_vii_2_every_clause_that_lives_on_and_every_due_date_has_a_title_in_each_language(
    language: str,
) -> None:
    named = PaperWords(language).fixed.named(DEFINITION)

    living = [clause.id for clause in DEFINITION.clauses if clause.survival is not Survival.NONE]
    assert len(living) > 10
    for clause in living:
        assert named.clause(clause).title != DEFINITION.clause(clause).title
    for duty in DEFINITION.duties:
        assert named.duty(duty.id).title != duty.title


def test_vii_2_the_kinds_of_status_on_record_are_those_that_have_words(case: Case) -> None:
    assert case.states == {InstrumentStatus, ArrangementStatus, EmblemStatus, DataHolding}
    assert case.states <= set(PRINTED)
