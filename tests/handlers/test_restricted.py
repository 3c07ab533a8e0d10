"""IV.2-3 through the door: what is only for people named is read by them, on record, and seen by nobody else."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text, update
from sqlmodel import col, select

from bot.agreement import arrangements
from bot.agreement.arrangements import Arrangement, ArrangementStatus
from bot.agreement.people import Person
from bot.agreement.restricted import Recipient, Restricted, visible_to
from bot.journal import Entry, Outcome, faults
from tests.handlers.pressing import buttons, home_words, modal_words, press_modal, press_told
from tests.knocking import pressed, sent, user
from tests.office import ZURICH, Office, Servers, words_of

LIAISON = "ilo-iom-liaison"
ARRANGEMENT: dict[str, Any] = {
    "subject": "Data protection arrangement of 2022",
    "protects": "Files of individual cases.",
    "from_on": "2022-01-01",
    "reference": "Legal file 17/2022",
}
TITLE, TEXT = "Marigold dossier", "The witness will speak in Mombasa on Tuesday."
SECRET: dict[str, Any] = {
    "subject": TITLE,
    "text": TEXT,
    "arrangement": "2026/1 Data protection arrangement of 2022",
    "others": ["Helena Costa (IOM, Headquarters)", "Grace Wanjiru (IOM, Nairobi)"],
    "colleagues": ["Samuel Otieno (ILO, Nairobi)"],
    "onward": "only with the sender's consent, case by case",
    "retention_until": "2027-01-15",
}
NAMED = ["Helena Costa", "Grace Wanjiru", "Samuel Otieno"]
OTHERS = [
    ("Omar Haddad", "not_named"),
    ("Nadia Petrova", "not_named"),
    ("Amina Diallo", "not_named"),
    ("Ravi Menon", "not_named"),
    ("Ines Martin", "not_named"),
    ("Clara Novak", "not_on_roster"),
    ("Victor Lang", "from_third_organisation"),
]
NOT_SHARING = ["Jonas Weber", "Ravi Menon", "Clara Novak"]


def register(office: Office, name: str = "Lucía Romero", **changes: Any) -> Any:
    office.command(name, "/exchange confidentiality")
    press_told(office, name, "arrangements.record")
    result = office.submit(name, {**ARRANGEMENT, **changes})
    office.deliver()
    return result


def protected(office: Office, app: str = "iom") -> Office:
    """An arrangement is on record and confirmed, through the app of one party."""
    register(office)
    pressed(office, app, user(office, "Nadia Petrova"), "arrangements.confirm", "1")
    office.deliver()
    return office


def share(office: Office, name: str = "Mei Chen", **changes: Any) -> Any:
    office.command(name, "/exchange restricted")
    result = office.submit(name, {**SECRET, **changes})
    office.deliver()
    return result


@pytest.fixture
def waiting(office: Office) -> Office:
    """Mei Chen has sent something restricted to three people."""
    share(protected(office))
    return office


def rows(office: Office, kind: Any) -> list[Any]:
    with office.reading() as desk:
        return list(desk.session.exec(select(kind)).all())


def entries(office: Office, event: str) -> list[Entry]:
    with office.reading() as desk:
        assert list(faults(desk.session)) == []
        return list(desk.session.exec(select(Entry).where(Entry.event == event)).all())


def refused(office: Office) -> list[tuple[str, str]]:
    return [(row.actor, row.subject) for row in rows(office, Entry) if row.outcome is Outcome.REFUSED]


def read(office: Office, name: str) -> str:
    office.click(name, "restricted.read", where="direct")
    office.deliver()
    return modal_words(office, name)


def everything_kept(office: Office) -> Iterator[tuple[str, str]]:
    """Every row of every table but the one that holds the text, each with its table's name."""
    with office.database.reading() as session:
        listing = session.connection().execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        for (table,) in listing.all():
            for row in session.connection().execute(text(f'SELECT * FROM "{table}"')).all():
                if table != "restricted":
                    yield table, repr(tuple(row))


