"""VI.1: the written record in the language of the case: its words, its days, and what people typed untouched."""

import json
import re
import tomllib
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import select

from bot.agreement.emblem_cases import CaseLanguage, preferred
from bot.agreement.files import Record
from bot.agreement.people import Person
from bot.agreement.rights import Role
from bot.record_words import record_words
from bot.resources import resource
from tests.clauses.owning import instruct, letter
from tests.handlers.test_emblems import USE, ask
from tests.office import ZURICH, Office, words_of

LONG = "Une très longue explication, avec « guillemets » et <!channel> #strong[x] & $x$. " * 40
EXPECTED = {
    "fr": [
        "Procès-verbal de décision sur l’usage d’un nom ou d’un emblème",
        "Organisation internationale du Travail · Organisation internationale pour les migrations",
        "Du lundi 11 janvier 2027 au vendredi 31 décembre 2027, ces deux jours compris",
        "lundi 23 novembre 2026 à 10 h 00 (heure de Zurich)",
        "lundi 23 novembre 2026 à 9 h 00 (UTC)",
        "L’OIT, en tant que partie qui engage la dépense (VI.2)",
        "Approuvée",
        "Habilitation à approuver au nom de l’OIM en vertu de la clause VI.1",
        "Loi type de la CNUDCI sur le commerce électronique",
        "Page 1 sur 1",
    ],
    "es": [
        "Acta de una decisión sobre el uso de un nombre o emblema",
        "Organización Internacional del Trabajo · Organización Internacional para las Migraciones",
        "Del lunes 11 de enero de 2027 al viernes 31 de diciembre de 2027, ambos días incluidos",
        "lunes 23 de noviembre de 2026 a las 10:00 (hora de Zúrich)",
        "lunes 23 de noviembre de 2026 a las 09:00 (UTC)",
        "La OIT, como parte que incurre en el gasto (VI.2)",
        "Aprobada",
        "Habilitación para aprobar en nombre de la OIM en virtud de la cláusula VI.1",
        "Ley Modelo de la CNUDMI sobre Comercio Electrónico",
        "Página 1 de 1",
    ],
}


def table(language: str) -> dict[str, Any]:
    file = resource("templates") / "records" / "words" / f"{language}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def leaves(words: dict[str, Any], name: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in words.items():
        full = f"{name}.{key}"
        found |= leaves(value, full) if isinstance(value, dict) else {full: str(value)}
    return found


def pdf(office: Office) -> PdfReader:
    with office.reading() as desk:
        return PdfReader(BytesIO(desk.session.exec(select(Record)).one().content))


def text(office: Office) -> str:
    """What the record says; no-break spaces count as spaces."""
    return " ".join(" ".join(page.extract_text() for page in pdf(office).pages).split())


def approved(office: Office, language: str, **changes: Any) -> None:
    ask(office, language=language, **changes)
    office.click("Yuki Tanaka", "emblems.approve")
    office.deliver()


@pytest.mark.parametrize("language", ["fr", "es"])
def test_vi_1_every_fixed_word_of_the_record_is_there_in_each_language(language: str) -> None:
    english, other = leaves(table("en")), leaves(table(language))

    assert sorted(english.keys() - other.keys()) == []
    assert [name for name, words in english.items() if slots(words) != slots(other[name])] == []
    same = {name for name in english if english[name] == other[name] and not name.startswith(".dates")}
    assert same <= {".page.page", ".labels.conditions", ".labels.question", ".labels.clause"}, same


def slots(words: str) -> set[str]:
    return set(re.findall(r"{(\w+)[^}]*}", words))


@pytest.mark.parametrize("language", list(CaseLanguage))
def test_vi_1_every_capacity_and_party_has_its_word(office: Office, language: str) -> None:
    said = record_words(language)

    assert all(said.say("roles", role.value) for role in Role)
    with office.reading() as desk:
        names = {said.party(desk.definition, party.id)["name"] for party in desk.definition.parties}
    assert len(names) == 2


