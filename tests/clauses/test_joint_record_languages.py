"""VII.3, VIII, IX.1: the joint records of amendments, settled disputes and started projects in three languages."""

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from jinja2 import nodes
from pypdf import PdfReader
from sqlalchemy import text as sql

from bot.agreement.amending import Change, ChangedPart, Target, amended
from bot.agreement.channels import Level
from bot.agreement.definition_values import Basis
from bot.agreement.dispute_notes import digest as note_digest
from bot.agreement.disputes import DisputeDeed, DisputeLevel
from bot.agreement.files import Record, records_of
from bot.agreement.project_data import DataPrinciple, PrincipleMet
from bot.agreement.project_gates import Gate, GateBasis
from bot.agreement.project_results import ResultKind, SharedOwner
from bot.letters import environment, snake
from bot.migrations import newest
from bot.paper_words import PaperWords
from bot.project_records import project_paper
from bot.record_words import TITLED, record_words
from bot.resources import resource
from tests.clauses import amending, preparing, recorded
from tests.clauses.exchanging import KENYA
from tests.clauses.test_iv_6_1_projects import PROJECT
from tests.cli.conftest import CommandLine
from tests.handlers import disputing as d
from tests.handlers import test_instruments as instruments
from tests.office import DEFINITION, Office, Servers, words_of

LANGUAGES = ("en", "es", "fr")
OTHERS = ("es", "fr")
PAPERS = {"project": ("project:1", 1), "dispute": ("dispute:1", 2), "amendment": ("amendment:1", 3)}
TEMPLATES = {
    "project": ("projects/paper", "projects/paper_lines", "channels/places"),
    "dispute": ("disputes/paper", "disputes/paper_lines"),
    "amendment": (
        *("amendments/record", "amendments/targets", "amendments/values"),
        *("amendments/why", "ledger/why", "agreement/basis"),
    ),
}
"""Where the English words of each paper stand, besides the terms."""
PRINTED = {
    "project": (Gate, ResultKind, SharedOwner, DataPrinciple, PrincipleMet),
    "dispute": (DisputeLevel, DisputeDeed),
    "amendment": (Basis,),
}
"""The enums whose members each paper may print."""
EXPECTED = {
    ("project", "fr"): (
        "Projet commun 2026/1 : points réglés avant son lancement",
        "Kenya (pays)",
        "Ce qui appartient à chacun (IX.2-4)",
        "les deux parties ensemble",
        "Proportionnalité et nécessité",
        "à respecter au plus tard le lundi 1er février 2027 : Encrypt & lock the drive.",
        "The project drive of IOM ; personne",
    ),
    ("project", "es"): (
        "Proyecto conjunto 2026/1: lo acordado antes de su inicio",
        "Kenia (país)",
        "Lo que pertenece a cada parte",
        "ambas partes conjuntamente",
        "Rendición de cuentas",
        "a más tardar el lunes 1 de febrero de 2027: Encrypt & lock the drive.",
        "The project drive of IOM; nadie",
    ),
    ("dispute", "fr"): (
        "Règlement du différend 2026/1",
        "Diffusion restreinte. Réglé à l’amiable",
        "déclaration : The costs were put on us alone, without a word in writing.",
        "note de règlement renvoyée : The day is missing.",
        "Confirmée mot pour mot par Helena Costa (OIM) le lundi 23 novembre 2026 à 10 h 00 (heure de Genève).",
    ),
    ("dispute", "es"): (
        "Solución de la controversia 2026/1",
        "Distribución restringida. Solucionada amistosamente",
        "propuesta: One half each, counted from the opening.",
        "nota de solución devuelta: The day is missing.",
        "por Helena Costa (OIM) el lunes 23 de noviembre de 2026 a las 10:00 (hora de Ginebra).",
    ),
    ("amendment", "fr"): (
        "Amendement 2026/1 : A longer notice",
        "Clause VII.1-2 : Fin anticipée de l’Accord",
        "2 mois ; à compter de ce jour : 3 mois",
        "La périodicité au niveau « Pays » : Échange d’informations",
        "fixé par le texte ; à compter de ce jour : règle de travail, et non le texte",
        "6 mois, 14 jours, le jour même",
        "À compter de ce jour, la clause est abrogée.",
        "jeudi 22 juillet 2032",
        "un préavis de 3 mois est donné à temps selon toutes les lectures",
        "IV.1 Échange d’informations, Afrique",
        "signed.pdf, remis par l’OIT",
    ),
    ("amendment", "es"): (
        "Enmienda 2026/1: A longer notice",
        "Cláusula VII.1-2: Terminación anticipada del Acuerdo",
        "2 meses; a partir de ese día: 3 meses",
        "La periodicidad en el nivel «País»: Intercambio de información",
        "6 meses, 14 días, el mismo día",
        "A partir de ese día, la cláusula queda derogada.",
        "jueves 22 de julio de 2032",
        "un preaviso de 3 meses se da a tiempo según todas las lecturas",
        "IV.1 Intercambio de información, Kenia",
        "signed.pdf, entregado por la OIT",
    ),
}
AS_IN_ENGLISH = re.compile(r"[\d/]+|[0-9a-f]{64}|ILO-IOM/2026/\d+|2026-11-23T\S+|(IV|V|VI|IX)\.\S+(, \S+)*")
"""Numbers, hashes, instants and clauses, which are the same in every language."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, servers: Servers) -> Iterator[Office]:
    """An office in which a project was started, a dispute settled and an amendment signed; it is only read."""
    data = tmp_path_factory.mktemp("kept")
    with Office(data, f"sqlite:///{data / 'comity.db'}", servers) as office:
        office.move_in()
        for case in (recorded.project, recorded.dispute, recorded.amendment):
            case(office)
        yield office


def made(office: Office, paper: str) -> dict[str, Record]:
    with office.reading() as desk:
        found = {record.language: record for record in records_of(desk.session, PAPERS[paper][0])}
        desk.session.expunge_all()
    return found


@cache
def pdf(office: Office, paper: str, language: str) -> PdfReader:
    return PdfReader(BytesIO(made(office, paper)[language].content))


def flat(text: str) -> str:
    """No-break spaces and line ends count as spaces."""
    return " ".join(text.split())


@cache
def said(office: Office, paper: str, language: str) -> str:
    return flat(" ".join(page.extract_text() for page in pdf(office, paper, language).pages))


def texts(value: Any) -> Iterator[str]:
    """Every text somewhere in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from texts(list(value.values()))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts(each)


