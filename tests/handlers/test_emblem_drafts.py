"""VI.1: a draft is its own party's until it is submitted, and a mention in plain text is told to its owner."""

from datetime import date

import pytest
from sqlmodel import select

from bot.agreement.emblem_mentions import EmblemMention
from bot.agreement.emblems import EmblemStatus
from bot.dossiers.collectors import permissions
from bot.dossiers.shapes import Span
from bot.journal import Entry
from tests.handlers.permitting import draft, press, row
from tests.handlers.test_emblems import USE, ask
from tests.office import Office, everything, words_of

LIAISON = "ilo-iom-liaison"
MENTION = {"kind": "plain_text", "product": "Annual report", "text": "Together with the IOM we met."}


def home(office: Office, name: str) -> str:
    return "\n".join(everything({"blocks": office.home(name)["blocks"]}))


def test_a_draft_is_kept_for_its_own_party_alone(office: Office) -> None:
    draft(office)

    assert "kept for ILO's people only" in str(office.modal("Mei Chen"))
    assert row(office).status is EmblemStatus.DRAFT
    assert "Draft of a request to IOM" in words_of(office.direct("Mei Chen"))
    assert "Study on fair recruitment" in home(office, "Lucía Romero")
    assert "Study on fair recruitment" in office.command("Lucía Romero", "/emblem list")
    assert "Study" not in home(office, "Yuki Tanaka") + office.command("Yuki Tanaka", "/emblem list")
    assert "Study" not in words_of(office.channel(LIAISON) + office.direct("Yuki Tanaka"))
    with office.reading() as desk:
        kept = [entry for entry in desk.session.exec(select(Entry)).all() if entry.event == "emblem_drafted"]
    assert kept
    assert "Study" not in kept[0].facts


def test_a_draft_takes_no_number_so_that_nobody_can_tell_that_it_is_there(office: Office) -> None:
    draft(office)
    draft(office)
    ask(office)
    ask(office)

    assert [row(office, number).number for number in (3, 4)] == ["2026/1", "2026/2"]
    assert "There is no request" in office.command("Mei Chen", "/emblem show 2026/-1")


def test_a_draft_is_changed_and_submitted_and_is_then_a_request_like_any_other(office: Office) -> None:
    draft(office, product="A study", mockup_file=("cover.png", b"picture"))
    office.home("Lucía Romero")
    office.click("Lucía Romero", "emblems.open_draft", where="home")
    assert office.submit("Lucía Romero", {**USE, "product": "The study", "send": "draft"}).ok
    office.deliver()
    assert (row(office).product, row(office).status) == ("The study", EmblemStatus.DRAFT)

    assert press(office, "Mei Chen", "open_draft", {**USE, "send": "submit"}, "direct").ok

    assert (row(office).number, row(office).status) == ("2026/1", EmblemStatus.SUBMITTED)
    assert "Request 2026/1" in words_of(office.direct("Yuki Tanaka"))
    assert any(m.get("files") for m in office.channel(LIAISON))
    assert "Sent to IOM as request 2026/1" in words_of(office.direct("Mei Chen"))
    press(office, "Yuki Tanaka", "approve")
    assert row(office).status is EmblemStatus.APPROVED


def test_a_draft_that_will_not_do_is_not_submitted_and_nothing_typed_is_lost(office: Office) -> None:
    draft(office, mockup_text="", purpose=" ")
    result = press(office, "Mei Chen", "open_draft", {**USE, "purpose": " ", "send": "submit"}, "direct")

    assert list(result.errors) == ["purpose"]
    assert row(office).status is EmblemStatus.DRAFT
    assert office.modal("Mei Chen")["callback_id"] == "emblems.draft"


def test_a_draft_needs_at_least_the_name_of_its_product(office: Office) -> None:
    result = draft(office, product=" ")

    assert list(result.errors) == ["product"]


def test_a_draft_is_dropped_and_nothing_is_left_to_do(office: Office) -> None:
    draft(office)
    office.click("Mei Chen", "emblems.open_draft", where="direct")

    press(office, "Mei Chen", "drop_draft", where="direct")

    assert row(office).status is EmblemStatus.WITHDRAWN
    assert "was dropped" in words_of(office.direct("Mei Chen"))
    assert "Study" not in home(office, "Mei Chen") + office.command("Mei Chen", "/emblem list")
    office.submit("Mei Chen", {**USE, "send": "submit"})
    assert "the draft was dropped by Mei Chen (ILO)" in str(office.modal("Mei Chen"))
    assert row(office).status is EmblemStatus.WITHDRAWN


