"""Words from the templates; the shapes they fill are in `bot.shapes`."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.units import format_unit
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.agreement.periods import Period
from bot.renderings import Renderings
from bot.resources import resource

LOCALES = {"en": "en_GB"}
TERMS = "common/terms.j2"
REMEMBERED = 4096
"""Words for so many days, periods or places are kept in mind; spelling them takes far longer than finding them."""
# They reverse all that follows, so an approver would read something else than what is on record.
OVERRIDES = re.compile("[\u202a\u202b\u202d\u202e]")


Say = Callable[[str, str, Mapping[str, object]], str]
"""Says one part of a template, in one language: `say` in English."""


class Mrkdwn(str):
    """Text that is already safe Slack mrkdwn and must not be escaped again."""


def escape(value: object) -> str:
    """People's own text made inert: Slack decodes only `&`, `<` and `>`."""
    if isinstance(value, Mrkdwn):
        return value
    text = str(value)
    if not text.isascii():
        text = OVERRIDES.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@lru_cache(REMEMBERED)
def day(value: date) -> str:
    """A legal day in full: Thursday 22 August 2030."""
    return format_date(value, "EEEE d MMMM y", locale=LOCALES["en"])


def day_after(value: date) -> str:
    """The day after a legal day, in full: a period counted from a day begins on the next."""
    return day(value + timedelta(days=1))


def instant(value: datetime, zone: str) -> str:
    """An instant as people in `zone` read it, with the zone named: the offset alone tells nobody where."""
    local = value.astimezone(ZoneInfo(zone))
    text = _midnight(local.date()).replace("00:00", f"{local:%H:%M}")
    place = zone_name(zone)
    return f"{text} ({place})" if place == "UTC" else f"{text} ({place} time)"


def hour(value: datetime, zone: str) -> str:
    """What a clock in `zone` shows, with the zone named: 12:00 (Nairobi time)."""
    return instant(value, zone).rpartition(" at ")[2]


@lru_cache(REMEMBERED)
def _midnight(value: date) -> str:
    """The beginning of a day in full, since the day is what costs time to spell."""
    return format_datetime(datetime.combine(value, time()), "EEEE d MMMM y 'at' HH:mm", locale=LOCALES["en"])


@cache
def zone_name(zone: str) -> str:
    """A time zone as people call it: by the words of `common/zones`, or by the city it is named after."""
    known = environment(resource("templates")).get_template("common/zones.j2").blocks
    block = zone.replace("/", "_").lower()
    return say("common/zones", block, {}) if block in known else zone.rsplit("/", 1)[-1].replace("_", " ")


def excerpt(value: object, limit: int) -> str:
    """The beginning of a text, cut between words, with an ellipsis where something is left out."""
    text = str(value)
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip() + "…"


def mention(user_id: str) -> Mrkdwn:
    """A person's name as Slack shows it, which also calls them."""
    return Mrkdwn(f"<@{user_id}>")


def room(channel_id: str) -> Mrkdwn:
    """A channel's name as Slack shows it to whoever may see it."""
    return Mrkdwn(f"<#{channel_id}>")


def link(url: str) -> str:
    """A web address that people can follow; anything else stays inert text."""
    if not url.startswith(("https://", "http://")):
        return url
    address = url.replace("<", "%3C").replace(">", "%3E").replace("|", "%7C").replace(" ", "%20")
    return Mrkdwn(f"<{escape(address)}>")


@lru_cache(REMEMBERED)
def period(text: str) -> str:
    """An ISO 8601 period in words: P6M is "6 months"."""
    return format_list([plural(count, unit) for count, unit in counts(text)], locale=LOCALES["en"])


def counts(text: str) -> list[tuple[int, str]]:
    """An ISO 8601 period as numbers with their units, the longest first: P14M is 1 year and 2 months."""
    length = Period.parse(text)
    parts = [(length.months // 12, "year"), (length.months % 12, "month"), (length.days, "day")]
    return [(count, unit) for count, unit in parts if count]


@lru_cache(REMEMBERED)
def place(scope: str) -> str:
    """A scope as people say it: an ISO 3166 code is a country, anything else the name of a region."""
    return str(Locale("en").territories.get(scope, scope))


@lru_cache(REMEMBERED)
def plural(count: int, unit: str) -> str:
    """A number with its unit: "1 day", "3 days"."""
    return format_unit(count, f"duration-{unit}", locale=LOCALES["en"])


# Typed, since members of two enums that are spelt alike are equal.
@lru_cache(None, typed=True)
def term(value: StrEnum) -> str:
    """The word for a member of an enum: `templates/common/terms.j2` has one block for each."""
    made = environment(resource("templates")).get_template(TERMS)
    return tidy("".join(made.blocks[term_block(value)](made.new_context())))


def term_block(value: StrEnum) -> str:
    """How the lists of terms name the block of a member, in every language."""
    return f"{snake(type(value).__name__)}_{value.value}"


def prepare() -> None:
    """Read the longest of all templates ahead: it takes a tenth of a second, and Slack waits for three."""
    environment(resource("templates")).get_template(TERMS)


def snake(name: str) -> str:
    """A class name as templates spell it: EmblemStatus → emblem_status."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


@cache
def environment(folder: Path) -> Environment:
    """The templates of one folder, strict about every fact and escaping all of them."""
    env = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        auto_reload=False,
        finalize=escape,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(
        day=day,
        day_after=day_after,
        instant=instant,
        hour=hour,
        excerpt=excerpt,
        link=link,
        mention=mention,
        room=room,
        zone=zone_name,
        term=term,
        period=period,
        plural=plural,
        place=place,
    )
    return env


def words(name: str, facts: Mapping[str, object], only: Collection[str] | None = None) -> dict[str, str]:
    """Every part of the template `name` filled with `facts`: `{"notice": …, "body": …}`.

    `only` names the parts that are wanted, where not all are. Each named block is one part; runs of blank
    lines shrink to one so that templates can be laid out to be read. Raises jinja2.UndefinedError when a fact
    is missing.
    """
    made, file = renderings(resource("templates")), f"{name}.j2"
    wanted = [part for part in made.blocks(file) if only is None or part in only]
    return made.say(file, wanted, facts)


def say(name: str, part: str, facts: Mapping[str, object]) -> str:
    """One part of one template: for files that hold a sentence a member, such as errors and statuses."""
    return renderings(resource("templates")).say(f"{name}.j2", (part,), facts)[part]


@cache
def renderings(folder: Path) -> Renderings:
    """What the templates of one folder say."""
    return Renderings(environment(folder), tidy)


def tidy(text: str) -> str:
    """Lines without the spaces of their template, and runs of blank lines as one."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in text.splitlines())).strip()