HELD = [{**preparing.HELD, **entry} for entry in recorded.REGISTER]
TYPED = [
    *texts([getattr(recorded, name) for name in dir(recorded) if name.isupper()]),
    *texts([d.GRIEVANCE, d.SETTLEMENT, PROJECT, instruments.PARTICULARS]),
    *texts([preparing.WHY_NONE, preparing.RESULT, preparing.HELD, preparing.KEPT]),
    *texts([amending.START, amending.SIGNED, "signed.pdf", "G. Houngbo", "A. Pope"]),
    *[f"{row['data']} ({row['whose']})" for row in HELD],
    *[f"{row['kept_at']}; {row['transfers']}" for row in HELD],
    *[clause.summary for clause in DEFINITION.clauses],
]
"""What people wrote into the cases, and the present words of the clauses that they changed."""
NAMES = {*d.SEES, *d.UNSEEN}


def literal(template: str, blocks: frozenset[str] = frozenset()) -> Iterator[str]:
    """The words that stand in an English template, or in some blocks of it."""
    env = environment(resource("templates"))
    source = (resource("templates") / f"{template}.j2").read_text(encoding="utf-8")
    tree = env.parse(source)
    parts = [block for block in tree.find_all(nodes.Block) if block.name in blocks] if blocks else [tree]
    for part in parts:
        yield from (data.data for data in part.find_all(nodes.TemplateData))
        yield from (each.value for each in part.find_all(nodes.Const) if isinstance(each.value, str))


def term_blocks(paper: str) -> frozenset[str]:
    return frozenset(f"{snake(kind.__name__)}_{one.value}" for kind in PRINTED[paper] for one in kind)


def sentences(paper: str) -> set[str]:
    """The English words of a paper in pieces of two words and more, but for what people also typed."""
    found = [piece for template in TEMPLATES[paper] for piece in literal(template)]
    found += literal("common/terms", term_blocks(paper))
    found += [part.title for name in TITLED for part in getattr(DEFINITION, name) if paper == "amendment"]
    pieces = {flat(piece).strip(" .,:;()“”") for piece in found}
    everything = flat(" ".join(TYPED))
    return {piece for piece in pieces if " " in piece and len(piece) > 7 and piece not in everything}


