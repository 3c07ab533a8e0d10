"""IV.1 through the door: who may share, what is refused before it is posted, and who acknowledges."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import select

from bot.agreement.channels import Channel
from bot.agreement.exchange_periods import Answer, PeriodAnswer
from bot.agreement.exchanges import Exchange, ExchangeStatus
from bot.agreement.ledger import Occurrence, OccurrenceStatus
from bot.journal import Entry, Outcome
from tests.office import ZURICH, Office, words_of

LIAISON, KENYA = "ilo-iom-liaison", "ilo-iom-east-africa"
UPDATE: dict[str, Any] = {
    "subject": "Labour mobility fund",
    "summary": "A new fund opens in Nairobi in March.",
    "area": "A-COOP",
    "counterparts": "Ministry of Labour",
    "asked": "Comments on the draft call.",
    "classification": "shareable",
    "link": "https://www.ilo.org/fund?year=2027&part=1",
}
NOT_SHARING = ["Jonas Weber", "Ravi Menon", "Clara Novak", "Yuki Tanaka"]
NOT_ACKNOWLEDGING = [
    "Mei Chen",
    "Amina Diallo",
    "Pierre Favre",
    "Yuki Tanaka",
    "David Okafor",
    "Ines Martin",
    "Clara Novak",
    "Victor Lang",
]


def share(office: Office, name: str = "Mei Chen", channel: str = LIAISON, **changes: Any) -> Any:
    office.command(name, "/exchange share", channel=channel)
    result = office.submit(name, {**UPDATE, **changes})
    office.deliver()
    return result


def shared(office: Office) -> list[Exchange]:
    with office.reading() as desk:
        return list(desk.session.exec(select(Exchange)).all())


def refusals(office: Office) -> list[Entry]:
    with office.reading() as desk:
        return list(desk.session.exec(select(Entry).where(Entry.outcome == Outcome.REFUSED)).all())


def answers(office: Office) -> list[tuple[date, str, Answer]]:
    with office.reading() as desk:
        query = select(Occurrence, PeriodAnswer).join(PeriodAnswer)
        return [(row.due_on, given.party, given.answer) for row, given in desk.session.exec(query).all()]


def december(office: Office) -> Occurrence:
    """The Kenya channel's period that ends on 23 December 2026."""
    with office.reading() as desk:
        query = select(Occurrence).where(Occurrence.scope == "KE", Occurrence.due_on == date(2026, 12, 23))
        return desk.session.exec(query).one()


def buttons(message: dict[str, Any]) -> list[str]:
    rows = [block for block in message["blocks"] if block["type"] == "actions"]
    return [element["action_id"] for row in rows for element in row["elements"]]


def test_an_update_is_posted_in_the_channel_and_told_to_the_other_sides_contact_point(office: Office) -> None:
    result = share(office)

    assert result.ok
    (card,) = office.channel(LIAISON)
    assert "Mei Chen (ILO) informed *IOM*" in words_of([card])
    assert "Comments on the draft call." in words_of([card])
    assert "International cooperation" in words_of([card])
    assert "*Level and place:* Global" in words_of([card])
    assert "<https://www.ilo.org/fund?year=2027&amp;part=1>" in words_of([card])
    assert buttons(card) == ["exchanges.acknowledge", "replies.open"]
    (told,) = office.direct("Helena Costa")
    assert buttons(told) == ["exchanges.acknowledge", "replies.open"]
    assert not office.direct("Grace Wanjiru")
    assert not office.direct("Amina Diallo")


def test_the_form_begins_with_the_level_of_the_channel_the_person_is_in(office: Office) -> None:
    office.command("Samuel Otieno", "/exchange share", channel=KENYA)

    (place,) = [block for block in office.modal("Samuel Otieno")["blocks"] if block["block_id"] == "place"]

    offered = [option["text"]["text"] for option in place["element"]["options"]]
    assert offered == ["Global", "Africa (region)", "Kenya (country)"]
    assert place["element"]["initial_option"]["text"]["text"] == "Kenya (country)"


def test_in_a_country_channel_the_other_sides_field_focal_point_is_told(office: Office) -> None:
    share(office, "Samuel Otieno", KENYA)

    assert "*Level and place:* Kenya (country)" in words_of(office.channel(KENYA))
    assert "Labour mobility fund" in words_of(office.direct("Grace Wanjiru"))
    assert not office.channel(LIAISON)


def test_an_update_may_be_made_for_another_level_than_that_of_the_channel(office: Office) -> None:
    share(office, "Samuel Otieno", LIAISON, place="Kenya (country)")

    assert "Kenya (country), <#C0KENYA>" in str(office.modal("Samuel Otieno")["blocks"])
    assert "Labour mobility fund" in words_of(office.channel(KENYA))
    assert not office.channel(LIAISON)


def test_a_file_is_shown_to_both_sides_in_the_thread_of_the_card(office: Office) -> None:
    share(office, file=("call.txt", b"the draft call"))

    card, enclosed = office.channel(LIAISON)
    assert "*File:* call.txt" in words_of([card])
    assert enclosed["thread_ts"] == card["ts"]
    assert [file["name"] for file in enclosed["files"]] == ["call.txt"]
    assert "shared with IOM under update 2026/1" in enclosed["text"]