def everything_in_slack(
    office: Office, but_views_of: frozenset[str] = frozenset()
) -> Iterator[tuple[str, str]]:
    """Every message, every answer to one person, and every view but those open before these people."""
    state = office.slack.state
    for room in state.channels:
        yield from ((room, json.dumps(message)) for message in office.slack.messages(room))
    yield from (("ephemeral", json.dumps(message)) for message in state.ephemerals)
    yield from (
        (view.user, json.dumps(view.body)) for view in state.views.values() if view.user not in but_views_of
    )


def leaks(found: Iterator[tuple[str, str]]) -> list[str]:
    return [
        place for place, said in found if any(word in said for word in ("Marigold", "witness", "Mombasa"))
    ]


def test_iv_2_3_an_arrangement_is_recorded_by_one_side_and_confirmed_by_the_other(office: Office) -> None:
    result = register(office)

    assert result.ok
    (row,) = rows(office, Arrangement)
    assert (row.party, row.parties, row.status) == ("ilo", ("ilo", "iom"), ArrangementStatus.RECORDED)
    asked = words_of(office.direct("Helena Costa"))
    assert "*Protects:* Files of individual cases." in asked
    assert "they outlive the Agreement" in asked
    assert not office.channel(LIAISON)
    office.click("Helena Costa", "arrangements.confirm", where="direct")
    office.deliver()
    assert "*Confirmed* by Helena Costa (IOM)" in words_of(office.direct("Lucía Romero"))
    assert buttons(office.direct("Nadia Petrova")[-1]["blocks"]) == []
    assert "confirmed and in force" in office.command("Linh Tran", "/exchange confidentiality")
    assert "Legal file 17/2022" in office.command("Linh Tran", "/exchange confidentiality 2026/1")


@pytest.mark.parametrize("name", ["Pierre Favre", "Mei Chen", "Jonas Weber", "Ravi Menon", "Clara Novak"])
def test_nobody_else_records_an_arrangement(office: Office, name: str) -> None:
    pressed(office, "ilo", user(office, name), "arrangements.record", "new")
    values = {**ARRANGEMENT, "bound": {"type": "checkboxes", "selected_options": [{"value": "ilo"}]}}
    days = {name: {"type": "datepicker", "selected_date": "2022-01-01"} for name in ("from_on", "until_on")}
    sent(office, "ilo", user(office, name), "arrangements.record", "", {**values, **days})

    assert rows(office, Arrangement) == []
    assert len(refused(office)) == 2


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Lucía Romero", "wrong_side"),
        ("Amina Diallo", "wrong_side"),
        ("Omar Haddad", "not_mandated"),
        ("Ines Martin", "not_mandated"),
        ("Clara Novak", "not_on_roster"),
        ("Victor Lang", "from_third_organisation"),
    ],
)
def test_nobody_else_confirms_an_arrangement(office: Office, name: str, why: str) -> None:
    register(office)

    party = "iom" if office.who(name).team_id == "T0IOM" else "ilo"
    pressed(office, party, user(office, name), "arrangements.confirm", "1")

    assert rows(office, Arrangement)[0].status is ArrangementStatus.RECORDED
    assert refused(office) == [(refused(office)[0][0], why)]


def test_the_second_to_confirm_is_told_who_was_first(office: Office) -> None:
    protected(office)

    pressed(office, "iom", user(office, "Helena Costa"), "arrangements.confirm", "1")

    assert "Nadia Petrova (IOM) has confirmed arrangement 2026/1 already" in words_of(
        office.told("Helena Costa")
    )


@pytest.mark.parametrize(
    ("field", "typed"),
    [("subject", " "), ("protects", " "), ("until_on", "2021-12-31"), ("reference", "")],
)
def test_an_arrangement_that_proves_nothing_is_refused_at_its_field(
    office: Office, field: str, typed: str
) -> None:
    result = register(office, **{field: typed})

    assert list(result.errors) == [field]
    assert rows(office, Arrangement) == []


