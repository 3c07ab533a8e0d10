"""IV.2-1 through the door: documents offered, acknowledged, asked for again, and refused."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from hashlib import sha256

import pytest

from bot.agreement import document_acknowledgements, documents
from bot.agreement.documents import Document
from bot.agreement.exchanges import ExchangeStatus
from bot.agreement.people import Refusal
from tests.handlers.offering import (
    DOCUMENT,
    LIAISON,
    NOT_ACKNOWLEDGING,
    NOT_OFFERING,
    forged,
    keep,
    offer,
    plain_facts,
    refused,
    rows,
)
from tests.handlers.pressing import buttons
from tests.knocking import pressed, sent, user
from tests.office import Office, everything, words_of


def test_a_document_is_posted_with_all_that_finds_it_and_told_to_the_other_side(office: Office) -> None:
    result = offer(office)

    assert result.ok
    (card,) = office.channel(LIAISON)
    said = words_of([card])
    assert "Mei Chen (ILO) offered this publication to *IOM*" in said
    assert "*Published:* Monday 2 November 2026" in said
    assert "within the 30 days from publication at which both parties aim (working rule)" in said
    assert "*Classification:* Public: anyone may have it" in said
    assert "<https://www.ilo.org/report?a=1&amp;b=2>" in said
    assert buttons(card["blocks"]) == [("documents.acknowledge", "1")]
    assert len(office.direct("Helena Costa")) == 1
    assert not office.direct("Amina Diallo")


def test_a_file_is_kept_whole_and_its_fingerprint_shown(office: Office) -> None:
    offer(office, link="", file=("report.pdf", b"the whole report"))

    card, enclosed = office.channel(LIAISON)
    assert sha256(b"the whole report").hexdigest() in words_of([card])
    assert enclosed["thread_ts"] == card["ts"]
    assert [file["name"] for file in enclosed["files"]] == ["report.pdf"]


def test_what_is_offered_later_than_both_aim_at_says_by_how_much_and_blames_nobody(office: Office) -> None:
    offer(office, published_on="2026-10-20")

    said = words_of(office.channel(LIAISON))
    assert "4 days after the 30 days from publication at which both parties aim (working rule)" in said
    assert not [word for word in ("overdue", "breach", "late") if word in said.lower().split()]


def test_a_document_offered_from_elsewhere_says_where_it_is(office: Office) -> None:
    offer(office, place="Kenya (country)")

    assert "Kenya (country), <#C0KENYA>" in str(office.modal("Mei Chen")["blocks"])
    assert "World labour report" in words_of(office.direct("Grace Wanjiru"))


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("subject", " "),
        ("issue", " "),
        ("languages", " "),
        ("published_on", "2026-11-24"),
        ("link", "www.ilo.org"),
        ("link", ""),
        ("classification", "Restricted: only for people named"),
        ("classification", "Confidential: not to be shared"),
    ],
)
def test_iv_2_2_a_field_that_cannot_be_used_is_named_and_what_was_typed_stays(
    office: Office, field: str, typed: str
) -> None:
    result = offer(office, **{field: typed})

    assert list(result.errors) == [field]
    assert rows(office, Document) == []
    assert not office.channel(LIAISON)
    office.submit("Mei Chen", {field: DOCUMENT[field]})
    assert len(rows(office, Document)) == 1


def test_iv_2_3_what_is_confidential_never_travels_and_the_cure_is_named(office: Office) -> None:
    said = offer(office, classification="Confidential: not to be shared").errors["classification"]
    named = offer(office, classification="Restricted: only for people named").errors["classification"]

    assert "never travels through this service: hand it over as the arrangement says" in said
    assert "Send it to named people with `/exchange restricted`" in named


@pytest.mark.parametrize("name", NOT_OFFERING)
def test_nobody_without_a_mandate_offers_a_document(office: Office, name: str) -> None:
    pressed(office, "ilo", user(office, name), "documents.offer", "new")
    sent(office, "ilo", user(office, name), "documents.offer", "", forged())

    assert rows(office, Document) == []
    assert office.slack.modal(office.id(name)) is None
    assert len(refused(office)) == 2


def test_a_day_that_is_no_day_is_refused_at_its_field(office: Office) -> None:
    values = forged(published_on="soon")

    receipt = sent(office, "ilo", user(office, "Mei Chen"), "documents.offer", "", values)

    assert "published_on" in receipt.body
    assert rows(office, Document) == []


@pytest.mark.parametrize("name", ["Helena Costa", "Omar Haddad", "Grace Wanjiru"])
def test_the_other_side_acknowledges_and_the_author_hears(office: Office, name: str) -> None:
    offer(office)

    office.click(name, "documents.acknowledge")
    office.deliver()

    said = words_of(office.channel(LIAISON))
    assert f"*Acknowledged* by {name} (IOM)" in said
    assert buttons(office.channel(LIAISON)[0]["blocks"]) == []
    assert f"{name} (IOM) has acknowledged document 2026/1" in words_of(office.direct("Mei Chen"))


@pytest.mark.parametrize(("name", "why"), NOT_ACKNOWLEDGING)
def test_nobody_else_acknowledges_a_document(office: Office, name: str, why: str) -> None:
    offer(office)

    party = "iom" if office.who(name).team_id == "T0IOM" else "ilo"
    pressed(office, party, user(office, name), "documents.acknowledge", "1")

    assert rows(office, Document)[0].status is ExchangeStatus.SHARED
    assert [what for _, what in refused(office)] == [why]


def test_the_second_to_acknowledge_is_told_who_was_first(office: Office) -> None:
    offer(office)
    office.click("Helena Costa", "documents.acknowledge")

    told = pressed(office, "iom", user(office, "Omar Haddad"), "documents.acknowledge", "1")

    assert told.status == 200
    assert "Helena Costa (IOM) has acknowledged document 2026/1 already" in words_of(
        office.told("Omar Haddad")
    )
    assert refused(office) == [("Omar Haddad", "document_has_arrived")]


@pytest.mark.postgres
def test_of_two_who_acknowledge_at_once_one_is_first(office_on_postgres: Office) -> None:
    office = office_on_postgres
    office.act("Mei Chen", documents.offer, **plain_facts())
    names = ("Helena Costa", "Omar Haddad")

    def press(name: str) -> bool:
        try:
            office.house.secretariat.act(
                office.who(name), document_acknowledgements.acknowledge, document_id=1
            )
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, names)) == [False, True]


@pytest.mark.parametrize(
    ("day", "contact_point", "alternate"),
    [
        (date(2026, 11, 27), 0, 0),
        (date(2026, 11, 30), 1, 0),
        (date(2026, 12, 14), 2, 1),
        (date(2027, 2, 26), 3, 2),
    ],
    ids=str,
)
def test_an_acknowledgement_is_asked_for_again_with_growing_pauses(
    office: Office, day: date, contact_point: int, alternate: int
) -> None:
    office.act("Mei Chen", documents.offer, **plain_facts())

    office.pass_to(day)
    office.tick()

    def nudged(name: str) -> int:
        return sum(
            "have not" in m["text"] or "has not acknowledged" in m["text"] for m in office.direct(name)
        )

    assert (nudged("Helena Costa"), nudged("Omar Haddad")) == (contact_point, alternate)
    assert nudged("Amina Diallo") == 0


def test_what_was_to_be_asked_while_nobody_was_there_is_asked_once_and_says_so(office: Office) -> None:
    office.act("Mei Chen", documents.offer, **plain_facts())
    office.clock.move_to(office.clock.now() + timedelta(days=21))

    office.tick()
    office.tick()

    late = [said for said in office.direct("Helena Costa") if "comes late" in words_of([said])]
    assert len(late) == 1


def test_a_document_is_shown_by_its_number_and_an_unknown_one_is_not(office: Office) -> None:
    offer(office)

    assert "Published:" in office.command("Linh Tran", "/exchange documents 2026/1")
    assert "There is no document 2026/9" in office.command("Linh Tran", "/exchange documents 2026/9")
    pressed(office, "iom", user(office, "Helena Costa"), "documents.acknowledge", "9")
    assert "There is no document 9" in words_of(office.told("Helena Costa"))


def test_what_people_type_calls_nobody(office: Office) -> None:
    offer(office, subject="<!channel> *all* & " + "x" * 120, issue="<@U0IOMCOSTA>", languages="<!here>")
    keep(office, subject="<!channel> & co", languages="<!everyone>")

    (card,) = office.channel(LIAISON)
    sections = [text for text in everything(card) if text != card["blocks"][0]["text"]["text"]]
    said = "\n".join([*sections, office.command("Linh Tran", "/exchange documents")])

    assert not [call for call in ("<!channel>", "<@U0IOMCOSTA>", "<!here>", "<!everyone>") if call in said]
    assert "&lt;!channel&gt;" in card["text"]
