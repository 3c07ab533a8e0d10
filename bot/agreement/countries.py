"""The countries of ISO 3166, whose codes name the channels of country offices."""

from functools import cache
from importlib.resources import files

TABLE = files("tzdata") / "zoneinfo" / "iso3166.tab"


@cache
def country_codes() -> frozenset[str]:
    """Every two-letter code that is assigned, from the table that comes with the time zones."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return frozenset(line[:2] for line in lines if line and not line.startswith("#"))
