"""IV.2-3 through the door: what is only for people named is read by them, on record, and deleted in time."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.agreement.restricted import Recipient, Restricted
from tests.handlers.pressing import buttons, home_words, modal_words, press_modal
from tests.handlers.restricting import (
    LIAISON,
    NAMED,
    SECRET,
    TEXT,
    TITLE,
    entries,
    everything_in_slack,
    leaks,
    protected,
    read,
    refused,
    rows,
    share,
)
from tests.knocking import pressed, user
from tests.office import ZURICH, Office, Servers, words_of


@pytest.fixture
def waiting(office: Office) -> Office:
    """Mei Chen has sent something restricted to three people."""
    share(protected(office))
    return office


def test_iv_2_3_the_people_named_are_told_that_something_waits_and_nobody_else_is(waiting: Office) -> None:
    for name in NAMED:
        notice = waiting.direct(name)[-1]
        assert "Something restricted waits for you (2026/1), from Mei Chen (ILO)." in notice["text"]
        assert [action for action, _ in buttons(notice["blocks"])] == [
            "restricted.read",
            "restricted.acknowledge",
        ]
    assert "You sent restricted information 2026/1" in words_of(waiting.direct("Mei Chen"))
    for name in ("Omar Haddad", "Amina Diallo", "Ines Martin"):
        assert "Something restricted" not in words_of(waiting.direct(name))
    assert not waiting.channel(LIAISON)


def test_iv_2_3_whoever_is_named_reads_it_and_each_reading_is_on_record(waiting: Office) -> None:
    assert TITLE in read(waiting, "Helena Costa")
    assert TEXT in read(waiting, "Helena Costa")

    lines = entries(waiting, "restricted_read")
    assert [(line.actor, line.party, json.loads(line.facts)["first"]) for line in lines] == [
        ("Helena Costa", "iom", True),
        ("Helena Costa", "iom", False),
    ]
    assert "Helena Costa (IOM): read on" in words_of(waiting.direct("Mei Chen"))
    assert "Grace Wanjiru (IOM): not read yet" in words_of(waiting.direct("Mei Chen"))


def test_the_sender_may_read_it_too_and_that_is_on_record(waiting: Office) -> None:
    assert TEXT in read(waiting, "Mei Chen")

    assert [line.actor for line in entries(waiting, "restricted_read")] == ["Mei Chen"]
    assert "restricted.acknowledge" not in str(waiting.modal("Mei Chen")["blocks"])


def test_it_waits_in_the_home_of_the_people_named_until_they_acknowledge(waiting: Office) -> None:
    assert "*Restricted information 2026/1*" in home_words(waiting.home("Helena Costa"))
    assert "Restricted information" not in home_words(waiting.home("Omar Haddad"))

    waiting.click("Helena Costa", "restricted.read", where="home")
    assert TEXT in modal_words(waiting, "Helena Costa")
    press_modal(waiting, "Helena Costa", "restricted.acknowledge")

    home = waiting.slack.home(waiting.id("Helena Costa"))
    assert home is not None
    assert "Restricted information" not in home_words(home)
    assert "Helena Costa (IOM): read on" in modal_words(waiting, "Helena Costa")


def test_whoever_acknowledged_is_told_so_and_the_sender_cannot(waiting: Office) -> None:
    waiting.click("Helena Costa", "restricted.acknowledge", where="direct")
    waiting.click("Helena Costa", "restricted.acknowledge", where="direct")
    pressed(waiting, "ilo", user(waiting, "Mei Chen"), "restricted.acknowledge", "1")

    assert refused(waiting) == [("Helena Costa", "acknowledged_before"), ("Mei Chen", "not_for_sender")]
    assert "You acknowledged 2026/1 already" in words_of(waiting.told("Helena Costa"))
    assert sum(row.acknowledged_at is not None for row in rows(waiting, Recipient)) == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [("subject", " "), ("text", " "), ("retention_until", "2026-11-22")],
)
def test_a_field_that_cannot_be_used_is_named_and_what_was_typed_stays(
    office: Office, field: str, typed: str
) -> None:
    result = share(protected(office), **{field: typed})

    assert list(result.errors) == [field]
    assert rows(office, Restricted) == []
    office.submit("Mei Chen", {field: SECRET[field]})
    assert rows(office, Restricted)[0].text == TEXT


def test_iv_2_3_reading_and_its_record_go_on_after_the_agreement_has_ended(office: Office) -> None:
    share(protected(office), retention_until="2035-01-15")
    office.clock.move_to(datetime(2034, 5, 2, 10, tzinfo=ZURICH))

    assert TEXT in read(office, "Helena Costa")

    (line,) = entries(office, "restricted_read")
    assert line.at.year == 2034
    office.command("Mei Chen", "/exchange restricted")
    assert office.slack.modal(office.id("Mei Chen")) is not None


def test_iv_2_3_after_its_retention_it_is_deleted_and_the_record_stays(waiting: Office) -> None:
    read(waiting, "Helena Costa")
    kept = rows(waiting, Restricted)[0]
    waiting.pass_to(date(2027, 1, 15))
    assert rows(waiting, Restricted)[0].text == TEXT

    waiting.pass_to(date(2027, 1, 19))
    waiting.tick()

    (row,) = rows(waiting, Restricted)
    assert (row.title, row.text, row.sha256) == ("", "", kept.sha256)
    assert row.purged_at is not None
    assert len(rows(waiting, Recipient)) == 3
    assert len(entries(waiting, "restricted_purged")) == 1
    told = [
        said for said in waiting.direct("Mei Chen") if "was deleted, as its time here is over" in said["text"]
    ]
    assert len(told) == 1
    assert "was kept until Friday 15 January 2027, as you asked" in words_of(told)
    assert "restricted.read" not in str(waiting.direct("Helena Costa"))


def test_nobody_reads_it_after_its_retention_even_before_it_is_deleted(waiting: Office) -> None:
    waiting.clock.move_to(datetime(2027, 1, 16, 3, tzinfo=ZURICH))

    waiting.click("Helena Costa", "restricted.read", where="direct")

    assert refused(waiting) == [("Helena Costa", "kept_no_longer")]
    assert rows(waiting, Restricted)[0].text == TEXT
    assert "Restricted information" not in home_words(waiting.home("Helena Costa"))


def test_what_was_to_be_deleted_while_nobody_was_there_is_deleted_later_and_said_so(waiting: Office) -> None:
    waiting.clock.move_to(datetime(2027, 3, 2, 10, tzinfo=ZURICH))

    waiting.tick()

    assert rows(waiting, Restricted)[0].text == ""
    assert "comes late. Nobody could read it after Friday 15 January 2027" in words_of(
        waiting.direct("Mei Chen")
    )


def test_people_whose_workspace_has_no_app_read_it_through_the_other_partys(
    tmp_path: Path, servers: Servers
) -> None:
    with Office(tmp_path, f"sqlite:///{tmp_path / 'comity.db'}", servers, parties=("ilo",)) as office:
        share(protected(office.move_in(), app="ilo"))

        pressed(office, "ilo", user(office, "Helena Costa"), "restricted.acknowledge", "1")
        pressed(office, "ilo", user(office, "Omar Haddad"), "restricted.acknowledge", "1")

        assert refused(office) == [("Omar Haddad", "not_named")]
        assert sum(row.acknowledged_at is not None for row in rows(office, Recipient)) == 1


def test_it_is_read_from_the_list_inside_the_menu_where_slack_has_room_for_no_more(waiting: Office) -> None:
    waiting.clock.move_to(datetime(2027, 1, 8, 10, tzinfo=ZURICH))
    waiting.tick()
    waiting.click("Helena Costa", "menu.open")
    press_modal(waiting, "Helena Costa", "menu.part", "exchange")
    press_modal(waiting, "Helena Costa", "arrangements.list")

    press_modal(waiting, "Helena Costa", "restricted.read")
    shown = modal_words(waiting, "Helena Costa")
    press_modal(waiting, "Helena Costa", "restricted.acknowledge")

    assert TEXT in shown
    assert "Helena Costa (IOM): read on" in modal_words(waiting, "Helena Costa")
    assert leaks(everything_in_slack(waiting)) == []


@pytest.mark.postgres
def test_on_postgresql_too_it_is_read_by_those_named_and_deleted_in_time(office_on_postgres: Office) -> None:
    office = office_on_postgres
    share(protected(office))

    assert TEXT in read(office, "Helena Costa")
    pressed(office, "iom", user(office, "Omar Haddad"), "restricted.read", "1")
    office.clock.move_to(datetime(2027, 1, 18, 10, tzinfo=ZURICH))
    office.tick()

    assert refused(office) == [("Omar Haddad", "not_named")]
    assert rows(office, Restricted)[0].text == ""
