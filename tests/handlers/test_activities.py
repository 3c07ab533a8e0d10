"""I.2, I.3, I.4 and IV.7 through the door: a new activity is compared, and its channels are asked for once."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from bot.agreement.activities import Activity, NewActivity, Relation, take_in
from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.journal import Entry, Outcome
from tests.handlers.pressing import home_words, modal_words
from tests.knocking import sent, user
from tests.office import Office, words_of
from tests.planning import add

CHANNELS = {"channels": ["country_team"], "framework": "Cooperation Framework Kenya, outcome 2.1"}


def begin(desk: Desk, *, new: NewActivity) -> Event:
    take_in(desk, new)
    return Event(clause="IV.5-2", subject=new.subject)


def brought(office: Office, name: str, number: str, **changes: Any) -> None:
    facts: dict[str, Any] = {
        "subject": f"trial:{number.rpartition('/')[2]}",
        "clause": "IV.5-2",
        "number": number,
        "title": f"Fair recruitment corridor {number}",
        "scope": "KE",
        "area": "A-STRAT",
        "starts_on": date(2027, 1, 1),
        "ends_on": date(2027, 6, 30),
    }
    office.act(name, begin, new=NewActivity(**{**facts, **changes}))


def rows(office: Office) -> list[Activity]:
    with office.reading() as desk:
        return list(desk.session.exec(select(Activity).order_by(Activity.number)).all())


def opened(office: Office, name: str, number: int) -> str:
    """The activity as its taker finds it in the App Home."""
    office.home(name)
    return office.click(name, "activities.show", str(number), where="home")


@pytest.fixture
def two(office: Office) -> Office:
    brought(office, "Samuel Otieno", "2026/1")
    brought(office, "Grace Wanjiru", "2026/2")
    return office


def answer(office: Office, name: str, action: str, values: dict[str, Any], number: int = 2) -> Any:
    """Send a form in as its page would, opened or not."""
    if "channels" in values:
        chosen = [{"value": channel} for channel in values["channels"]]
        values = {**values, "channels": {"type": "checkboxes", "selected_options": chosen}}
    return sent(office, "iom", user(office, name), action, str(number), values, f"V{name}{action}")


def test_i_2_whoever_took_it_in_finds_the_question_in_their_home(two: Office) -> None:
    view = two.home("Grace Wanjiru")

    assert "how it stands to similar activities (clause I.2)" in home_words(view)
    assert "which you entered" not in home_words(two.home("Helena Costa"))


def test_i_2_an_activity_is_compared_by_place_area_and_time(two: Office) -> None:
    brought(two, "Grace Wanjiru", "2026/3", area="A-COOP")
    brought(two, "Grace Wanjiru", "2026/4", starts_on=date(2027, 7, 1), ends_on=None)
    brought(two, "Grace Wanjiru", "2026/5", scope="UG")

    two.home("Grace Wanjiru")
    card = words_of(two.told("Grace Wanjiru")) + two.click(
        "Grace Wanjiru", "activities.show", "2", where="home"
    )

    assert (
        "“Fair recruitment corridor 2026/1” of ILO (activity 2026/1)"
        in modal_words(two, "Grace Wanjiru") + card
    )
    assert "2026/3" not in modal_words(two, "Grace Wanjiru") + card
    assert "2026/4" not in modal_words(two, "Grace Wanjiru") + card
    assert "2026/5" not in modal_words(two, "Grace Wanjiru") + card


def test_i_2_the_first_answer_stands_and_the_second_is_told_whose_it_is(two: Office) -> None:
    answer(two, "Grace Wanjiru", "activities.relate", {"relation": "complementary", "note": "They train."})

    told = answer(two, "Helena Costa", "activities.relate", {"relation": "separate", "note": ""})

    (first, second) = rows(two)
    assert (first.relation, second.relation) == (None, Relation.COMPLEMENTARY)
    assert "Grace Wanjiru (IOM) has answered this about" in str(told)


def test_iv_7_and_i_4_the_channels_and_the_common_item_are_put_on_record(two: Office) -> None:
    answer(two, "Grace Wanjiru", "activities.consider", {**CHANNELS, "note": ""})

    row = rows(two)[1]
    assert (row.channels, row.framework) == ("country_team", "Cooperation Framework Kenya, outcome 2.1")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"channels": ["none", "network"]}, "but not both (IV.7)"),
        ({"channels": ["none"]}, "why there is none"),
        ({"channels": ["wider_system"]}, "which other channel"),
        ({"framework": "  "}, "why there is none"),
    ],
    ids=["none and some", "none without why", "another without which", "no common item"],
)
def test_iv_7_an_answer_that_says_too_little_is_asked_for_again(
    two: Office, changes: dict[str, Any], said: str
) -> None:
    told = answer(two, "Grace Wanjiru", "activities.consider", {**CHANNELS, "note": "", **changes})

    assert said in str(told)
    assert rows(two)[1].considered_at is None


def test_i_3_every_activity_is_listed_under_its_place(two: Office) -> None:
    brought(two, "Amina Diallo", "2026/3", scope="")

    said = two.command("Omar Haddad", "/agreement activities")

    assert "*Kenya*" in said
    assert "*Global*" in said
    assert said.index("*Global*") < said.index("2026/3") < said.index("*Kenya*") < said.index("2026/1")


@pytest.mark.parametrize("name", ["Ravi Menon", "Yuki Tanaka", "Clara Novak", "Victor Lang"])
def test_who_has_no_part_in_the_substance_answers_nothing(two: Office, name: str) -> None:
    for action, values in (
        ("activities.relate", {"relation": "joint", "note": ""}),
        ("activities.consider", {**CHANNELS, "note": ""}),
    ):
        answer(two, name, action, values)

    assert [(row.related_at, row.considered_at) for row in rows(two)] == [(None, None)] * 2
    with two.reading() as desk:
        refused = desk.session.exec(select(Entry).where(Entry.outcome == Outcome.REFUSED)).all()
    assert len(refused) == 2


def test_the_form_is_opened_from_the_answer_and_says_what_it_is_compared_with(two: Office) -> None:
    two.command("Grace Wanjiru", "/agreement activities")
    opened(two, "Grace Wanjiru", 2)
    two.slack.click(two.id("Grace Wanjiru"), two.modal("Grace Wanjiru")["id"], None, "activities.relate", "2")

    assert "“Fair recruitment corridor 2026/1” of ILO (activity 2026/1)" in modal_words(two, "Grace Wanjiru")
    two.submit("Grace Wanjiru", {"relation": "joint"})
    assert rows(two)[1].relation is Relation.JOINT


def test_an_activity_nobody_knows_is_refused_in_words(office: Office) -> None:
    told = answer(office, "Grace Wanjiru", "activities.relate", {"relation": "joint", "note": ""}, 99)

    assert "This activity is not on record" in str(told)


def test_an_activity_says_what_its_number_is_the_number_of(office: Office) -> None:
    add(office, "Amina Diallo")

    listed = office.command("Amina Diallo", "/agreement activities")

    assert "• “Study of recruitment costs” (workplan item 2026/1) · ILO" in listed
    assert "(workplan item 2026/1) on Monday" in words_of(office.channel("ilo-iom-liaison"))
