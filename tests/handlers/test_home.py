"""The App Home: the Agreement at a glance, what waits for this person, and everything a command can do."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import select

from bot.agreement import acknowledgements, emblem_decisions, emblems, exchanges
from bot.agreement.emblem_plans import Mark, PlannedUse
from bot.agreement.emblems import EmblemRequest, EmblemStatus
from bot.agreement.exchanges import Classification
from bot.journal import Entry, Outcome
from tests.handlers.offered import in_sight, offered, within_reach
from tests.handlers.pressing import buttons, home_words, modal_words, press_modal
from tests.office import ZURICH, Office

NOTHING = "Nothing is waiting for you"
USE = PlannedUse(
    mark=Mark.EMBLEM,
    purpose="To show that the study was made together.",
    product="Study on fair recruitment",
    audience="Governments, Kenya",
    use_from=date(2027, 1, 11),
    use_until=date(2027, 12, 31),
    needed_by=date(2026, 12, 18),
    mockup_text="Published by the ILO and the IOM",
)
UPDATE: dict[str, Any] = {
    "channel_id": "C0LIAISON",
    "title": "Fair recruitment & fees",
    "summary": "A draft is ready.",
    "area": "A-COOP",
    "classification": Classification.SHAREABLE,
}


def ask(office: Office) -> None:
    office.act("Mei Chen", emblems.request, owner="iom", channel_id="C0LIAISON", use=USE)


def share(office: Office) -> None:
    office.act("Mei Chen", exchanges.share, **UPDATE)


def shown(office: Office, name: str) -> str:
    """The Home as it was drawn last, without opening it again."""
    view = office.slack.home(office.id(name))
    assert view is not None
    return home_words(view)


@pytest.mark.parametrize(
    "sentence",
    [
        "*In force since Friday 23 October 2020* (clause X.1)",
        "*The initial term ends on Wednesday 23 October 2030*",
        "*Thursday 22 August 2030*",
        "Nothing is waiting for you, Mei Chen (ILO).",
        "*Wednesday 23 December 2026* · Information exchange, Kenya (clause IV.1)",
        "_Every month, counted from the Effective Date (Friday 23 October 2020). The Agreement sets no date",
    ],
)
def test_the_home_shows_the_agreement_at_a_glance_and_the_next_dates(office: Office, sentence: str) -> None:
    assert sentence in home_words(office.home("Mei Chen"))


def test_the_home_has_a_button_for_everything_a_command_does(office: Office) -> None:
    view = office.home("Amina Diallo")

    # Nothing waits for her but the offices to be told and earlier dates, whose buttons are in the menu, too.
    assert within_reach(office, "Amina Diallo", view) == offered(office, "Amina Diallo")


def test_the_home_shows_what_is_needed_often_and_keeps_the_rest_behind_one_button_a_part(
    office: Office,
) -> None:
    view = office.home("Amina Diallo")

    seen = in_sight(view["blocks"])
    assert {"terminations.status", "emblems.request", "amendments.list"} < seen
    assert not {"notices.open", "notices.withdrawals", "contacts.end", "amendments.start"} & seen
    assert max(len(block.get("elements", [])) for block in view["blocks"] if block["type"] == "actions") <= 4


def test_a_part_of_the_menu_opens_over_the_home_and_says_what_it_is_for(office: Office) -> None:
    office.home("Amina Diallo")

    office.click("Amina Diallo", "menu.part", "termination", where="home")

    told = modal_words(office, "Amina Diallo")
    assert "*Ending and renewal of the Agreement* (clauses VII.1 and VII.2)" in told
    assert ("notices.open", "own") in buttons(office.modal("Amina Diallo")["blocks"])


@pytest.mark.parametrize(
    ("name", "waits"),
    [
        ("Yuki Tanaka", True),
        ("Nadia Petrova", True),
        ("Jonas Weber", False),
        ("Helena Costa", False),
        ("Mei Chen", False),
    ],
)
def test_a_request_waits_for_the_owners_approvers_and_for_nobody_else(
    office: Office, name: str, waits: bool
) -> None:
    ask(office)

    view = office.home(name)

    assert (("emblems.approve", "1") in buttons(view["blocks"])) is waits
    assert "• Request 2026/1: ILO asks IOM about “Study on fair recruitment”" in home_words(view)


def test_a_decision_taken_in_the_home_is_gone_from_it_at_once(office: Office) -> None:
    ask(office)
    office.home("Yuki Tanaka")

    office.click("Yuki Tanaka", "emblems.approve", where="home")

    with office.reading() as desk:
        assert desk.session.exec(select(EmblemRequest)).one().status is EmblemStatus.APPROVED
    assert NOTHING in shown(office, "Yuki Tanaka")


def test_a_form_opened_from_the_home_draws_it_anew_once_it_is_sent_in(office: Office) -> None:
    ask(office)
    office.home("Yuki Tanaka")

    office.click("Yuki Tanaka", "emblems.refuse", where="home")
    office.submit("Yuki Tanaka", {"reason": "The draft is not final."})

    assert NOTHING in shown(office, "Yuki Tanaka")


def test_a_question_of_the_owner_waits_for_the_asking_party(office: Office) -> None:
    ask(office)
    office.act("Yuki Tanaka", emblem_decisions.ask_for_more, request_id=1, question="Which languages?")

    words = home_words(office.home("Mei Chen"))

    assert "IOM asks about “Study on fair recruitment”: Which languages?" in words
    assert "Which languages?" not in home_words(office.home("David Okafor"))


def test_a_share_waits_to_be_acknowledged_by_the_other_party_alone(office: Office) -> None:
    share(office)

    assert ("exchanges.acknowledge", "1") in buttons(office.home("Helena Costa")["blocks"])
    assert ("exchanges.acknowledge", "1") not in buttons(office.home("Amina Diallo")["blocks"])
    assert "ILO shared “Fair recruitment &amp; fees”" in home_words(office.home("Helena Costa"))


def test_an_acknowledgement_given_in_the_home_is_gone_from_it_at_once(office: Office) -> None:
    share(office)
    office.home("Omar Haddad")

    office.click("Omar Haddad", "exchanges.acknowledge", where="home")

    assert "is not acknowledged yet" not in shown(office, "Omar Haddad")


def test_a_refusal_in_the_home_is_explained_in_a_modal_and_the_home_drawn_anew(office: Office) -> None:
    share(office)
    office.home("Omar Haddad")
    office.act("Helena Costa", acknowledgements.acknowledge, exchange_id=1)

    office.click("Omar Haddad", "exchanges.acknowledge", where="home")

    assert "Helena Costa" in modal_words(office, "Omar Haddad")
    assert "is not acknowledged yet" not in shown(office, "Omar Haddad")


def test_a_form_sent_in_too_late_is_refused_and_the_home_drawn_anew(office: Office) -> None:
    ask(office)
    office.home("Yuki Tanaka")
    office.click("Yuki Tanaka", "emblems.refuse", where="home")
    office.act("Nadia Petrova", emblem_decisions.decide, request_id=1, status=EmblemStatus.APPROVED)

    office.submit("Yuki Tanaka", {"reason": "The draft is not final."})

    assert "Nadia Petrova" in modal_words(office, "Yuki Tanaka")
    assert NOTHING in shown(office, "Yuki Tanaka")


def test_a_card_shown_from_the_home_shows_the_decision_taken_on_it(office: Office) -> None:
    ask(office)
    office.home("Yuki Tanaka")
    office.click("Yuki Tanaka", "emblems.show", where="home")

    press_modal(office, "Yuki Tanaka", "emblems.approve")

    assert "Decided by *Yuki Tanaka (IOM)*" in modal_words(office, "Yuki Tanaka")
    assert NOTHING in shown(office, "Yuki Tanaka")


def test_a_period_that_ends_soon_waits_for_those_whose_party_has_not_answered(office: Office) -> None:
    office.clock.move_to(datetime(2027, 1, 11, 10, tzinfo=ZURICH))

    view = office.home("Amina Diallo")

    assert "your party has not answered for the period to Saturday 23 January 2027" in home_words(view)
    assert "exchanges.nothing" in dict(buttons(view["blocks"]))
    assert "exchanges.nothing" not in dict(buttons(office.home("Jonas Weber")["blocks"]))


def test_what_is_overdue_waits_for_those_who_may_settle_it(office: Office) -> None:
    office.clock.move_to(datetime(2027, 1, 28, 10, tzinfo=ZURICH))

    late = "Confirm the contact points (clause V.2-2): *overdue by 5 days*"
    assert late in home_words(office.home("Lucía Romero"))
    assert late not in home_words(office.home("Jonas Weber"))


def test_contact_points_to_be_confirmed_wait_once_for_those_who_confirm_them(office: Office) -> None:
    office.clock.move_to(datetime(2027, 1, 28, 10, tzinfo=ZURICH))

    words = home_words(office.home("Amina Diallo"))

    assert "*Contact points of ILO* (clause V.2-2): to be confirmed for the quarter" in words
    assert "Confirm the contact points (clause V.2-2): *overdue" not in words


def test_an_overdue_period_of_exchange_waits_to_be_answered_and_not_to_be_settled(office: Office) -> None:
    office.clock.move_to(datetime(2026, 12, 28, 10, tzinfo=ZURICH))

    words = home_words(office.home("Amina Diallo"))

    assert "your party has not answered for the period to Wednesday 23 December 2026" in words
    assert "overdue by" not in words


def test_a_period_the_persons_party_has_answered_is_left_to_the_other(office: Office) -> None:
    office.pass_to(date(2026, 12, 23))
    office.click("Samuel Otieno", "exchanges.nothing", where="ilo-iom-east-africa")
    office.clock.move_to(datetime(2026, 12, 28, 10, tzinfo=ZURICH))

    mine, theirs = home_words(office.home("Lucía Romero")), home_words(office.home("Nadia Petrova"))

    assert "Kenya* (clause IV.1): your party has not answered" not in mine
    assert "Kenya (clause IV.1): *overdue" not in mine
    assert "Kenya* (clause IV.1): your party has not answered" in theirs
    assert "Kenya (clause IV.1): *overdue" not in theirs
    listed = office.command("Amina Diallo", "/agreement due")
    assert "Kenya (clause IV.1): *overdue by 5 days*. ILO has answered; waiting for IOM" in listed


def test_what_waits_for_the_person_comes_before_the_state_of_the_agreement(office: Office) -> None:
    words = home_words(office.home("Mei Chen"))

    assert (
        words.index("What is waiting for you") < words.index("*In force since") < words.index("*Next dates")
    )


def test_a_date_settled_from_the_list_behind_the_home_is_counted_there_at_once(office: Office) -> None:
    office.home("Amina Diallo")
    before = shown(office, "Amina Diallo")

    office.click("Amina Diallo", "settlements.list", where="home")
    press_modal(office, "Amina Diallo", "settlements.open")
    office.submit("Amina Diallo", {"outcome": "not_known", "note": "Nobody of that time is left"})

    counts = [
        int(words.split(" earlier dates")[0].split()[-1]) for words in (before, shown(office, "Amina Diallo"))
    ]
    assert counts[1] == counts[0] - 1


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("agreement.status", "ILO–IOM Agreement: in force"),
        ("agreement.due", "ILO–IOM Agreement: what is due"),
        ("emblems.list", "Requests under clauses VI.1, VI.3 and IX.2"),
        ("exchanges.list", "Information exchange (IV.1)"),
        ("settlements.list", "Due dates with nothing on record"),
    ],
)
def test_an_answer_to_a_button_of_the_home_is_shown_in_a_modal(
    office: Office, action: str, said: str
) -> None:
    office.home("Amina Diallo")

    office.click("Amina Diallo", action, where="home")

    assert said in modal_words(office, "Amina Diallo")


def test_a_guest_reads_a_kind_page_that_says_whom_to_write_to(office: Office) -> None:
    words = home_words(office.home("Clara Novak"))

    assert "You are not yet on ILO's list of persons for the Agreement" in words
    assert "Amina Diallo (ILO)" in words
    assert "In force since" not in words
    with office.reading() as desk:
        refused = desk.session.exec(select(Entry).where(Entry.outcome == Outcome.REFUSED)).all()
    assert [entry.subject for entry in refused] == ["not_on_roster"]


def test_the_home_keeps_to_slacks_hundred_blocks_however_much_waits(office: Office) -> None:
    for _ in range(12):
        ask(office)
        share(office)
    office.clock.move_to(datetime(2027, 3, 1, 10, tzinfo=ZURICH))

    view = office.home("Nadia Petrova")

    assert len(view["blocks"]) <= 100
    assert "and 7 more." in home_words(view)
    assert ("agreement.status", "status") in buttons(view["blocks"])
