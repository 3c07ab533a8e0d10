"""IV.1: a matter that arose is noted for one's own party, and shared in time or withheld with a reason."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot.agreement import matters
from bot.agreement.errors import FieldError
from bot.agreement.exchanges import Exchange
from bot.agreement.follow_ups import FollowUp
from bot.agreement.matters import MatterClosed, MatterStatus, NoSuchMatter, NotedMatter, Withheld
from bot.journal import Entry, Outcome
from tests.clauses.exchanging import LIAISON, UPDATE
from tests.handlers.pressing import buttons, home_words, modal_words, press_told
from tests.office import START, ZURICH, Office, Servers, words_of

MATTER: dict[str, Any] = {"subject": "A new corridor", "area": "A-COOP", "arose_on": "2026-11-23"}
SHARE_BY = date(2026, 12, 7)
"""Ten working days of both sides after Monday 23 November 2026."""
OF_IOM = ("Helena Costa", "Omar Haddad", "Grace Wanjiru", "David Okafor", "Yuki Tanaka")


def note(office: Office, name: str = "Mei Chen", **changes: Any) -> Any:
    office.command(name, "/exchange matter")
    result = office.submit(name, {**MATTER, **changes})
    office.deliver()
    return result


def noted(office: Office) -> list[NotedMatter]:
    with office.reading() as desk:
        return list(desk.session.exec(select(NotedMatter)).all())


def refusals(office: Office) -> list[str]:
    with office.reading() as desk:
        query = select(Entry.subject).where(Entry.outcome == Outcome.REFUSED)
        return list(desk.session.exec(query).all())


@pytest.fixture
def office_of_one(tmp_path: Path, servers: Servers) -> Iterator[Office]:
    """Only the ILO has the app."""
    url = f"sqlite:///{tmp_path / 'comity.db'}"
    with Office(tmp_path, url, servers, START, parties=("ilo",)) as made:
        yield made.move_in()


def test_iv_1_the_note_says_until_when_to_share_and_how_that_day_is_counted(office: Office) -> None:
    note(office)

    said = modal_words(office, "Mei Chen")
    assert "Please share it by *Monday 7 December 2026*." in said
    assert "10 working days of both parties, counted from Monday 23 November 2026" in said
    assert "The number is a working rule; the text sets none." in said
    assert noted(office)[0].share_by == SHARE_BY


def test_iv_1_a_day_on_which_a_party_is_closed_is_named_and_not_counted(office: Office) -> None:
    office.clock.move_to(datetime(2026, 12, 22, 10, tzinfo=ZURICH))

    note(office, arose_on="2026-12-21")

    assert noted(office)[0].share_by == date(2027, 1, 7)
    said = modal_words(office, "Mei Chen")
    assert "Friday 25 December 2026 (Christmas Day)" in said
    assert "Friday 1 January 2027 (New Year's Day)" in said


def test_iv_1_the_author_and_the_own_contact_point_are_told_and_the_other_party_sees_nothing(
    office: Office,
) -> None:
    channel = len(office.channel(LIAISON))

    note(office)

    for name in ("Mei Chen", "Amina Diallo"):
        (told,) = office.direct(name)
        assert "Mei Chen noted for ILO that “A new corridor” arose on Monday 23 November 2026" in words_of(
            [told]
        )
        assert [action for action, _ in buttons(told["blocks"])] == ["matters.share", "matters.withhold"]
    assert len(office.channel(LIAISON)) == channel
    for name in OF_IOM:
        assert office.direct(name) == []
        assert "A new corridor" not in home_words(office.home(name))
    assert "A new corridor" in home_words(office.home("Amina Diallo"))


def test_iv_1_the_numbers_of_one_party_tell_the_other_nothing(office: Office) -> None:
    note(office)
    note(office)

    note(office, "David Okafor")

    assert [(row.party, row.number) for row in noted(office)] == [
        ("ilo", "2026/1"),
        ("ilo", "2026/2"),
        ("iom", "2026/1"),
    ]


def test_iv_1_they_are_reminded_before_and_on_the_last_day_once_each(office: Office) -> None:
    note(office)

    office.pass_to(date(2026, 12, 8))
    office.tick()

    for name in ("Mei Chen", "Amina Diallo"):
        _, before, on_the_day = office.direct(name)
        assert "is to be shared with IOM by *Monday 7 December 2026*, in 3 days" in words_of([before])
        assert "The last day to share it with IOM is *today, Monday 7 December 2026*" in words_of(
            [on_the_day]
        )
    assert office.direct("Helena Costa") == []


def test_iv_1_after_days_away_the_reminder_comes_once_and_says_that_it_is_late(office: Office) -> None:
    note(office)

    office.clock.move_to(datetime(2026, 12, 14, 10, tzinfo=ZURICH))
    office.tick()
    office.tick()

    _, told = office.direct("Mei Chen")
    assert "was to be shared with IOM by *Monday 7 December 2026*" in words_of([told])
    assert "This was to be said on Monday 7 December 2026 and comes late." in words_of([told])


def share_it(office: Office, name: str, **changes: Any) -> Any:
    office.click(name, "matters.share", where="direct")
    result = office.submit(name, {"summary": UPDATE["summary"], "classification": "shareable", **changes})
    office.deliver()
    return result


def test_iv_1_sharing_begins_with_what_was_noted_and_closes_the_matter(office: Office) -> None:
    note(office)

    result = share_it(office, "Amina Diallo")

    assert result.ok
    (card,) = office.channel(LIAISON)
    assert "A new corridor" in words_of([card])
    assert "*The matter arose on* Monday 23 November 2026, and was shared in time" in words_of([card])
    (row,) = noted(office)
    assert (row.status, row.exchange_id) == (MatterStatus.SHARED, 1)
    office.pass_to(date(2026, 12, 8))
    assert len(office.direct("Mei Chen")) == 1
    with office.reading() as desk:
        assert desk.session.exec(select(FollowUp)).all() == []


@pytest.mark.parametrize(("day", "words"), [(8, "1 working day late"), (14, "5 working days late")])
def test_iv_1_what_is_shared_late_says_by_how_many_working_days(office: Office, day: int, words: str) -> None:
    note(office)
    office.clock.move_to(datetime(2026, 12, day, 10, tzinfo=ZURICH))

    share_it(office, "Mei Chen")

    assert f"and was shared {words}" in words_of(office.channel(LIAISON))


def test_iv_1_a_matter_noted_after_its_last_day_says_so_at_once(office: Office) -> None:
    note(office, arose_on="2026-11-02")

    assert "It was to be shared by *Monday 16 November 2026*, 5 working days ago" in modal_words(
        office, "Mei Chen"
    )
    assert "Please share it now" in words_of(office.direct("Amina Diallo"))


def withhold(office: Office, name: str, **values: Any) -> Any:
    office.click(name, "matters.withhold", where="direct")
    return office.submit(name, {"reason": "confidential", "note": "A donor asked us not to.", **values})


def test_iv_1_a_matter_is_withheld_with_a_reason_that_stays_with_the_party(office: Office) -> None:
    note(office)

    withhold(office, "Amina Diallo")
    office.pass_to(date(2026, 12, 8))

    (row,) = noted(office)
    assert (row.status, row.withheld, row.note) == (
        MatterStatus.WITHHELD,
        Withheld.CONFIDENTIAL,
        "A donor asked us not to.",
    )
    assert office.channel(LIAISON) == []
    assert [office.direct(name) for name in OF_IOM] == [[]] * len(OF_IOM)
    assert len(office.direct("Mei Chen")) == 1


def test_iv_1_a_matter_is_not_withheld_without_a_reason(office: Office) -> None:
    note(office)

    result = withhold(office, "Mei Chen", note=" ")

    assert list(result.errors) == ["note"]
    assert noted(office)[0].status is MatterStatus.OPEN


def test_iv_1_whoever_deals_with_it_second_is_told_who_was_first(office: Office) -> None:
    note(office)
    office.click("Mei Chen", "matters.share", where="direct")
    withhold(office, "Amina Diallo")

    office.submit("Mei Chen", {"summary": "x", "classification": "public"})

    assert "Amina Diallo has dealt with matter 2026/1 already" in modal_words(office, "Mei Chen")
    assert office.channel(LIAISON) == []
    with office.reading() as desk:
        assert desk.session.exec(select(Exchange)).all() == []
    with pytest.raises(MatterClosed):
        office.act("Mei Chen", matters.withhold, matter_id=1, withheld=Withheld.OWN_RULES, note="x")


@pytest.mark.parametrize("name", ["Helena Costa", "David Okafor"])
@pytest.mark.parametrize("matter_id", [1, 99])
def test_iv_1_the_other_party_is_answered_alike_whether_or_not_there_is_a_matter(
    office: Office, name: str, matter_id: int
) -> None:
    note(office)

    with pytest.raises(NoSuchMatter):
        office.act(name, matters.withhold, matter_id=matter_id, withheld=Withheld.OWN_RULES, note="x")
    with pytest.raises(NoSuchMatter):
        office.act(name, matters.share_matter, matter_id=matter_id)

    assert refusals(office) == ["no_such_matter"] * 2


@pytest.mark.parametrize("name", ["Jonas Weber", "Ravi Menon", "Clara Novak"])
def test_iv_1_nobody_without_a_mandate_for_the_substance_notes_a_matter(office: Office, name: str) -> None:
    assert office.command(name, "/exchange matter")

    assert office.slack.modal(office.id(name)) is None
    assert len(refusals(office)) == 1


@pytest.mark.parametrize(
    ("field", "typed"), [("subject", "  "), ("arose_on", "2026-11-24"), ("arose_on", "2020-10-22")]
)
def test_iv_1_a_field_that_cannot_be_used_is_named_and_nothing_is_noted(
    office: Office, field: str, typed: str
) -> None:
    result = note(office, **{field: typed})

    assert list(result.errors) == [field]
    assert noted(office) == []


def test_iv_1_what_a_party_noted_is_listed_for_its_own_people_only(office: Office) -> None:
    assert "has noted no matter that is still to be shared" in told_of_list(office, "Mei Chen")
    note(office, subject="<!channel> & co")

    own, other = told_of_list(office, "Amina Diallo"), told_of_list(office, "Helena Costa")

    assert "“&lt;!channel&gt; &amp; co” · arose on Monday 23 November 2026 · to be shared by" in own
    assert "co” · arose" not in other
    assert "IOM has noted no matter" in other


def told_of_list(office: Office, name: str) -> str:
    office.command(name, "/exchange")
    return press_told(office, name, "matters.list")


def test_iv_1_what_is_private_does_not_pass_through_the_other_partys_app(office_of_one: Office) -> None:
    office = office_of_one
    office.act("Mei Chen", matters.note_matter, **facts(through="ilo"))

    with pytest.raises(matters.ThroughOtherApp):
        office.act("Helena Costa", matters.note_matter, **facts(through="ilo"))

    assert [row.party for row in noted(office)] == ["ilo"]


def test_iv_1_a_party_without_an_app_hears_nothing_through_the_other(office_of_one: Office) -> None:
    office_of_one.act("Helena Costa", matters.note_matter, **facts(through="iom"))

    assert office_of_one.direct("Mei Chen") == []
    assert len(office_of_one.slack.messages("#ilo-iom-liaison")) == 0


def facts(**changes: Any) -> dict[str, Any]:
    given = {"title": "A new corridor", "area": "A-COOP", "channel_id": "C0LIAISON"}
    return {**given, "arose_on": date(2026, 11, 23), **changes}


def test_iv_1_the_journal_does_not_repeat_what_a_private_matter_is_about(office: Office) -> None:
    note(office)
    office.pass_to(date(2026, 12, 8))

    with office.reading() as desk:
        entries = desk.session.exec(select(Entry)).all()

    assert {"matter_noted", "matter_near"} <= {entry.event for entry in entries}
    assert "A new corridor" not in str([entry.model_dump() for entry in entries])


@pytest.mark.parametrize(
    ("field", "changes"), [("area", {"area": "A-NONE"}), ("arose_on", {"arose_on": None})]
)
def test_iv_1_what_no_form_offers_is_refused_all_the_same(
    office: Office, field: str, changes: dict[str, Any]
) -> None:
    with pytest.raises(FieldError) as refused:
        office.act("Mei Chen", matters.note_matter, **facts(through="ilo", **changes))

    assert refused.value.field == field
