"""Joint papers speak the languages both parties work in; days, hours and words are written as each writes them."""

from datetime import UTC, date, datetime

import pytest

from bot.agreement.emblem_cases import CaseLanguage
from bot.paper_words import PaperWords, paper_words
from bot.resources import resource
from tests.office import DEFINITION


def test_the_languages_are_those_of_both_parties_english_first() -> None:
    assert [said.language for said in paper_words(DEFINITION)] == ["en", "es", "fr"]


def test_a_language_of_one_party_alone_is_none_of_a_joint_paper() -> None:
    ilo, iom = DEFINITION.parties
    only = DEFINITION.model_copy(
        update={"parties": (ilo, iom.model_copy(update={"languages": ("fr", "ar")}))}
    )
    assert [said.language for said in paper_words(only)] == ["en", "fr"]


@pytest.mark.parametrize(
    ("language", "day", "instant"),
    [
        ("en", "Monday 1 March 2027", "Friday 1 January 2027 at 01:00 (Geneva time)"),
        ("fr", "lundi 1er mars 2027", "vendredi 1er janvier 2027 à 1\u00a0h\u00a000 (heure de Genève)"),
        ("es", "lunes 1 de marzo de 2027", "viernes 1 de enero de 2027 a las 01:00 (hora de Ginebra)"),
    ],
)
def test_days_and_hours_are_written_as_the_language_writes_them(
    language: str, day: str, instant: str
) -> None:
    said = PaperWords(language)
    assert said.day(date(2027, 3, 1)) == day
    assert said.instant(datetime(2027, 1, 1, tzinfo=UTC), "Europe/Zurich") == instant


def test_a_word_that_a_language_lacks_is_said_in_english_so_that_no_record_is_held_up() -> None:
    lacking = [
        member for member in CaseLanguage if f"case_language_{member.value}" not in _words_of("terms_fr.j2")
    ]
    for member in lacking:
        assert PaperWords("fr").term(member) == PaperWords("en").term(member)


def _words_of(file: str) -> str:
    return (resource("templates") / "common" / file).read_text(encoding="utf-8")