@pytest.mark.parametrize("paper", PAPERS)
def test_vii_3_viii_ix_1_a_a_joint_record_is_made_in_three_languages_under_one_number(
    kept: Office, paper: str
) -> None:
    records, seq = made(kept, paper), PAPERS[paper][1]

    assert list(records) == ["en", "es", "fr"]
    assert {record.number for record in records.values()} == {f"ILO-IOM/2026/00{seq}"}
    endings = {"en": "", "es": "-es", "fr": "-fr"}
    assert {language: record.name for language, record in records.items()} == {
        language: f"ILO-IOM-2026-00{seq}{ending}.pdf" for language, ending in endings.items()
    }


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("paper", PAPERS)
def test_vii_3_viii_ix_1_a_a_record_says_it_in_its_language_and_shows_what_was_typed_as_it_is(
    kept: Office, paper: str, language: str
) -> None:
    words = said(kept, paper, language)

    assert [each for each in EXPECTED[paper, language] if each not in words] == []
    assert "ILO)" not in words
    assert "IOM)" not in words


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("paper", PAPERS)
def test_vii_3_viii_ix_1_a_no_english_sentence_remains_in_another_language(
    kept: Office, paper: str, language: str
) -> None:
    english = {each for each in sentences(paper) if each in said(kept, paper, "en")}
    assert len(english) > 12

    words = said(kept, paper, language)
    assert sorted(each for each in sentences(paper) if each in words) == []


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("paper", PAPERS)
def test_vii_3_viii_ix_1_a_what_is_the_same_in_two_languages_was_typed_or_is_a_name_or_number(
    kept: Office, paper: str, language: str
) -> None:
    facts = {one: json.loads(pdf(kept, paper, one).attachments["facts.json"][0]) for one in ("en", language)}
    pairs = list(zip(texts(facts["en"]), texts(facts[language]), strict=True))
    assert len(pairs) > 40

    lines = {line.strip() for each in TYPED for line in each.splitlines()} | {*TYPED}
    same = {one for one, other in pairs if one == other} - lines - NAMES - {""}
    assert sorted(one for one in same if not AS_IN_ENGLISH.fullmatch(one)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", PAPERS)
def test_vii_3_viii_ix_1_a_the_document_is_tagged_with_its_language(
    kept: Office, paper: str, language: str
) -> None:
    document = pdf(kept, paper, language)

    assert str(document.root_object["/Lang"]).startswith(f"{language}-")
    assert document.metadata is not None
    assert str(document.metadata.title).endswith(f" ILO-IOM/2026/00{PAPERS[paper][1]}")
    assert json.loads(document.attachments["facts.json"][0])["language"] == language


def test_vii_3_viii_ix_1_a_each_of_the_files_is_found_genuine(kept: Office, tmp_path: Path) -> None:
    with kept.database.writing() as session:
        session.connection().execute(sql("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        session.connection().execute(sql(f"INSERT INTO alembic_version VALUES ('{newest()}')"))
    comity = CommandLine(tmp_path, {"DATABASE_URL": str(kept.database.engine.url), "DATA": str(tmp_path)})
    files = {}
    for paper in PAPERS:
        for record in made(kept, paper).values():
            (tmp_path / record.name).write_bytes(record.content)
            files[record.name] = record.number

    told = comity.done("verify", *(str(tmp_path / name) for name in files)).splitlines()

    assert len(files) == 9
    assert [line.partition(", byte")[0] for line in told] == [
        f"{name} is genuine: it is record {number}" for name, number in files.items()
    ]


def test_viii_none_of_the_three_files_goes_to_anybody_who_may_not_know_of_the_dispute(kept: Office) -> None:
    names = {record.name for record in made(kept, "dispute").values()}

    def files(messages: list[dict[str, Any]]) -> list[str]:
        return [
            one["name"] for message in messages for one in message.get("files", []) if one["name"] in names
        ]

    for name in d.SEES:
        assert sorted(files(kept.direct(name))) == sorted(names), name
    for name in d.UNSEEN:
        assert files(kept.direct(name)) == [], name
        assert "ispute" not in words_of(kept.direct(name)), name
    for channel in (amending.LIAISON, KENYA, "ilo-iom-horn-of-africa"):
        assert files(kept.channel(channel)) == [], channel


@pytest.mark.parametrize(("paper", "channel"), [("project", KENYA), ("amendment", amending.LIAISON)])
def test_vii_3_ix_1_a_the_three_files_are_handed_over_beside_the_card_with_a_word_on_each(
    kept: Office, paper: str, channel: str
) -> None:
    records = made(kept, paper)

    thread = kept.channel(channel)
    files = [one["name"] for message in thread for one in message.get("files", [])]
    assert [name for name in files if name.startswith("ILO-IOM")] == [one.name for one in records.values()]
    number = records["en"].number
    assert f"Record {number} in French." in words_of(thread)
    assert f"Record {number} in Spanish." in words_of(thread)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("paper", PAPERS)
def test_vii_3_viii_ix_1_a_every_member_that_a_paper_may_print_has_its_word(
    paper: str, language: str
) -> None:
    known = blocks(f"common/terms_{language}")

    assert sorted(term_blocks(paper) - known) == []


def blocks(template: str) -> set[str]:
    env = environment(resource("templates"))
    source = (resource("templates") / f"{template}.j2").read_text(encoding="utf-8")
    return {block.name for block in env.parse(source).find_all(nodes.Block)}


@pytest.mark.parametrize("language", OTHERS)
def test_vii_3_everything_that_an_amendment_may_change_has_its_words(language: str) -> None:
    assert {part.value for part in ChangedPart} <= blocks(f"amendments/targets_{language}")
    for template in ("amendments/record", "projects/paper", "projects/paper_lines", "channels/places"):
        assert blocks(template) == blocks(f"{template}_{language}")
    for template in ("disputes/paper", "disputes/paper_lines"):
        assert blocks(template) == blocks(f"{template}_{language}")
    assert {level.value for level in Level} <= blocks(f"channels/places_{language}")


@pytest.mark.parametrize("language", OTHERS)
def test_vii_3_every_event_reading_and_title_of_the_agreement_has_its_words(language: str) -> None:
    def keys(template: str) -> set[str]:
        env = environment(resource("templates"))
        source = (resource("templates") / f"{template}.j2").read_text(encoding="utf-8")
        pairs = env.parse(source).find_all(nodes.Pair)
        return {str(pair.key.value) for pair in pairs if isinstance(pair.key, nodes.Const)}

    assert keys("ledger/why") | keys("agreement/basis") <= keys(f"amendments/why_{language}")
    known = record_words(language).table["names"]
    titles = {part.title for name in TITLED for part in getattr(DEFINITION, name)}
    assert sorted(titles - known.keys()) == []


@pytest.mark.parametrize("language", OTHERS)
def test_vii_3_a_title_that_an_amendment_gave_stays_as_it_was_typed(language: str) -> None:
    change = Change("I.2", Target(ChangedPart.WORDS), title="Shared aims", summary="Other words.")
    named = record_words(language).named(amended(DEFINITION, [change], date(2027, 2, 1), "2026/1"))

    assert named.clause("I.2").title == "Shared aims"
    earlier = named.earlier()
    assert earlier is not None
    assert earlier[0].clause("I.2").title != DEFINITION.clause("I.2").title
    assert named.clause("X.1").title != DEFINITION.clause("X.1").title
    assert [party.abbreviation for party in named.parties] == ["OIT", "OIM"]
    assert record_words("en").named(DEFINITION) == DEFINITION


@pytest.mark.parametrize("language", OTHERS)
def test_vii_3_a_part_that_a_language_lacks_is_said_in_english_so_that_no_record_is_held_up(
    language: str,
) -> None:
    assert PaperWords(language).say("amendments/values", "unit_D", {}) == "days"


@pytest.mark.parametrize(
    ("language", "why", "owed"),
    [
        ("fr", "aucune donnée personnelle n’est traitée", "date de fin"),
        ("es", "no se tratan datos", "término"),
    ],
)
def test_ix_1_d_a_project_without_data_or_an_end_says_so_in_each_language(
    office: Office, language: str, why: str, owed: str
) -> None:
    preparing.started(office)

    with office.reading() as desk:
        row = preparing.project(office)
        said_of = project_paper(desk, row.key, PaperWords(language))
    data = said_of.sections[4].paragraphs
    assert len(data) == 2
    assert all(why in line and "Only published statistics are used." in line for line in data)
    facts = {"starts_on": row.starts_on, "ends_on": None}
    assert owed in PaperWords(language).say("projects/paper", "days", facts)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("basis", [*GateBasis, None])
def test_ix_1_a_what_a_gate_rests_on_is_said_in_each_language(language: str, basis: GateBasis | None) -> None:
    instrument = {"number": "2026/4", "title": "Typed title"}
    row = {"gate": Gate.AGREEMENT, "basis": basis, "instrument": instrument}
    row |= {"sha256": preparing.DIGEST, "kept_at": "Registry", "reason": "Typed reason"}

    english, other = (
        PaperWords(one).say("projects/paper_lines", "basis", {"row": row}) for one in ("en", language)
    )

    typed = {"2026/4", "Typed title", preparing.DIGEST, "Registry", "Typed reason"}
    assert {each for each in typed if each in english} == {each for each in typed if each in other}
    assert english != other


@pytest.mark.parametrize("name", ["amendments", "disputes", "projects", "channels", "common"])
def test_vii_3_viii_ix_1_a_french_signs_keep_to_their_words(name: str) -> None:
    files = [*(resource("templates") / name).glob("*_fr.j2")]
    assert files

    for file in files:
        words = [piece for piece in literal(f"{name}/{file.stem}") if "=" not in piece]
        assert [piece for piece in words if re.search(r" [:;?!»]|« ", piece)] == [], file.name


def test_viii_the_note_stands_in_its_exact_words_in_each_language(kept: Office) -> None:
    for language in LANGUAGES:
        words = said(kept, "dispute", language)
        assert note_digest(recorded.NOTE)[:20] in words.replace(" ", "")
        assert all(flat(line) in words for line in recorded.NOTE.splitlines())