@pytest.mark.parametrize(
    ("bound", "begins", "field"), [("lab", "2022-01-01", "bound"), ("ilo", "", "from_on")]
)
def test_a_forged_arrangement_is_refused_at_its_field(
    office: Office, bound: str, begins: str, field: str
) -> None:
    values = {**ARRANGEMENT, "bound": {"type": "checkboxes", "selected_options": [{"value": bound}]}}
    days = {"from_on": begins, "until_on": ""}
    picked = {name: {"type": "datepicker", "selected_date": day} for name, day in days.items()}

    receipt = sent(
        office, "ilo", user(office, "Lucía Romero"), "arrangements.record", "", {**values, **picked}
    )

    assert f'"{field}"' in receipt.body


def test_an_arrangement_kept_as_a_file_shows_its_fingerprint_and_an_unknown_one_is_named(
    office: Office,
) -> None:
    register(office, reference="", file=("text.pdf", b"whole"))

    assert "SHA-256" in office.command("Linh Tran", "/exchange confidentiality 2026/1")
    assert "There is no arrangement 9/9" in office.command("Linh Tran", "/exchange confidentiality 9/9")
    pressed(office, "iom", user(office, "Helena Costa"), "arrangements.confirm", "77")
    assert "There is no arrangement 77" in words_of(office.told("Helena Costa"))


def test_iv_2_3_nothing_restricted_travels_without_an_arrangement_in_force(office: Office) -> None:
    register(office)

    told = office.command("Mei Chen", "/exchange restricted")

    assert "travels only under an arrangement" in told
    assert office.slack.modal(office.id("Mei Chen")) is None
    assert refused(office) == [("Mei Chen", "nothing_protects")]


@pytest.mark.parametrize(
    "changes", [{"until_on": "2026-11-22"}, {"from_on": "2026-11-24"}, {"bound": ["ILO"]}]
)
def test_an_arrangement_that_is_over_or_not_begun_or_binds_one_side_carries_nothing(
    office: Office, changes: dict[str, Any]
) -> None:
    register(office, **changes)
    office.click("Nadia Petrova", "arrangements.confirm", where="direct")

    assert "travels only under an arrangement" in office.command("Mei Chen", "/exchange restricted")


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
        assert "restricted" not in words_of(waiting.direct(name)).lower().replace(
            "restricted information may", ""
        )
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


@pytest.mark.parametrize(("name", "why"), OTHERS)
@pytest.mark.parametrize("action", ["restricted.read", "restricted.acknowledge"])
def test_iv_2_3_nobody_else_reads_or_acknowledges_it_whoever_they_are(
    waiting: Office, name: str, why: str, action: str
) -> None:
    for party in ("ilo", "iom"):
        pressed(waiting, party, user(waiting, name), action, "1")

    assert [what for _, what in refused(waiting)] == [why, why]
    assert waiting.slack.modal(waiting.id(name)) is None
    assert entries(waiting, "restricted_read") == []
    assert leaks(everything_in_slack(waiting)) == []


@pytest.mark.parametrize("value", ["2", "0", "abc", "9" * 40, None])
def test_what_does_not_exist_is_refused_as_what_is_not_for_one(waiting: Office, value: str | None) -> None:
    pressed(waiting, "iom", user(waiting, "Helena Costa"), "restricted.read", value)

    assert refused(waiting) == [("Helena Costa", "not_named")]


@pytest.mark.parametrize("name", ["Helena Costa", "Mei Chen"])
def test_a_named_person_or_sender_whose_designation_ended_reads_nothing(waiting: Office, name: str) -> None:
    with waiting.database.writing() as session:
        mine = col(Person.user_id) == waiting.id(name)
        session.exec(update(Person).where(mine).values(valid_until=waiting.today - timedelta(days=1)))

    waiting.click(name, "restricted.read", where="direct")

    assert refused(waiting) == [(name, "not_serving")]
    assert entries(waiting, "restricted_read") == []


