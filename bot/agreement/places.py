"""Countries by ISO 3166 code or name, and time zones by their IANA name, as people type them."""

from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

from babel import Locale

NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Codes of two letters that name no country."""


@cache
def countries() -> dict[str, str]:
    """Every country's name by its code."""
    named = Locale("en").territories
    return {
        code: str(name)
        for code, name in named.items()
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES
    }


@cache
def _codes() -> dict[str, str]:
    by_name = {_plain(name): code for code, name in countries().items()}
    return {**by_name, **{code.casefold(): code for code in countries()}}


def _plain(name: str) -> str:
    return name.replace("’", "'").replace("&", "and").casefold().strip()


def country_code(text: str) -> str:
    """The ISO 3166 code of a country that is named by code or name; empty where there is none."""
    return _codes().get(_plain(text), "")


def like_country(text: str) -> str:
    """The name of the country that was most likely meant, if any is close."""
    near = get_close_matches(_plain(text), _codes(), 1, 0.75)
    return countries()[_codes()[near[0]]] if near else ""


@cache
def _zones() -> dict[str, str]:
    return {zone.casefold(): zone for zone in available_timezones() if "/" in zone or zone == "UTC"}


def zone_named(text: str) -> str:
    """The IANA zone of this name, whatever its capitals; empty where there is none."""
    return _zones().get(text.strip().replace(" ", "_").casefold(), "")


def like_zone(text: str) -> str:
    """The zone that was most likely meant: one that names the city, or one spelt nearly so."""
    typed = text.strip().replace(" ", "_").casefold()
    cities = {zone.rpartition("/")[2].casefold(): zone for zone in sorted(_zones().values(), reverse=True)}
    near = get_close_matches(typed, _zones(), 1, 0.7) or get_close_matches(typed, cities, 1, 0.7)
    return (_zones().get(near[0]) or cities.get(near[0], "")) if near else ""
