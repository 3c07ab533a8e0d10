"""V.3 and II: what the dossier says of the record, whoever acted, and what it leaves out."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document

from bot import overview
from bot.agreement.activities import NewActivity, take_in
from bot.agreement.definition import load
from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.agreement.review_windows import NoReviewWindow, proposed_day, window_on
from bot.dossiers.collectors import COLLECTORS
from bot.dossiers.facts import Dossier, dossier
from bot.dossiers.formats import Form, paper_of, sealed, written
from bot.dossiers.shapes import Part
from bot.dossiers.wording import worded
from bot.letters import environment
from bot.resources import resource
from schedules import reviews
from tests.handlers.test_exchanges import share
from tests.office import Office
from tests.settling import both_record_met

HOSTILE = "A & B <b>bold</b> ]]> \x0b {{ 7 * 7 }} *x*"


def of_the_record(office: Office) -> Dossier:
    with office.reading() as desk:
        return dossier(desk, date(2025, 10, 23), desk.today, None)


def part(office: Office, name: str) -> Part:
    (found,) = [each for each in of_the_record(office).parts if each.name == name]
    return found


def counts(found: Part, by: tuple[str, ...]) -> dict[tuple[str, ...], int]:
    (tally,) = [each for each in found.tallies if each.by == by]
    return {row.keys: row.count for row in tally.rows}


def begin(desk: Desk, *, scope: str, area: str) -> Event:
    new = NewActivity(f"item:{scope}{area}", "IV.5-2", "1", "Training", scope, area, date(2026, 1, 1))
    take_in(desk, new)
    return Event(clause="IV.5-2", subject="item:1")


def test_v_3_2_what_both_parties_shared_is_listed_and_counted_by_party_area_and_level(office: Office) -> None:
    share(office)
    share(office, "David Okafor", subject="Another", area="A-AWARE")
    share(office, "Samuel Otieno", "ilo-iom-east-africa")

    found = part(office, "exchanges")

    assert [item.number for item in found.items] == ["2026/1", "2026/2", "2026/3"]
    assert counts(found, ("party", "level")) == {
        ("ILO", "global"): 1,
        ("ILO", "country"): 1,
        ("IOM", "global"): 1,
    }
    assert counts(found, ("area", "party"))[("A-AWARE", "IOM")] == 1


def test_v_3_2_every_act_is_counted_by_clause_party_and_month_and_no_person_is_named(office: Office) -> None:
    share(office)
    office.click("Helena Costa", "exchanges.acknowledge")

    found = part(office, "all_acts")

    assert counts(found, ("clause", "party", "month")) == {
        ("IV.1", "ILO", "2026-11"): 1,
        ("IV.1", "IOM", "2026-11"): 1,
    }
    with office.reading() as desk:
        assert "Mei Chen" not in sealed(desk, of_the_record(office))


def test_ii_activities_are_counted_by_area_and_place_and_tagged_by_area(office: Office) -> None:
    office.act("Amina Diallo", begin, scope="KE", area="A-STRAT")
    office.act("Helena Costa", begin, scope="", area="A-STRAT")

    found = of_the_record(office)

    (activities,) = [each for each in found.parts if each.name == "activities"]
    assert counts(activities, ("scope", "area")) == {("KE", "A-STRAT"): 1, ("", "A-STRAT"): 1}
    assert {tag.term: tag.count for tag in found.tags}["A-STRAT"] == 2
    with office.reading() as desk:
        rows = [row for each in worded(desk, found).sections if each.table for row in each.table.rows]
    assert ("Kenya", "Joint strategies", "1") in rows


def test_v_3_2_open_items_come_to_the_agenda(office: Office) -> None:
    share(office)

    found = of_the_record(office)

    assert ("share", "2026/1") in [(item.kind, item.number) for item in found.open_items]
    assert ("evidence", "V.3-2") in [(item.kind, item.clause) for item in found.open_items]
    with office.reading() as desk:
        (agenda,) = [
            each for each in worded(desk, found).sections if each.heading.startswith("Proposed agenda")
        ]
    assert len(agenda.paragraphs) == 12


@pytest.mark.parametrize("form", list(Form))
def test_hostile_words_stay_words_in_every_form(office: Office, form: Form) -> None:
    share(office, subject=HOSTILE)

    with office.reading() as desk:
        made = written(desk, of_the_record(office), form)

    if form is Form.HTML:
        assert b"A &amp; B &lt;b&gt;bold&lt;/b&gt;" in made
        assert b"{{ 7 * 7 }} *x*" in made
    if form is Form.DOCX:
        cells = [c.text for t in Document(BytesIO(made)).tables for row in t.rows for c in row.cells]
        assert any("A & B <b>bold</b>" in text for text in cells)


def test_a_sealed_version_is_read_back_as_it_was_worded(office: Office) -> None:
    share(office)

    with office.reading() as desk:
        found = of_the_record(office)
        assert paper_of(sealed(desk, found)) == worded(desk, found)
        assert sealed(desk, found) == sealed(desk, of_the_record(office))


def test_every_collector_has_its_words() -> None:
    blocks = set(environment(resource("templates")).get_template("reports/parts.j2").blocks)

    assert blocks == {name for each in COLLECTORS for name in (each.name, f"{each.name}_count")}


def test_v_3_2_an_agreement_without_an_end_has_windows_too() -> None:
    agreement = load("ilo-iom-2020")
    endless = agreement.model_copy(update={"term": agreement.term.model_copy(update={"initial": None})})

    assert window_on(endless, date(2026, 11, 23)) == window_on(agreement, date(2026, 11, 23))
    assert window_on(endless, date(2031, 1, 1)).closes == date(2031, 10, 22)
    with pytest.raises(NoReviewWindow):
        window_on(agreement, date(2029, 10, 23))


def test_the_clock_opens_nothing_for_an_agreement_that_asks_for_no_review(office: Office) -> None:
    agreement = load("ilo-iom-2020")
    duties = tuple(duty for duty in agreement.duties if duty.id != "general-review")

    with office.reading() as desk:
        assert reviews.due(replace(desk, definition=agreement.model_copy(update={"duties": duties}))) == []


def test_v_3_2_on_the_rolling_reading_the_day_proposed_follows_the_last_review(office: Office) -> None:
    rolling = load("ilo-iom-2020").under({"review.scheduling": "rolling"})
    with office.reading() as desk:
        wanted = [row for row in overview.evidence_wanted(desk) if row.clause == "V.3-2"]
        earlier = wanted[-1].key
        window = window_on(rolling, desk.today)
        assert proposed_day(replace(desk, definition=rolling), window) == date(2027, 10, 22)
    both_record_met(
        office,
        occurrence_id=earlier,
        met_on=date(2025, 6, 12),
        evidence="Minutes",
    )

    with office.reading() as desk:
        assert proposed_day(replace(desk, definition=rolling), window) == date(2027, 6, 11)
        assert proposed_day(desk, window) == date(2027, 10, 22)