def test_half_of_a_person_is_nobody(waiting: Office) -> None:
    pressed(waiting, "ilo", {"id": waiting.id("Helena Costa"), "team_id": "T0ILO"}, "restricted.read", "1")

    assert [what for _, what in refused(waiting)] == ["not_on_roster"]


def test_iv_2_3_no_message_queue_journal_home_or_list_holds_a_word_of_it(waiting: Office) -> None:
    """The whole of Slack and of the database but the row itself, while a reader has it open before them."""
    read(waiting, "Grace Wanjiru")
    press_modal(waiting, "Grace Wanjiru", "restricted.acknowledge")
    read(waiting, "Helena Costa")
    for person in waiting.slack.state.people.values():
        if person.team_id != "T0WORLDLAB" and not person.guest:
            waiting.home(person.name)
            for words in ("list", "documents", "confidentiality", "", "help"):
                waiting.command(person.name, f"/exchange {words}".strip())
            waiting.command(person.name, "/agreement status")
    waiting.pass_to(date(2026, 12, 31))

    assert leaks(everything_kept(waiting)) == []
    reader = waiting.id("Helena Costa")
    assert set(leaks(everything_in_slack(waiting))) <= {reader}
    assert leaks(everything_in_slack(waiting, frozenset({reader}))) == []
    with waiting.reading() as desk:
        assert TEXT in desk.session.exec(select(Restricted)).one().text


def test_a_refused_form_leaves_no_word_of_it_either(office: Office) -> None:
    share(protected(office), retention_until="2026-11-22")
    office.slack.close_modal(office.id("Mei Chen"))
    sent(office, "ilo", user(office, "Jonas Weber"), "restricted.share", "", forged(office))

    assert leaks(everything_kept(office)) == []
    assert refused(office) == [("Jonas Weber", "not_mandated")]


def test_lists_hold_only_the_lines_of_whoever_asks(waiting: Office) -> None:
    own = {name: waiting.command(name, "/exchange confidentiality") for name in ("Mei Chen", "Helena Costa")}
    other = waiting.command("Omar Haddad", "/exchange confidentiality")

    assert all("from Mei Chen (ILO) on" in told for told in own.values())
    assert "Mei Chen" not in other
    with waiting.reading() as desk:
        seen = {
            name: len(visible_to(desk, waiting.person(name))) for name in (*NAMED, "Mei Chen", "Omar Haddad")
        }
    assert seen == {**dict.fromkeys(NAMED, 1), "Mei Chen": 1, "Omar Haddad": 0}


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


def test_an_arrangement_waits_in_the_home_of_those_who_may_confirm_it(office: Office) -> None:
    register(office)

    assert "*Arrangement 2026/1*" in home_words(office.home("Nadia Petrova"))
    assert "*Arrangement 2026/1*" not in home_words(office.home("Omar Haddad"))
    assert "*Arrangement 2026/1*" not in home_words(office.home("Amina Diallo"))


def test_whoever_acknowledged_is_told_so_and_the_sender_cannot(waiting: Office) -> None:
    waiting.click("Helena Costa", "restricted.acknowledge", where="direct")
    waiting.click("Helena Costa", "restricted.acknowledge", where="direct")
    pressed(waiting, "ilo", user(waiting, "Mei Chen"), "restricted.acknowledge", "1")

    assert refused(waiting) == [("Helena Costa", "acknowledged_before"), ("Mei Chen", "not_for_sender")]
    assert "You acknowledged 2026/1 already" in words_of(waiting.told("Helena Costa"))
    assert sum(row.acknowledged_at is not None for row in rows(waiting, Recipient)) == 1


