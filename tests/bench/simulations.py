"""Ten years simulated, every word of them, beside computing their dates alone: one agreement with 200 offices."""

from collections.abc import Iterator
from datetime import date, timedelta
from inspect import signature

from bot.agreement.calendars import JointCalendar, load_calendar
from bot.agreement.countries import country_codes
from bot.agreement.planning import Place, plan
from bot.simulation import occasions, speak
from tests.bench.bench import Bench
from tests.bench.houses import DEFINITION
from tests.bench.measuring import interleaved, timed
from tests.bench.report import Figure, at_most

SINCE, UNTIL = date(2027, 1, 1), date(2036, 12, 31)
KNOWN_SINCE = SINCE - timedelta(days=1)


def figures(bench: Bench) -> Iterator[Figure]:
    """The one figure: all that would be said, beside the due dates and reminder days it is said of."""
    title = "ten years simulated, 200 offices"
    if "places" not in signature(occasions).parameters:
        yield Figure(
            "simulation/ten-years", title, "s", skipped="bot.simulation.occasions takes no places yet"
        )
        return
    codes = sorted(country_codes())[: bench.of(20, 200)]
    places = [Place("global", "", KNOWN_SINCE), *(Place("country", code, KNOWN_SINCE) for code in codes)]
    folder = bench.place()
    calendar = JointCalendar([load_calendar(folder, party.calendar) for party in DEFINITION.parties])

    def simulate() -> None:
        for occasion in occasions(DEFINITION, calendar, SINCE, UNTIL, places):
            speak(DEFINITION, occasion)

    def compute() -> None:
        for _ in plan(DEFINITION, places, calendar, UNTIL):
            pass

    pairs = interleaved(lambda: timed(simulate), lambda: timed(compute), bench.pairs)
    title = f"ten years simulated, {len(codes)} offices"
    yield Figure("simulation/ten-years", title, "s", pairs, at_most(3), "their dates alone")
