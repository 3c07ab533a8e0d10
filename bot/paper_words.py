"""The words of joint papers in each language both parties work in: templates of the same name, one a language.

English stands in `<name>.j2`, another language in `<name>_<language>.j2` beside it. Days, hours, periods, places
and terms inside are written as that language writes them; what people typed stays as they typed it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache, partial

from babel import Locale
from babel.lists import format_list
from babel.units import format_unit

from bot.agreement.definition import Definition
from bot.agreement.desk import Desk
from bot.letters import counts, environment, term_block, tidy
from bot.letters import term as english_term
from bot.record_words import RecordWords, record_words
from bot.renderings import Renderings
from bot.resources import resource
from bot.shapes import plain

FIRST = "en"
"""The language whose templates carry no ending, and whose version of a record stands for all of them."""


@dataclass(frozen=True)
class PaperWords:
    """What a joint paper says in one language."""

    language: str

    @property
    def fixed(self) -> RecordWords:
        """The words that all records of this language share."""
        return record_words(self.language)

    def say(self, template: str, part: str, facts: Mapping[str, object]) -> str:
        """One part of a template, as plain text; in English where this language has no such part yet.

        Raises jinja2.UndefinedError when a fact is missing.
        """
        made, name = _renderings(self.language), self._file(template)
        if part not in made.blocks(name):
            made, name = _renderings(FIRST), f"{template}.j2"
        return plain(made.say(name, (part,), facts)[part])

    def parts(self, template: str, facts: Mapping[str, object]) -> dict[str, str]:
        """Every part of a template, as plain text."""
        made, name = _renderings(self.language), self._file(template)
        return {part: plain(text) for part, text in made.say(name, made.blocks(name), facts).items()}

    def at(self, desk: Desk) -> Desk:
        """The same desk, at which parties, clauses and duties are called as in this language."""
        return replace(desk, definition=self.fixed.named(desk.definition))

    def day(self, value: date) -> str:
        """A legal day in full."""
        return self.fixed.day(value)

    def instant(self, value: datetime, zone: str) -> str:
        """An instant as people in `zone` read it, with the zone named."""
        return self.fixed.instant(value, zone)

    def term(self, value: StrEnum) -> str:
        """The word for a member of an enum."""
        return plain(_term(self.language, value))

    def says(self, template: str, part: str) -> bool:
        """Whether a template has this part in this language."""
        return part in _renderings(self.language).blocks(self._file(template))

    def _file(self, template: str) -> str:
        return f"{template}{_ending(self.language)}.j2"


def paper_words(definition: Definition) -> tuple[PaperWords, ...]:
    """The languages that every party works in and that there are words for, English first."""
    folder = resource("templates") / "records" / "words"
    known = {file.stem for file in folder.glob("*.toml")}
    shared = known.intersection(*(party.languages for party in definition.parties)) | {FIRST}
    return tuple(PaperWords(language) for language in sorted(shared, key=lambda one: (one != FIRST, one)))


def _ending(language: str) -> str:
    return "" if language == FIRST else f"_{language}"


@cache
def _renderings(language: str) -> Renderings:
    said, locale = record_words(language), Locale(language)
    env = environment(resource("templates"))
    if language == FIRST:
        return Renderings(env, tidy)
    env = env.overlay()
    env.filters = {**env.filters, **_filters(said, locale), "term": partial(_term, language)}
    return Renderings(env, tidy)


def _filters(said: RecordWords, locale: Locale) -> dict[str, Callable[..., str]]:
    return {
        "day": said.day,
        "day_after": lambda value: said.day(value + timedelta(days=1)),
        "instant": said.instant,
        "zone": said.zone,
        "period": partial(_period, locale),
        "plural": partial(_counted, locale),
        "place": partial(_place, locale),
    }


def _place(locale: Locale, scope: str) -> str:
    """A country by its code, or a region of the world by its English name; any other name stays as it is."""
    codes = {name: code for code, name in Locale(FIRST).territories.items()}
    return str(locale.territories.get(codes.get(scope, scope), scope))


def _period(locale: Locale, text: str) -> str:
    return str(format_list([_counted(locale, *each) for each in counts(text)], locale=locale))


def _counted(locale: Locale, count: int, unit: str) -> str:
    """A number with its unit, which stay on one line."""
    return str(format_unit(count, f"duration-{unit}", locale=locale)).replace(" ", "\u00a0")


def _term(language: str, value: StrEnum) -> str:
    """In English where this language has no word yet: a record is never held up by a missing one."""
    file, block = f"common/terms{_ending(language)}.j2", term_block(value)
    made = _renderings(language)
    if language == FIRST or block not in made.blocks(file):
        return english_term(value)
    return made.say(file, (block,), {})[block]
