"""The words of a written record in the language of its case: from `templates/records/words/`, dates included."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.agreement.definition import Definition
from bot.letters import zone_name
from bot.resources import resource

TITLED = ("clauses", "duties", "levels")
"""The parts of an agreement whose titles are our own words."""


@dataclass(frozen=True)
class RecordWords:
    """One language's words, and how it writes days, hours and lists."""

    language: str
    table: Mapping[str, Any]

    def say(self, part: str, name: str, **facts: object) -> str:
        """The words `name` of one part, filled with `facts`; what people typed stays as it is."""
        return str(self.table[part][name]).format(**facts)

    def day(self, value: date) -> str:
        """A legal day in full; French says "1er" of the first of a month."""
        dates = self.table["dates"]
        pattern = dates.get("first", dates["day"]) if value.day == 1 else dates["day"]
        return str(format_date(value, pattern, locale=dates["locale"]))

    def instant(self, value: datetime, zone: str) -> str:
        """An instant as people in `zone` read it, with the zone named."""
        local = value.astimezone(ZoneInfo(zone))
        form = "utc" if zone == "UTC" else "instant"
        time = self.say("dates", "time", hour=local.hour, minute=local.minute)
        return self.say("dates", form, day=self.day(local.date()), time=time, zone=self.zone(zone))

    def zone(self, zone: str) -> str:
        """A time zone as people call it."""
        return str(self.table["zones"].get(zone) or zone_name(zone))

    def listed(self, words: Sequence[str]) -> str:
        """Several things in a row: a, b and c."""
        last = self.say("said", "list_and").join(words[-2:])
        return ", ".join([*words[:-2], last])

    def party(self, definition: Definition, party_id: str) -> dict[str, str]:
        """A party's name and abbreviation, in English where this language has none for it."""
        party = definition.party(party_id)
        known: Mapping[str, str] = self.table["parties"].get(party_id, {})
        return {"name": party.name, "abbreviation": party.abbreviation, **known}

    def named(self, definition: Definition) -> Definition:
        """The agreement with its parties, clauses, duties and levels called as in this language.

        A title that an amendment gave, or that this language has no words for, stays as it is.
        """
        update: dict[str, Any] = {name: self._titled(getattr(definition, name)) for name in TITLED}
        update["parties"] = tuple(
            party.model_copy(update=self.party(definition, party.id)) for party in definition.parties
        )
        earlier = definition.earlier()
        if earlier:
            update["before"] = self.named(earlier[0])
        return definition.model_copy(update=update)

    def _titled(self, parts: Sequence[Any]) -> tuple[Any, ...]:
        known: Mapping[str, str] = self.table.get("names", {})
        return tuple(part.model_copy(update={"title": known.get(part.title, part.title)}) for part in parts)

    def title(self, definition: Definition) -> str:
        """The agreement's name."""
        return str(self.table["agreements"].get(definition.id, definition.title))

    def rule(self, definition: Definition, clause: str) -> str:
        """A clause in our own words."""
        return str(self.table["rules"].get(clause, definition.clause(clause).summary))


@cache
def record_words(language: str) -> RecordWords:
    """The words of one language, read once."""
    file = resource("templates") / "records" / "words" / f"{language}.toml"
    return RecordWords(language, tomllib.loads(file.read_text(encoding="utf-8")))
