"""IX.1(d): what is held is asked about until it is purged or returned, after the project and the Agreement too."""

from datetime import date, datetime
from typing import Any

import pytest

from bot.agreement import project_data, project_holdings
from bot.agreement.people import AgreementOver, Refusal
from bot.agreement.project_data import kept_after
from bot.agreement.project_items import add_item
from bot.agreement.project_registers import AlreadyDisposed, DataHolding
from bot.agreement.project_stages import start_project
from bot.agreement.projects import NoSuchProject, ProjectIsClosed, ProjectStatus
from bot.agreement.standing import AgreementEnd
from tests.clauses import preparing
from tests.clauses.exchanging import KENYA
from tests.clauses.preparing import (
    STEWARDS,
    fill,
    look,
    press,
    ten_answers,
)
from tests.clauses.test_iv_6_1_projects import close
from tests.clauses.test_ix_1_d_personal_data import NONE, told
from tests.handlers.pressing import home_words
from tests.office import ZURICH, Office, words_of


def disposed(office: Office, name: str = "Ines Martin", **changes: Any) -> Any:
    press(office, name, "data", "project_data.dispose")
    return fill(office, name, {"how": "purged", "disposed_on": office.today, "note": "Deleted.", **changes})


def test_ix_1_d_the_end_of_a_retention_is_asked_about_until_it_is_confirmed(office: Office) -> None:
    preparing.started(office, data=True)
    close(office, "Grace Wanjiru")
    headline = "end of a retention"
    office.clock.move_to(datetime(2028, 5, 20, 10, tzinfo=ZURICH))
    office.tick()

    office.pass_to(date(2028, 6, 1))
    office.tick()
    (asked,) = told(office, "Ines Martin", headline)
    assert "They are to be kept until *Friday 30 June 2028*, in 30 days." in words_of([asked])
    assert told(office, "Ravi Menon", headline) == []
    office.pass_to(date(2028, 9, 10))
    assert len(told(office, "Ines Martin", headline)) == 5
    assert "What becomes of them is to be confirmed." in home_words(office.home("Ines Martin"))

    office.click("Ines Martin", "project_data.dispose", where="direct")
    fill(office, "Ines Martin", {"how": "returned", "disposed_on": "2028-09-08", "note": "To the partners."})

    assert "*Returned* on Friday 8 September 2028, as Ines Martin (IOM) confirmed" in look(
        office, "Ravi Menon", "data"
    )
    assert "Nothing is held any more." in words_of(office.channel(KENYA))
    asked_before = len(office.direct("Ines Martin"))
    office.pass_to(date(2029, 2, 1))
    assert len(told(office, "Ines Martin", headline)) == 5
    assert len(told(office, "Ines Martin", "once a year")) == len(
        [m for m in office.direct("Ines Martin")[:asked_before] if "once a year" in words_of([m])]
    )


def test_ix_1_d_the_yearly_look_goes_on_after_the_project_is_closed_as_long_as_data_are_held(
    office: Office,
) -> None:
    preparing.started(office, data=True)
    close(office, "Grace Wanjiru")
    assert "Personal data of this project are still held (1 entry" in words_of(office.channel(KENYA)[:1])

    office.pass_to(date(2027, 10, 26))

    assert len(told(office, "Ravi Menon", "personal data, once a year")) == 1
    assert ten_answers(office, "Ravi Menon").ok


def test_ix_1_d_once_nothing_is_held_of_a_closed_project_nothing_is_asked(office: Office) -> None:
    preparing.started(office, data=True)
    disposed(office)
    close(office, "Grace Wanjiru")

    office.clock.move_to(datetime(2028, 12, 20, 10, tzinfo=ZURICH))
    office.tick()

    for name in STEWARDS:
        assert told(office, name, "personal data, once a year") == []
    with pytest.raises(ProjectIsClosed):
        office.act("Ravi Menon", project_data.answer_data, project_id=1, answer=NONE, seen=1)


def the_agreement_ends(office: Office, ends_on: date) -> None:
    with office.database.writing() as session:
        row = AgreementEnd(
            agreement="ilo-iom-2020", ends_on=ends_on, notice_id=1, recorded_at=office.clock.now()
        )
        session.add(row)


def test_ix_1_d_the_duty_outlives_the_agreement_and_can_still_be_met(office: Office) -> None:
    preparing.started(office, data=True)
    the_agreement_ends(office, date(2027, 2, 28))
    office.clock.move_to(datetime(2027, 10, 25, 10, tzinfo=ZURICH))
    office.tick()
    assert len(told(office, "Ravi Menon", "personal data, once a year")) == 1

    assert ten_answers(office, "Ravi Menon").ok
    assert close(office, "Grace Wanjiru").ok
    assert disposed(office).ok
    with pytest.raises(AgreementOver):
        office.act("Mei Chen", add_item, project_id=1, item="x", owner_id=1)
    with pytest.raises(AgreementOver):
        office.act("Grace Wanjiru", start_project, project_id=1)


def test_ix_1_d_what_lives_on_is_listed_until_it_is_purged_or_returned(office: Office) -> None:
    preparing.started(office, data=True)
    close(office, "Grace Wanjiru")

    with office.reading() as desk:
        (kept,) = kept_after(desk.session)
    assert (kept.number, kept.party, kept.data) == ("2026/1", "iom", "Names and e-mail addresses")
    assert (kept.retention_until, kept.again_on) == (date(2028, 6, 30), date(2027, 11, 23))
    assert kept.status is ProjectStatus.CLOSED
    disposed(office)
    with office.reading() as desk:
        assert kept_after(desk.session) == ()


def test_ix_1_d_only_the_party_that_holds_data_confirms_what_became_of_them(office: Office) -> None:
    preparing.started(office, data=True)

    said = press(office, "Ravi Menon", "data", "project_data.dispose")

    assert "In this case it is for the other party" in said
    gone = {"entry_id": 1, "how": DataHolding.PURGED, "disposed_on": office.today, "note": "x"}
    with pytest.raises(Refusal):
        office.act("Lucía Romero", project_holdings.dispose, **gone)


def test_ix_1_d_whoever_confirms_second_is_told_who_was_first(office: Office) -> None:
    preparing.started(office, data=True)
    press(office, "Nadia Petrova", "data", "project_data.dispose")
    disposed(office)

    fill(office, "Nadia Petrova", {"how": "returned", "disposed_on": office.today, "note": "x"})

    assert "Ines Martin (IOM) confirmed on Monday 23 November 2026" in preparing.shown(
        office, "Nadia Petrova"
    )
    gone = {"entry_id": 1, "how": DataHolding.PURGED, "disposed_on": office.today, "note": "x"}
    with pytest.raises(AlreadyDisposed):
        office.act("Ines Martin", project_holdings.dispose, **gone)
    with pytest.raises(NoSuchProject), office.reading() as desk:
        project_holdings.get_entry(desk, 99)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"disposed_on": "2026-11-22"}, "disposed_on"),
        ({"disposed_on": "2026-11-24"}, "disposed_on"),
        ({"note": " "}, "note"),
    ],
)
def test_ix_1_d_what_became_of_data_is_said_for_a_day_that_has_been(
    office: Office, changes: dict[str, Any], field: str
) -> None:
    preparing.started(office, data=True)

    assert list(disposed(office, **changes).errors) == [field]
