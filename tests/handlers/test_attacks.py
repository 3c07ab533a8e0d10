"""People, and whoever holds one party's secret, trying what they may not: the record must come out whole."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from bot.agreement import emblem_decisions, emblems
from bot.agreement.emblem_plans import Mark, PlannedUse
from bot.agreement.emblems import EmblemRequest, EmblemStatus
from bot.agreement.exchanges import Exchange, ExchangeStatus
from bot.agreement.ledger import Occurrence
from bot.agreement.people import Mandate, Person
from bot.journal import Entry, Outcome, faults
from tests.handlers.test_emblems import USE, ask
from tests.handlers.test_exchanges import share
from tests.knocking import pressed, put, sent, user
from tests.office import Office, words_of

LIAISON, KENYA = "ilo-iom-liaison", "ilo-iom-east-africa"
NO_ROW = ["", "abc", "-1", "0", "99999", "9" * 40, "9" * 5000, "1 OR 1=1", "²", "1.0", None]
DECIDING = {
    "emblems.conditions": {"reason": "Forged."},
    "emblems.refusal": {"reason": "Forged."},
    "emblems.question": {"question": "Forged?"},
}


def rows(office: Office, kind: Any) -> list[Any]:
    with office.reading() as desk:
        return list(desk.session.exec(select(kind)).all())


def status(office: Office) -> EmblemStatus:
    return EmblemStatus(rows(office, EmblemRequest)[0].status)


def refused(office: Office) -> list[tuple[str, str]]:
    """Who was refused what, in the journal, whose chain is whole."""
    with office.reading() as desk:
        assert list(faults(desk.session)) == []
        found = desk.session.exec(select(Entry).where(Entry.outcome == Outcome.REFUSED)).all()
        return [(entry.actor, entry.subject) for entry in found]


def change(office: Office, name: str, **values: object) -> None:
    """The operator changes what the roster says of somebody."""
    with office.database.writing() as session:
        mine = col(Person.user_id) == office.id(name)
        session.exec(update(Person).where(mine).values(**values))


def test_a_form_that_was_never_opened_decides_nothing_for_the_asking_side(office: Office) -> None:
    ask(office)

    for party in ("ilo", "iom"):
        for form, values in DECIDING.items():
            sent(office, party, user(office, "Jonas Weber"), form, "1", values, f"V{party}{form}")

    assert status(office) is EmblemStatus.SUBMITTED
    assert refused(office) == [("Jonas Weber", "wrong_side")] * 6


def test_a_person_is_the_pair_of_workspace_and_number_and_half_of_it_is_nobody(office: Office) -> None:
    ask(office)
    halves = [("U0IOMTANAKA", "T0ILO"), ("U0ILOWEBER", "T0IOM"), ("U0IOMTANAKA", "T0WORLDLAB"), ("", "")]

    for number, team in halves:
        pressed(office, "iom", {"id": number, "team_id": team}, "emblems.approve", "1")

    assert status(office) is EmblemStatus.SUBMITTED
    expected = ["not_on_roster", "not_on_roster", "from_third_organisation", "from_third_organisation"]
    assert [what for _, what in refused(office)] == expected


def test_the_workspace_the_payload_came_through_lends_nobody_its_side(office: Office) -> None:
    ask(office)

    pressed(office, "iom", user(office, "Jonas Weber"), "emblems.approve", "1", team={"id": "T0IOM"})

    assert status(office) is EmblemStatus.SUBMITTED
    assert refused(office) == [("Jonas Weber", "wrong_side")]


def test_one_account_is_on_one_roster_only(office: Office) -> None:
    twin = Person(party="iom", name="Mei Chen", team_id="T0ILO", user_id=office.id("Mei Chen"))

    with pytest.raises(IntegrityError):
        put(office, twin)


def test_a_designation_that_ended_while_the_form_was_open_decides_nothing(office: Office) -> None:
    ask(office)
    office.click("Yuki Tanaka", "emblems.refuse")
    change(office, "Yuki Tanaka", valid_until=office.today - timedelta(days=1))

    office.submit("Yuki Tanaka", {"reason": "Written in time, sent too late."})

    assert status(office) is EmblemStatus.SUBMITTED
    assert refused(office) == [("Yuki Tanaka", "not_serving")]


def test_a_capacity_lost_while_the_form_was_open_decides_nothing(office: Office) -> None:
    ask(office)
    office.click("Yuki Tanaka", "emblems.refuse")
    with office.database.writing() as session:
        key = office.person("Yuki Tanaka").key
        session.exec(delete(Mandate).where(col(Mandate.person_id) == key))

    office.submit("Yuki Tanaka", {"reason": "No approver any more."})

    assert status(office) is EmblemStatus.SUBMITTED
    assert refused(office) == [("Yuki Tanaka", "not_mandated")]


def test_the_answer_to_somebody_who_has_left_goes_to_their_contact_points(office: Office) -> None:
    ask(office)
    change(office, "Mei Chen", valid_until=office.today - timedelta(days=1))

    office.click("Yuki Tanaka", "emblems.refuse")
    office.submit("Yuki Tanaka", {"reason": "For the party's eyes."})
    office.deliver()

    assert "For the party's eyes." not in words_of(office.direct("Mei Chen"))
    assert "For the party's eyes." in words_of(office.direct("Amina Diallo"))


def test_a_submission_brought_again_later_has_no_second_effect(office: Office) -> None:
    ask(office)
    brought = next(one for one in office.slack.courier.sent if one.kind == "view_submission")

    again = office.slack.courier.interaction(office.slack.state.apps[brought.app_id], brought.body)

    assert (again.status, again.body) == (200, "")
    assert len(rows(office, EmblemRequest)) == 1


@pytest.mark.parametrize(
    ("action", "name"),
    [
        ("emblems.approve", "Yuki Tanaka"),
        ("emblems.refuse", "Yuki Tanaka"),
        ("exchanges.acknowledge", "Helena Costa"),
        ("exchanges.nothing", "Helena Costa"),
        ("settlements.open", "Helena Costa"),
    ],
)
def test_a_button_with_a_number_nobody_has_is_answered_and_changes_nothing(
    office: Office, action: str, name: str
) -> None:
    before = len(rows(office, Entry))

    answered = [pressed(office, "iom", user(office, name), action, value).status for value in NO_ROW]

    told = [message["text"] for message in office.told(name)]
    assert answered == [200] * len(NO_ROW)
    assert len([words for words in told if words.startswith("There is no ")]) == len(NO_ROW)
    assert len(rows(office, Entry)) == before


@pytest.mark.parametrize("form", [*DECIDING, "emblems.information", "settlements.settle"])
def test_a_form_about_a_number_nobody_has_is_answered_and_changes_nothing(office: Office, form: str) -> None:
    outcome = {"type": "radio_buttons", "selected_option": {"value": "not_known"}}
    values = DECIDING.get(form, {"information": "Forged.", "note": "Forged.", "outcome": outcome})
    before, who = len(rows(office, Entry)), user(office, "Nadia Petrova")

    told = [sent(office, "iom", who, form, number or "", values).body for number in NO_ROW]

    assert not [body for body in told if "There is no " not in body]
    assert len(rows(office, Entry)) == before


@pytest.mark.parametrize("command", ["/emblem show", "/exchange show"])
def test_a_number_that_cannot_be_is_told_to_be_unknown(office: Office, command: str) -> None:
    numbers = [
        "²/1",
        "2026/²",
        "9" * 30 + "/1",
        "1/" + "9" * 5000,
        "/",
        "\u0661/\u0661",
        "1/9999999999",
        "\0",
    ]

    told = [office.command("Mei Chen", f"{command} {number}") for number in numbers]

    # Of the last nothing is left once NUL is taken out, and so nothing was named.
    assert not [words for words in told[:-1] if not words.startswith("There is no ")]
    assert told[-1].startswith("Which ")


def test_a_request_into_a_channel_that_is_not_the_agreements_goes_nowhere(office: Office) -> None:
    picked = {"type": "static_select", "selected_option": {"value": "emblem"}}
    days = {name: USE[name].isoformat() for name in ("use_from", "use_until", "needed_by")}
    values = {**USE, "mark": picked}
    values |= {name: {"type": "datepicker", "selected_date": day} for name, day in days.items()}

    answer = sent(office, "ilo", user(office, "Mei Chen"), "emblems.request", "C0IOMBRAND", values)

    assert "no shared channel" in answer.body
    assert rows(office, EmblemRequest) == []


def test_nothing_to_report_is_an_answer_to_a_prompt_and_to_no_other_date(office: Office) -> None:
    review = next(row for row in rows(office, Occurrence) if row.duty == "general-review")
    before = len(rows(office, Entry))

    for party, name in (("ilo", "Mei Chen"), ("iom", "David Okafor")):
        pressed(office, party, user(office, name), "exchanges.nothing", str(review.id))

    assert len(rows(office, Entry)) == before
    assert next(row for row in rows(office, Occurrence) if row.id == review.id).status == review.status


def test_a_date_that_simply_comes_cannot_be_settled(office: Office) -> None:
    comes = [row for row in rows(office, Occurrence) if row.duty in ("term-end", "renewal-notice")]
    outcome = {"type": "radio_buttons", "selected_option": {"value": "not_known"}}
    values, who = {"outcome": outcome, "note": ""}, user(office, "Amina Diallo")

    for row in comes:
        sent(office, "ilo", who, "settlements.settle", str(row.id), values, f"V{row.id}")

    after = {row.id: row.status for row in rows(office, Occurrence)}
    assert comes
    assert not [row for row in comes if after[row.id] is not row.status]


def test_every_attempt_is_journalled_and_the_chain_stays_whole(office: Office) -> None:
    ask(office)
    share(office)

    for _ in range(3):
        office.click("Victor Lang", "emblems.approve")
        office.click("Amina Diallo", "exchanges.acknowledge")

    third = [actor for actor, subject in refused(office) if subject == "from_third_organisation"]
    assert len(third) == 3
    assert refused(office).count(("Amina Diallo", "wrong_side")) == 3
    assert rows(office, Exchange)[0].status is ExchangeStatus.SHARED


def test_a_journal_that_was_touched_shows_it(office: Office) -> None:
    ask(office)
    share(office)
    share(office)
    second = update(Entry).where(col(Entry.id) == 2)
    values = [{"actor": "Somebody else"}, {"outcome": Outcome.REFUSED}, {"facts": "{}"}, {"party": "iom"}]

    for touched in (*(second.values(**each) for each in values), delete(Entry).where(col(Entry.id) == 2)):
        with office.database.reading() as session:
            assert list(faults(session)) == []
            session.exec(touched)
            assert list(faults(session))


def at_once(jobs: list[Callable[[], object]]) -> Counter[str]:
    """How often each outcome came of jobs that all run at the same time."""

    def outcome(job: Callable[[], object]) -> str:
        try:
            job()
        except Exception as error:  # noqa: BLE001  what came of it is what the test counts
            return type(error).__name__
        return "done"

    with ThreadPoolExecutor(len(jobs)) as pool:
        return Counter(pool.map(outcome, jobs))


def twenty_decide(office: Office) -> None:
    ask(office)
    doors = ("Yuki Tanaka", "Nadia Petrova") * 10
    given = {"request_id": 1, "status": EmblemStatus.APPROVED}
    act = office.house.secretariat.act

    came = at_once([lambda n=n: act(office.who(n), emblem_decisions.decide, **given) for n in doors])

    assert came == {"done": 1, "AlreadyDecided": 19}
    assert Counter(what for _, what in refused(office)) == {"already_decided": 19}
    assert [entry.event for entry in rows(office, Entry)].count("emblem_decided") == 1


def twenty_ask(office: Office) -> None:
    use = PlannedUse(**{**USE, "mark": Mark.EMBLEM})
    facts = {"owner": "iom", "channel_id": "C0LIAISON", "use": use}
    who, act = office.who("Mei Chen"), office.house.secretariat.act

    came = at_once([lambda: act(who, emblems.request, **facts)] * 20)
    twice = at_once([lambda: act(who, emblems.request, once="view:V1:1", **facts)] * 5)

    assert (came, twice) == ({"done": 20}, {"done": 1, "AlreadyReceived": 4})
    assert sorted(row.seq for row in rows(office, EmblemRequest)) == list(range(1, 22))
    assert refused(office) == []


@pytest.mark.postgres
@pytest.mark.parametrize("race", [twenty_decide, twenty_ask])
def test_twenty_at_once_on_postgresql(office_on_postgres: Office, race: Callable[[Office], None]) -> None:
    race(office_on_postgres)


def test_twenty_clicks_at_once_through_the_door_decide_once(office: Office) -> None:
    ask(office)
    names = ["Yuki Tanaka", "Nadia Petrova"] * 10

    with ThreadPoolExecutor(20) as pool:
        told = list(pool.map(lambda name: office.click(name, "emblems.approve"), names))

    assert status(office) is EmblemStatus.APPROVED
    assert len(refused(office)) == 19
    assert not [words for words in told if "Something went wrong" in words]