def test_a_draft_is_not_changed_once_it_was_submitted(office: Office) -> None:
    draft(office)
    office.home("Lucía Romero")
    office.click("Lucía Romero", "emblems.open_draft", where="home")
    press(office, "Mei Chen", "open_draft", {**USE, "send": "submit"}, "direct")

    office.submit("Lucía Romero", {**USE, "product": "Something else", "send": "draft"})

    assert "the draft was submitted by Mei Chen (ILO)" in str(office.modal("Lucía Romero"))
    assert row(office).product == USE["product"]


def test_a_draft_is_not_taken_through_the_other_partys_app(office: Office) -> None:
    from tests.knocking import sent, user

    mark = {"type": "static_select", "selected_option": {"value": "emblem"}}
    send = {"type": "radio_buttons", "selected_option": {"value": "draft"}}
    days = {
        name: {"type": "datepicker", "selected_date": USE[name].isoformat()}
        for name in ("use_from", "use_until", "needed_by")
    }
    values = {**dict.fromkeys(("purpose", "product", "audience"), "x"), **days, "mark": mark, "send": send}

    sent(office, "iom", user(office, "Samuel Otieno"), "emblems.request", "C0LIAISON", values)

    with office.reading() as desk:
        assert [entry.event for entry in desk.session.exec(select(Entry)).all()].count("emblem_drafted") == 0


def test_vi_1_naming_the_other_party_in_plain_text_is_told_and_nothing_is_asked(office: Office) -> None:
    office.command("David Okafor", "/emblem mention")
    assert office.submit("David Okafor", {**MENTION, "text": "With the ILO & <!channel>"}).ok
    office.deliver()

    with office.reading() as desk:
        assert desk.session.exec(select(EmblemMention)).one().number == "2026/1"
    for words in (words_of(office.direct("Jonas Weber")), words_of(office.channel(LIAISON))):
        assert "Mention 2026/1: IOM names ILO" in words
        assert "no approval is asked for" in words
        assert "<!channel>" not in words
    assert "Mention" not in words_of(office.direct("Yuki Tanaka"))
    assert "IOM names ILO" in office.command("Mei Chen", "/emblem list")


@pytest.mark.parametrize("kind", ["endorsement", "branding", "headline"])
def test_vi_1_endorsement_branding_and_headlines_go_on_as_a_request(office: Office, kind: str) -> None:
    office.command("Mei Chen", "/emblem mention")
    assert "need IOM's approval (VI.1)" in str(office.modal("Mei Chen"))
    office.submit("Mei Chen", {**MENTION, "kind": kind})

    view = office.modal("Mei Chen")
    assert view["callback_id"] == "emblems.request"
    assert "Annual report" in str(view)
    days = {"use_from": USE["use_from"], "use_until": USE["use_until"], "needed_by": USE["needed_by"]}
    assert office.submit("Mei Chen", {"audience": "Everybody", **days}).ok
    office.deliver()

    assert (row(office).product, row(office).mockup_text) == ("Annual report", MENTION["text"])
    assert row(office).status is EmblemStatus.SUBMITTED
    with office.reading() as desk:
        assert desk.session.exec(select(EmblemMention)).first() is None


@pytest.mark.parametrize("field", ["product", "text"])
def test_a_mention_says_where_and_in_which_words(office: Office, field: str) -> None:
    office.command("Mei Chen", "/emblem mention")
    result = office.submit("Mei Chen", {**MENTION, field: " "})

    assert list(result.errors) == [field]
    assert office.today == date(2026, 11, 23)


def test_v_3_2_the_dossier_counts_requests_as_they_stand_and_no_drafts(office: Office) -> None:
    draft(office)
    ask(office)
    press(office, "Yuki Tanaka", "approve")
    press(office, "Yuki Tanaka", "revoke", {"reason": "Misused.", "effect_on": office.today})

    with office.reading() as desk:
        found = permissions(desk, Span(date(2026, 11, 1), date(2026, 11, 30), "Europe/Zurich"))

    assert [(item.number, item.status) for item in found.items] == [("2026/1", EmblemStatus.REVOKED)]
    assert found.total == 1
