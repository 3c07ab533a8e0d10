"""IV.2-3 under attack: forged forms, other people, and a word of it looked for everywhere."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from bot.agreement.people import Person
from bot.agreement.restricted import Restricted, visible_to
from tests.handlers.pressing import press_modal
from tests.handlers.restricting import (
    NAMED,
    NOT_SHARING,
    OTHERS,
    TEXT,
    attack,
    entries,
    everything_in_slack,
    everything_kept,
    forged,
    leaks,
    protected,
    read,
    refused,
    rows,
    share,
)
from tests.knocking import pressed, sent, user
from tests.office import Office


@pytest.fixture
def waiting(office: Office) -> Office:
    """Mei Chen has sent something restricted to three people."""
    share(protected(office))
    return office


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


@pytest.mark.parametrize("name", NOT_SHARING)
def test_nobody_without_a_mandate_sends_restricted_information(office: Office, name: str) -> None:
    protected(office)

    pressed(office, "ilo", user(office, name), "restricted.share", "new")
    sent(office, "ilo", user(office, name), "restricted.share", "", forged(office))

    assert rows(office, Restricted) == []
    assert len(refused(office)) == 2


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