@pytest.mark.parametrize("name", NOT_SHARING)
def test_nobody_without_a_mandate_for_the_substance_opens_the_form(office: Office, name: str) -> None:
    told = office.command(name, "/exchange share")

    assert told
    assert office.slack.modal(office.id(name)) is None
    assert len(refusals(office)) == 1


@pytest.mark.parametrize("classification", ["restricted", "confidential"])
def test_what_is_above_shareable_is_refused_at_its_field_before_anything_is_posted(
    office: Office, classification: str
) -> None:
    result = share(office, classification=classification)

    assert list(result.errors) == ["classification"]
    assert "IV.2" in result.errors["classification"]
    assert f"What is {classification} may not go" in result.errors["classification"]
    assert not shared(office)
    assert not office.channel(LIAISON)
    held = office.slack.modal(office.id("Mei Chen"))
    assert held is not None
    assert UPDATE["summary"] in str(held)


def test_what_was_refused_can_be_put_right_in_the_same_form(office: Office) -> None:
    share(office, classification="confidential")

    result = office.submit("Mei Chen", {"classification": "public"})
    office.deliver()

    assert result.ok
    assert "A new fund opens" in words_of(office.channel(LIAISON))


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("subject", "   "),
        ("summary", " \n "),
        ("link", "www.ilo.org"),
        ("link", "ftp://ilo.org/x"),
        ("link", "https://"),
        ("link", "https://ilo.org/a b"),
        ("link", "javascript:alert(1)"),
    ],
)
def test_a_field_that_cannot_be_used_is_named_and_nothing_is_shared(
    office: Office, field: str, typed: str
) -> None:
    result = share(office, **{field: typed})

    assert list(result.errors) == [field]
    assert not shared(office)


def test_what_people_type_is_inert(office: Office) -> None:
    share(office, subject="<!channel> & co", summary='<!everyone> <@U0IOMCOSTA> "quoted"')

    (card,) = office.channel(LIAISON)
    assert "&lt;!channel&gt; &amp; co" in card["text"]
    assert "&lt;!everyone&gt; &lt;@U0IOMCOSTA&gt;" in words_of([card])
    assert card["blocks"][0]["text"] == {"type": "plain_text", "text": "Update 2026/1 · <!channel> & co"}


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("Helena Costa", LIAISON),
        ("Helena Costa", "direct"),
        ("Omar Haddad", LIAISON),
        ("Grace Wanjiru", LIAISON),
    ],
)
def test_the_other_side_acknowledges_and_every_card_says_who_and_when(
    office: Office, name: str, where: str
) -> None:
    share(office)

    told = office.click(name, "exchanges.acknowledge", where=where)
    office.deliver()

    assert told == ""
    for card in (*office.channel(LIAISON), *office.direct("Helena Costa")):
        assert f"*Acknowledged* by {name} (IOM) on Monday 23 November 2026 at 10:0" in words_of([card])
        assert buttons(card) == ["replies.open"]
    assert shared(office)[0].status is ExchangeStatus.ACKNOWLEDGED


def test_whoever_shared_is_told_in_person_that_it_has_arrived(office: Office) -> None:
    share(office)

    office.click("Omar Haddad", "exchanges.acknowledge")
    office.deliver()

    (told,) = office.direct("Mei Chen")
    assert "Omar Haddad (IOM) acknowledged your update 2026/1, “Labour mobility fund”" in words_of([told])


@pytest.mark.parametrize("name", NOT_ACKNOWLEDGING)
def test_nobody_but_the_other_sides_points_can_acknowledge(office: Office, name: str) -> None:
    share(office)

    told = office.click(name, "exchanges.acknowledge")

    assert told
    assert shared(office)[0].status is ExchangeStatus.SHARED
    (refused,) = refusals(office)
    assert refused.event == "acknowledge"


def test_the_sharing_side_cannot_acknowledge_from_a_channel_of_the_other_sides_app(office: Office) -> None:
    share(office, "Samuel Otieno", KENYA)

    told = office.click("Samuel Otieno", "exchanges.acknowledge", where=KENYA)

    assert "ILO shared this itself" in told
    assert shared(office)[0].status is ExchangeStatus.SHARED


def test_whoever_acknowledges_second_is_told_who_was_first(office: Office) -> None:
    share(office)
    office.click("Omar Haddad", "exchanges.acknowledge")

    told = office.click("Helena Costa", "exchanges.acknowledge")

    assert "Omar Haddad (IOM) has acknowledged 2026/1 already, on Monday 23 November 2026" in told
    assert shared(office)[0].acknowledged_by == office.person("Omar Haddad").key


def test_nothing_to_report_is_an_answer_and_is_told_in_the_prompts_thread(office: Office) -> None:
    office.pass_to(date(2026, 12, 9))

    office.click("Grace Wanjiru", "exchanges.nothing", where=KENYA)
    office.deliver()

    assert answers(office) == [(date(2026, 12, 23), "iom", Answer.NOTHING)]
    prompt, said = office.channel(KENYA)
    assert said["thread_ts"] == prompt["ts"]
    assert "Recorded by Grace Wanjiru (IOM)" in words_of([said])
    assert "ILO is still asked to answer" in words_of([said])


