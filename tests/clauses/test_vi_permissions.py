"""VI.1, VI.2, VI.3 and IX.2-2, each by its number: what a permission is for, how far it goes, and who pays."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import col, select

from bot.agreement import emblem_decisions, emblem_mentions
from bot.agreement.definition import load
from bot.agreement.emblem_mentions import MentionKind
from bot.agreement.emblem_plans import Mark
from bot.agreement.emblem_terms import NoSeries, Terms, granted_values
from bot.agreement.emblems import EmblemStatus
from bot.agreement.files import Record
from bot.agreement.people import Refusal
from tests.clauses.drafting import approved
from tests.handlers.permitting import USE as PLAN
from tests.handlers.permitting import granted, press, row
from tests.handlers.test_emblems import ask
from tests.office import Office, words_of

LIAISON = "ilo-iom-liaison"
LINK = {
    "mark": "hyperlink",
    "link_from": "https://www.example.org/partners",
    "link_to": "https://www.example.com/",
}


def card(office: Office) -> str:
    return words_of([m for m in office.channel(LIAISON) if m["text"].startswith("Request 2026/1")][:1])


def record(office: Office) -> str:
    with office.reading() as desk:
        found = desk.session.exec(select(Record).order_by(col(Record.id).desc())).first()
    assert found is not None
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(found.content)).pages)
    return " ".join(text.split())


def test_vi_1_the_owner_may_shorten_the_period_and_its_record_says_so(office: Office) -> None:
    ask(office)

    result = press(
        office, "Yuki Tanaka", "approve_with_conditions", {"reason": "", "use_until": date(2027, 6, 30)}
    )

    assert result.ok
    assert (row(office).status, row(office).use_until) == (EmblemStatus.APPROVED, date(2027, 6, 30))
    assert "Wednesday 30 June 2027 (asked for until Friday 31 December 2027; IOM shortened it)" in card(
        office
    )
    assert "Asked for until Friday 31 December 2027, and shortened by the owner" in record(office)


@pytest.mark.parametrize(
    ("until", "words"),
    [(date(2028, 1, 1), "not longer"), (date(2027, 1, 10), "before the first, Monday 11 January 2027")],
)
def test_vi_1_the_owner_may_not_lengthen_the_period_nor_end_it_before_it_begins(
    office: Office, until: date, words: str
) -> None:
    ask(office)

    result = press(office, "Yuki Tanaka", "approve_with_conditions", {"reason": "x", "use_until": until})

    assert list(result.errors) == ["use_until"]
    assert words in result.errors["use_until"]
    assert row(office).status is EmblemStatus.SUBMITTED


def test_vi_1_an_approval_with_conditions_names_them(office: Office) -> None:
    ask(office)

    result = press(office, "Yuki Tanaka", "approve_with_conditions", {"reason": " "})

    assert list(result.errors) == ["reason"]
    assert row(office).status is EmblemStatus.SUBMITTED


def test_vi_1_a_series_is_approved_only_if_its_approver_ticks_it_expressly(office: Office) -> None:
    ask(office, series="Six briefs, one a quarter")
    ask(office, series="Six briefs, one a quarter")
    assert "unless the approver ticks the series expressly" in card(office)

    office.click("Yuki Tanaka", "emblems.approve_with_conditions", "1")
    assert "Also for the whole series described: Six briefs" in str(office.modal("Yuki Tanaka"))
    office.submit("Yuki Tanaka", {"reason": "", "whole_series": ["yes"]})
    office.deliver()
    assert "The approval is expressly also for this series." in record(office)
    press(office, "Yuki Tanaka", "approve")

    assert (row(office, 1).whole_series, row(office, 2).whole_series) == (True, False)
    assert "approved expressly, too" in card(office)
    assert "Six briefs" not in record(office)
    assert "not approved: one product, one period" in words_of(office.channel(LIAISON))


def test_vi_1_without_a_series_described_the_form_offers_none(office: Office) -> None:
    ask(office)
    office.click("Yuki Tanaka", "emblems.approve_with_conditions")

    assert "whole_series" not in str(office.modal("Yuki Tanaka"))


def test_vi_1_where_the_parties_read_one_case_as_one_product_no_series_can_be_ticked(office: Office) -> None:
    granted(office, use=replace(PLAN, series="Six briefs"))
    narrow = load("ilo-iom-2020").under({"permission.case_scope": "one_product_one_period"})

    with office.reading() as desk:
        found = row(office)
        assert granted_values(desk, found, Terms(whole_series=True))["whole_series"] is True
        with pytest.raises(NoSeries):
            granted_values(replace(desk, definition=narrow), found, Terms(whole_series=True))


def test_vi_1_a_period_that_has_passed_is_not_approved_afterwards(office: Office) -> None:
    ask(office, use_from=date(2026, 11, 24), use_until=date(2026, 11, 25), needed_by=date(2026, 11, 24))
    office.pass_to(date(2026, 11, 26))

    told = office.click("Yuki Tanaka", "emblems.approve")

    assert "ended on Wednesday 25 November 2026" in told
    assert row(office).status is EmblemStatus.SUBMITTED
    with pytest.raises(Refusal):
        office.act("Yuki Tanaka", emblem_decisions.decide, request_id=1, status=EmblemStatus.APPROVED)
    assert press(office, "Yuki Tanaka", "refuse", {"reason": "Too late."}).ok


def test_vi_1_where_the_parties_say_so_a_plain_mention_needs_an_approval_too(office: Office) -> None:
    strict = load("ilo-iom-2020").under({"permission.plain_text_mention": "approval"})

    with office.reading() as desk:
        assert not emblem_mentions.needs_approval(desk, MentionKind.PLAIN_TEXT)
        assert emblem_mentions.needs_approval(replace(desk, definition=strict), MentionKind.PLAIN_TEXT)


@pytest.mark.parametrize("cost", ["shared", "owner"])
def test_vi_2_others_than_the_asking_party_pay_only_on_a_written_basis(office: Office, cost: str) -> None:
    office.command("Mei Chen", "/emblem request")
    result = ask(office, cost=cost)
    assert list(result.errors) == ["payer"]
    assert "agreed so in writing (VI.2)" in result.errors["payer"]

    assert ask(office, cost=cost, payer="Exchange of letters of 3 March 2027").ok
    press(office, "Yuki Tanaka", "approve")

    who = "ILO and IOM together" if cost == "shared" else "IOM"
    assert f"*Who pays:* {who}, as agreed in writing: Exchange of letters of 3 March 2027 (VI.2)" in card(
        office
    )
    assert "as agreed in writing: Exchange of letters" in record(office)


def test_vi_2_the_party_that_asks_pays_where_nothing_else_was_agreed(office: Office) -> None:
    ask(office)

    assert "*Who pays:* ILO, as the party that incurs the cost (VI.2)" in card(office)


@pytest.mark.parametrize("field", ["link_from", "link_to"])
@pytest.mark.parametrize(
    "typed",
    [
        "",
        "www.example.org",
        "http://www.example.org/",
        "https://",
        "https://nowhere",
        "https://[x",
        "https://a.example:x/",
        "https://somebody@example.org/",
        "https://www.example.org/a b",
        "javascript:alert(1)",
        "https://www.example.org/<b>",
    ],
)
def test_vi_3_a_link_names_both_of_its_addresses_in_full(office: Office, field: str, typed: str) -> None:
    result = ask(office, **{**LINK, field: typed})

    assert list(result.errors) == [field]
    assert ("https://" if typed else "from one page to another (VI.3)") in result.errors[field]


def test_vi_3_an_approved_link_shows_both_addresses_on_its_card_and_in_its_record(office: Office) -> None:
    ask(office, **LINK)
    press(office, "Yuki Tanaka", "approve")

    assert row(office).clause == "VI.3"
    for address in (LINK["link_from"], LINK["link_to"]):
        assert address in card(office)
        assert address in record(office)


def test_ix_2_2_other_intellectual_property_needs_its_owners_approval_too(office: Office) -> None:
    ask(office, mark="ip", product="A training course that reuses a method")
    press(office, "Yuki Tanaka", "approve")

    assert row(office).clause == "IX.2-2"
    assert "IOM's other intellectual property" in card(office)
    assert "Clause IX.2-2" in card(office)
    assert "Record of a decision on the use of intellectual property" in record(office)
    assert row(office).mark is Mark.IP


@pytest.mark.parametrize(
    ("change", "covered"),
    [
        (lambda _: None, True),
        (lambda office: press(office, "Mei Chen", "begin_use", {"began_on": office.today}), True),
        (lambda office: press(office, "Mei Chen", "change_material", {"mockup_text": "Other words"}), False),
        (
            lambda office: press(office, "Yuki Tanaka", "revoke", {"reason": "x", "effect_on": office.today}),
            False,
        ),
        (lambda office: office.pass_to(date(2027, 1, 4)), False),
    ],
    ids=["approved", "in use", "voided", "revoked", "expired"],
)
def test_vi_1_only_an_approval_that_holds_covers_a_communication(
    office: Office, change: Any, covered: bool
) -> None:
    from bot.agreement.communication_marks import MarkUse, UsedMark
    from bot.agreement.communication_marks import covered as covers

    key = approved(office, use_from=office.today)
    change(office)

    with office.reading() as desk:
        use = MarkUse(communication_id=1, party="ilo", mark=UsedMark.EMBLEM, request_id=key)
        assert covers(desk, use, date(2026, 12, 10)) is covered