@pytest.mark.parametrize("language", ["fr", "es"])
def test_vi_1_the_record_is_written_in_the_language_of_the_case(office: Office, language: str) -> None:
    approved(office, language)

    said = text(office)
    assert [words for words in EXPECTED[language] if words not in said] == []
    assert "To show that the study was made together." in said
    made = pdf(office)
    assert str(made.root_object["/Lang"]).startswith(language)
    facts = json.loads(made.attachments["facts.json"][0])
    assert facts["language"] == language
    shown = words_of(office.channel("ilo-iom-liaison"))
    assert f"*Language of the record:* {'French' if language == 'fr' else 'Spanish'}" in shown


def test_vi_1_the_form_begins_with_the_language_of_whoever_asks(office: Office) -> None:
    with office.database.writing() as session:
        person = session.exec(select(Person).where(Person.name == "Mei Chen")).one()
        person.language = "fr-CH"
        session.add(person)
    office.command("Mei Chen", "/emblem request")
    office.submit("Mei Chen", USE)
    office.deliver()
    office.click("Yuki Tanaka", "emblems.approve")

    assert "Procès-verbal" in text(office)


@pytest.mark.parametrize(("known", "language"), [("fr", "fr"), ("es-MX", "es"), ("de", "en"), ("", "en")])
def test_vi_1_a_language_that_the_parties_do_not_share_gives_english(known: str, language: str) -> None:
    assert preferred(known) == language


def test_vi_1_days_hours_and_lists_are_written_as_each_language_does() -> None:
    first, at = date(2027, 3, 1), datetime(2027, 3, 1, 8, 5, tzinfo=UTC)

    french, spanish, english = record_words("fr"), record_words("es"), record_words("en")

    assert french.day(first) == "lundi 1er mars 2027"
    assert spanish.day(first) == "lunes 1 de marzo de 2027"
    assert english.day(first) == "Monday 1 March 2027"
    assert french.instant(at, "Africa/Nairobi").replace("\u00a0", " ").endswith("11 h 05 (heure de Nairobi)")
    assert spanish.instant(at, "Europe/Zurich").endswith("a las 09:05 (hora de Zúrich)")
    assert english.instant(at, "UTC").endswith("at 08:05 (UTC)")
    assert french.listed(["a", "b", "c"]) == "a, b et c"
    assert french.listed(["a"]) == "a"
    assert french.listed([]) == ""


@pytest.mark.parametrize("language", ["fr", "es"])
def test_vi_1_a_letter_and_instructions_are_named_in_the_language_of_the_case(
    office: Office, language: str
) -> None:
    instruct(office)
    ask(office, language=language, instructions_read=["1"])
    letter(office, answer="approved_with_conditions", reason="Conditions in English.")

    said = text(office)
    form = {"fr": "Lettre signée du vendredi 20 novembre 2026", "es": "Carta firmada de fecha viernes 20"}
    assert form[language] in said
    assert {"fr": "Version 1 des instructions du titulaire", "es": "Versión 1 de las instrucciones"}[
        language
    ] in said
    assert "Conditions in English." in said


@pytest.mark.parametrize("language", ["fr", "es"])
def test_vi_1_a_lapse_is_recorded_in_the_language_of_the_case(office: Office, language: str) -> None:
    ask(office, language=language)
    office.clock.move_to(datetime(2026, 12, 9, 10, tzinfo=ZURICH))
    office.tick()
    office.clock.move_to(datetime(2027, 1, 20, 10, tzinfo=ZURICH))
    office.tick()

    said = text(office)
    assert {"fr": "Le silence ne vaut pas consentement", "es": "El silencio no equivale a consentimiento"}[
        language
    ] in said


@pytest.mark.parametrize("language", list(CaseLanguage))
def test_vi_1_long_and_hostile_text_is_kept_to_the_letter_and_is_no_markup(
    office: Office, language: str
) -> None:
    approved(office, language, purpose=LONG.strip()[:3000], other_logos="{party} {entry} “x” *y*")

    said = text(office)
    assert said.count("<!channel> #strong[x] & $x$.") == LONG[:3000].count("<!channel> #strong[x] & $x$.")
    assert "{party} {entry} “x” *y*" in said
