"""IV.6-2: one party asks the other to consult; the other says when; what it came to is kept."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from bot.agreement import consultations
from bot.agreement.consultations import Consultation, ConsultationStatus
from bot.journal import Entry, Outcome
from tests.clauses.exchanging import KENYA, LIAISON, buttons
from tests.handlers.pressing import home_words, modal_words
from tests.office import Office, words_of

ASKED: dict[str, Any] = {
    "kind": "strategic",
    "topic": "Priorities for 2028",
    "questions": "Which corridors come first?",
    "agenda": "1. Corridors\n2. Funding",
}
NOT_READY = ["Mei Chen", "Amina Diallo", "David Okafor", "Yuki Tanaka", "Clara Novak", "Victor Lang"]


def consult(office: Office, name: str = "Amina Diallo", channel: str = LIAISON, **changes: Any) -> Any:
    office.command(name, "/exchange consult", channel=channel)
    result = office.submit(name, {**ASKED, **changes})
    office.deliver()
    return result


def ready(office: Office, name: str, where: str = LIAISON, **values: Any) -> Any:
    office.click(name, "consultations.ready", where=where)
    result = office.submit(name, {"wished_on": "2026-12-10", "wish": "In Geneva.", **values})
    office.deliver()
    return result


def close(office: Office, name: str, minutes: str = "We agreed on two corridors.") -> Any:
    office.click(name, "consultations.close")
    result = office.submit(name, {"minutes": minutes})
    office.deliver()
    return result


def only(office: Office) -> Consultation:
    with office.reading() as desk:
        return desk.session.exec(select(Consultation)).one()


def refusals(office: Office) -> int:
    with office.reading() as desk:
        return len(desk.session.exec(select(Entry).where(Entry.outcome == Outcome.REFUSED)).all())


def test_iv_6_2_a_consultation_is_posted_with_its_agenda_in_the_thread(office: Office) -> None:
    result = consult(office)

    assert result.ok
    card, agenda = office.channel(LIAISON)
    assert "Amina Diallo (ILO) asked *IOM*" in words_of([card])
    assert "to consult on this strategic matter" in words_of([card])
    assert "Which corridors come first?" in words_of([card])
    assert buttons(card) == ["consultations.ready", "consultations.close"]
    assert agenda["thread_ts"] == card["ts"]
    assert "1. Corridors" in words_of([agenda])
    assert "Priorities for 2028" in words_of(office.direct("Helena Costa"))
    assert office.direct("Pierre Favre") == []


@pytest.mark.parametrize(
    ("asks", "answers"), [("Amina Diallo", "Helena Costa"), ("Grace Wanjiru", "Samuel Otieno")]
)
def test_iv_6_2_the_other_party_says_that_it_is_ready_and_wishes_for_a_day(
    office: Office, asks: str, answers: str
) -> None:
    consult(office, asks, KENYA)

    ready(office, answers, where=KENYA)

    card, _, told = office.channel(KENYA)
    assert f"*Ready to consult:* {answers}" in words_of([card])
    assert "Day wished for: *Thursday 10 December 2026*" in words_of([card])
    assert buttons(card) == ["meetings.propose", "consultations.close"]
    assert told["thread_ts"] == card["ts"]
    assert "In Geneva." in words_of([told])
    assert "A day wished for is not yet agreed." in words_of([told])


@pytest.mark.parametrize("name", NOT_READY)
def test_iv_6_2_nobody_but_the_other_partys_points_can_say_that_it_is_ready(
    office: Office, name: str
) -> None:
    consult(office)

    told = office.click(name, "consultations.ready")

    assert told
    assert "consultations.ready" not in str(office.slack.modal(office.id(name)))
    assert only(office).status is ConsultationStatus.OPEN
    assert refusals(office) == 1


def test_iv_6_2_whoever_answers_second_is_told_who_was_first(office: Office) -> None:
    consult(office)
    office.click("Omar Haddad", "consultations.ready")
    ready(office, "Helena Costa")

    office.submit("Omar Haddad", {"wish": "x"})

    assert "Helena Costa (IOM) has said already" in modal_words(office, "Omar Haddad")
    assert only(office).ready_by == office.person("Helena Costa").key


@pytest.mark.parametrize("name", ["Amina Diallo", "Helena Costa"])
def test_iv_6_2_either_party_closes_it_with_what_it_came_to(office: Office, name: str) -> None:
    consult(office)
    ready(office, "Helena Costa")

    close(office, name)

    card, *thread = office.channel(LIAISON)
    assert f"*Closed* by {name}" in words_of([card])
    assert buttons(card) == []
    assert "We agreed on two corridors." in words_of(thread)
    assert only(office).status is ConsultationStatus.CLOSED


def test_iv_6_2_whoever_closes_it_second_is_told_who_was_first(office: Office) -> None:
    consult(office)
    office.click("Helena Costa", "consultations.close")
    close(office, "Amina Diallo")

    office.submit("Helena Costa", {"minutes": "Nothing."})

    assert "Amina Diallo (ILO) closed consultation 2026/1" in modal_words(office, "Helena Costa")
    assert only(office).minutes == "We agreed on two corridors."


@pytest.mark.parametrize("name", ["Jonas Weber", "Clara Novak", "Victor Lang"])
def test_iv_6_2_nobody_without_a_mandate_for_the_substance_closes_it(office: Office, name: str) -> None:
    consult(office)

    assert office.click(name, "consultations.close")

    assert refusals(office) == 1
    assert only(office).status is ConsultationStatus.OPEN


@pytest.mark.parametrize("name", ["Jonas Weber", "Ravi Menon", "Clara Novak"])
def test_iv_6_2_nobody_without_a_mandate_for_the_substance_opens_one(office: Office, name: str) -> None:
    assert office.command(name, "/exchange consult")

    assert office.slack.modal(office.id(name)) is None
    assert refusals(office) == 1


@pytest.mark.parametrize("field", ["topic", "questions"])
def test_iv_6_2_a_field_left_empty_is_named(office: Office, field: str) -> None:
    result = consult(office, **{field: "  "})

    assert list(result.errors) == [field]
    assert office.channel(LIAISON) == []


def test_iv_6_2_a_day_that_has_passed_and_minutes_without_words_are_refused(office: Office) -> None:
    consult(office)

    assert list(ready(office, "Helena Costa", wished_on="2026-11-20").errors) == ["wished_on"]
    assert list(close(office, "Amina Diallo", " ").errors) == ["minutes"]
    assert only(office).status is ConsultationStatus.OPEN


def test_iv_6_2_a_day_need_not_be_named(office: Office) -> None:
    consult(office, agenda=None)

    ready(office, "Helena Costa", wished_on=None, wish=None)

    assert only(office).wished_on is None
    assert "Day wished for" not in words_of(office.channel(LIAISON))
    assert "ILO has proposed none yet." in words_of(office.channel(LIAISON))


def test_iv_6_2_it_waits_in_the_home_of_the_other_partys_points(office: Office) -> None:
    consult(office)

    assert "ILO asks to consult on “Priorities for 2028”" in home_words(office.home("Helena Costa"))
    assert "asks to consult" not in home_words(office.home("Amina Diallo"))
    office.click("Helena Costa", "consultations.ready", where="home")
    office.submit("Helena Costa", {"wish": "Soon."})
    assert "asks to consult" not in home_words(office.home("Helena Costa"))


def test_iv_6_2_what_people_type_is_inert(office: Office) -> None:
    consult(office, topic="<!channel> & *co*", questions="<!here> " * 180, agenda="<@U0IOMCOSTA> " * 90)
    ready(office, "Helena Costa", wish="<!everyone>")
    close(office, "Amina Diallo", "<!channel> " * 270)

    said = words_of(office.channel(LIAISON))
    assert "<!" not in said.replace("<!channel> & *co*", "", 1)
    assert "<@" not in said
    assert only(office).wished_on == date(2026, 12, 10)


def test_iv_6_2_a_consultation_that_is_not_there_is_not_answered(office: Office) -> None:
    with pytest.raises(consultations.NoSuchConsultation):
        office.act("Helena Costa", consultations.say_ready, consultation_id=9, wished_on=None, wish="")