def test_a_party_answers_once_and_the_second_time_is_told_who_did(office: Office) -> None:
    office.pass_to(date(2026, 12, 9))
    office.click("Grace Wanjiru", "exchanges.nothing", where=KENYA)

    told = office.click("Helena Costa", "exchanges.nothing", where=KENYA)

    assert "Grace Wanjiru (IOM) has answered for this period already" in told
    assert "IOM had nothing to report" in told
    assert len(answers(office)) == 1


@pytest.mark.parametrize("action", ["exchanges.nothing", "exchanges.share"])
@pytest.mark.parametrize("name", ["Victor Lang", "Clara Novak", "Jonas Weber"])
def test_nobody_without_a_mandate_answers_a_prompt(office: Office, name: str, action: str) -> None:
    office.clock.move_to(datetime(2027, 1, 8, 10, tzinfo=ZURICH))
    office.tick()

    told = office.click(name, action)

    assert told
    assert office.slack.modal(office.id(name)) is None
    assert not answers(office)
    assert len(refusals(office)) == 1


def test_when_both_parties_have_answered_the_period_is_met(office: Office) -> None:
    office.pass_to(date(2026, 12, 9))

    office.click("Grace Wanjiru", "exchanges.nothing", where=KENYA)
    office.click("Samuel Otieno", "exchanges.share", where=KENYA)
    office.submit("Samuel Otieno", UPDATE)
    office.deliver()

    assert december(office).status is OccurrenceStatus.MET
    assert december(office).met_on == date(2026, 12, 9)


def test_what_is_shared_late_answers_the_period_that_was_asked_about_last(office: Office) -> None:
    share(office, "Samuel Otieno", KENYA)
    office.pass_to(date(2026, 12, 28))

    share(office, "Grace Wanjiru", KENYA)
    share(office, "Samuel Otieno", KENYA)

    december, january = date(2026, 12, 23), date(2027, 1, 23)
    assert answers(office) == [
        (december, "ilo", Answer.SHARED),
        (december, "iom", Answer.SHARED),
        (january, "ilo", Answer.SHARED),
    ]


def test_the_list_shows_what_was_shared_and_whether_it_was_acknowledged(office: Office) -> None:
    assert "Nothing has been shared yet" in office.command("Helena Costa", "/exchange list")

    share(office)
    share(office, "David Okafor", subject="Migration data")
    office.click("Amina Diallo", "exchanges.acknowledge")
    said = office.command("Helena Costa", "/exchange list")

    assert "*2026/1* · ILO · “Labour mobility fund” · Global · Monday 23 November 2026" in said
    assert "Not acknowledged yet" in said
    assert "Acknowledged by Amina Diallo (ILO)" in said


@pytest.mark.parametrize("number", ["2026/1", " 2026/1 "])
def test_one_update_is_shown_by_its_number(office: Office, number: str) -> None:
    share(office)

    said = office.command("Helena Costa", f"/exchange show {number}")

    assert "A new fund opens in Nairobi" in said


@pytest.mark.parametrize("number", ["", "3", "2026/9", "2026", "²/1", "<!channel>", "2026/1/1"])
def test_an_unknown_number_is_explained(office: Office, number: str) -> None:
    said = office.command("Helena Costa", f"/exchange show {number}")

    assert "`/exchange list` lists the latest" in said
    assert "<!channel>" not in said


def test_help_says_what_there_is_and_offers_it(office: Office) -> None:
    said = office.command("Helena Costa", "/exchange help")

    for command in ("/exchange share", "/exchange list", "/exchange show"):
        assert command in said


@pytest.mark.parametrize("words", ["/exchange list", "/exchange show 2026/1"])
def test_a_stranger_reads_nothing(office: Office, words: str) -> None:
    share(office)

    said = office.command("Clara Novak", words)

    assert "Labour mobility fund" not in said
    assert len(refusals(office)) == 1


def test_a_form_that_arrives_twice_shares_once(office: Office) -> None:
    office.command("Mei Chen", "/exchange share")
    office.slack.faults.deliver_twice = True

    office.submit("Mei Chen", UPDATE)
    office.deliver()

    assert len(shared(office)) == 1
    assert len(office.channel(LIAISON)) == 1


def test_without_any_shared_channel_the_form_is_not_opened_and_the_cure_is_said(office: Office) -> None:
    with office.database.writing() as session:
        for channel in session.exec(select(Channel)).all():
            session.delete(channel)

    told = office.command("Mei Chen", "/exchange share")

    assert "has no shared channel for this yet" in told
    assert office.slack.modal(office.id("Mei Chen")) is None


def test_a_focal_point_elsewhere_is_not_told_what_is_shared_in_one_country(office: Office) -> None:
    share(office, "Samuel Otieno", KENYA)

    assert office.direct("Grace Wanjiru")
    assert not office.direct("Linh Tran")