@pytest.mark.parametrize("name", NOT_SHARING)
def test_nobody_without_a_mandate_sends_restricted_information(office: Office, name: str) -> None:
    protected(office)

    pressed(office, "ilo", user(office, name), "restricted.share", "new")
    sent(office, "ilo", user(office, name), "restricted.share", "", forged(office))

    assert rows(office, Restricted) == []
    assert len(refused(office)) == 2


def chosen(*values: object) -> dict[str, Any]:
    return {"type": "multi_static_select", "selected_options": [{"value": str(value)} for value in values]}


def forged(office: Office, **changes: Any) -> dict[str, Any]:
    values = {
        **SECRET,
        "arrangement": {"type": "static_select", "selected_option": {"value": "1"}},
        "others": chosen(office.person("Helena Costa").key),
        "colleagues": chosen(),
        "onward": {"type": "radio_buttons", "selected_option": {"value": "nobody"}},
        "retention_until": {"type": "datepicker", "selected_date": "2027-01-15"},
    }
    return {**values, **changes}


def attack(office: Office, **changes: Any) -> str:
    return sent(
        office, "ilo", user(office, "Mei Chen"), "restricted.share", "", forged(office, **changes)
    ).body


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


def test_a_forged_form_names_only_people_of_the_rosters_and_an_arrangement_in_force(office: Office) -> None:
    protected(office)
    mine, theirs = office.person("Mei Chen").key, office.person("Helena Costa").key
    own = office.person("Samuel Otieno").key

    assert '"others"' in attack(office, others=chosen())
    assert '"others"' in attack(office, others=chosen(own))
    assert '"others"' in attack(office, others=chosen(theirs, 999))
    assert '"colleagues"' in attack(office, colleagues=chosen(theirs))
    assert '"colleagues"' in attack(office, colleagues=chosen(mine))
    assert '"arrangement"' in attack(
        office, arrangement={"type": "static_select", "selected_option": {"value": "7"}}
    )
    assert '"retention_until"' in attack(office, retention_until="never")
    assert rows(office, Restricted) == []
    assert attack(office, others=chosen(theirs, theirs)).count("errors") == 0
    assert len(rows(office, Recipient)) == 1


def test_somebody_whose_designation_ended_cannot_be_named(office: Office) -> None:
    protected(office)
    with office.database.writing() as session:
        mine = col(Person.user_id) == office.id("Helena Costa")
        session.exec(update(Person).where(mine).values(valid_until=office.today - timedelta(days=1)))

    office.command("Mei Chen", "/exchange restricted")

    assert "Helena Costa" not in str(office.modal("Mei Chen")["blocks"])
    assert '"others"' in attack(office)


def test_the_senders_words_call_nobody_and_hide_nothing(office: Office) -> None:
    hostile = "<!channel> *bold* & <@U0IOMCOSTA> &lt; \u202egnirehtnal\u202c " + "&" * 2900
    share(protected(office), subject="<!here>", text=hostile)

    office.click("Helena Costa", "restricted.read", where="direct")

    blocks = [one["text"] for one in office.modal("Helena Costa")["blocks"] if one["type"] == "section"]
    typed = [one for one in blocks if one["type"] == "plain_text"]
    assert typed[0]["text"] == "<!here>"
    said = "".join(one["text"] for one in typed[1:])
    assert said.startswith("<!channel> *bold* & <@U0IOMCOSTA> &lt; [U+202E]gnirehtnal")
    assert said.count("&") == 2902
    assert "<!channel>" not in "".join(one["text"] for one in blocks if one["type"] == "mrkdwn")


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
    told = [said for said in waiting.direct("Mei Chen") if "was deleted after its retention" in said["text"]]
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


@pytest.mark.postgres
def test_of_two_who_confirm_at_once_one_is_first(office_on_postgres: Office) -> None:
    office = office_on_postgres
    register(office)

    def press(name: str) -> bool:
        try:
            office.house.secretariat.act(office.who(name), arrangements.confirm, arrangement_id=1)
        except arrangements.AlreadyConfirmed:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, ("Helena Costa", "Nadia Petrova"))) == [False, True]
