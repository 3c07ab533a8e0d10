"""What people type and attach, used as a weapon: nobody is called, misled or read by it, and nothing is lost."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import select

from bot.agreement.emblems import EmblemRequest, EmblemStatus
from bot.agreement.exchanges import Exchange
from bot.agreement.files import Record, StoredFile
from bot.agreement.ledger import Occurrence
from bot.agreement.meetings import Meeting
from bot.agreement.workplan_items import WorkplanItem
from bot.outbox import OutboxRow, OutboxState
from bot.slack import DOWNLOAD_LIMIT, Installation, SlackClient, SlackRefused
from tests.handlers.test_attacks_on_meetings import propose_forged
from tests.handlers.test_emblems import USE, ask
from tests.handlers.test_exchanges import UPDATE, share
from tests.handlers.test_workplan_files import bring, table
from tests.knocking import PATH, app_of, command, post, sent, signature, user
from tests.office import Office

CALLING = (
    '<!channel> <@U0IOMCOSTA> <https://evil.example|the rules> &lt;!here&gt; #read("/etc/passwd") {{ 7*7 }}'
)
REVERSED = "for Kenya \u202egnirehtnal\u202c"


def rows(office: Office, kind: Any) -> list[Any]:
    with office.reading() as desk:
        return list(desk.session.exec(select(kind)).all())


def said(office: Office) -> list[dict[str, Any]]:
    """Every message and Home there is."""
    state = office.slack.state
    rooms = [message for room in state.channels for message in office.slack.messages(room)]
    return [*rooms, *state.ephemerals, *(view.body for view in state.views.values())]


def markup(part: Any, kind: str = "mrkdwn") -> list[str]:
    """Every text that Slack decodes: a message's own, and what is mrkdwn inside its blocks."""
    if isinstance(part, list):
        return [text for each in part for text in markup(each, "")]
    if not isinstance(part, dict):
        return []
    own = [part["text"]] if part.get("type", kind) in ("mrkdwn", "message") and "text" in part else []
    return [text for text in own if isinstance(text, str)] + [
        text for each in part.values() for text in markup(each, "")
    ]


def everything_happens(office: Office, text: str) -> None:
    """Both routines and a settlement, with `text` in every field that takes words."""
    named = dict.fromkeys(("subject", "summary", "counterparts", "asked"), text)
    share(office, **named, file=(f"{text[:60]}.txt", b"x"))
    office.click("Helena Costa", "exchanges.acknowledge")
    used = dict.fromkeys(("purpose", "product", "audience", "mockup_text", "other_logos", "payer"), text)
    ask(office, **used, mockup_file=(f"{text[:60]}.png", b"x"))
    office.click("Yuki Tanaka", "emblems.ask_for_more")
    office.submit("Yuki Tanaka", {"question": text})
    office.deliver()
    office.click("Mei Chen", "emblems.give_information")
    office.submit("Mei Chen", {"information": text})
    office.deliver()
    office.click("Yuki Tanaka", "emblems.approve_with_conditions")
    office.submit("Yuki Tanaka", {"reason": text})
    day = {"type": "datepicker", "selected_date": "2026-11-20"}
    met = {"type": "radio_buttons", "selected_option": {"value": "done"}}
    due = next(row for row in rows(office, Occurrence) if row.duty == "workplan-global")
    values = {"outcome": met, "met_on": day, "evidence": text, "note": text}
    sent(office, "ilo", user(office, "Amina Diallo"), "settlements.settle", str(due.id), values)
    office.deliver()
    for name, typed in (("Helena Costa", f"/emblem {text}"), ("Amina Diallo", f"/agreement clause {text}")):
        office.command(name, typed)
        office.home(name)
    office.command("Helena Costa", "/emblem list")
    office.command("Helena Costa", "/exchange list")


def test_words_meant_as_markup_are_inert_wherever_they_are_shown_and_whole_in_the_record(
    office: Office,
) -> None:
    everything_happens(office, CALLING)

    decoded = [text for message in said(office) for text in markup(message)]
    assert len([text for text in decoded if "&lt;!channel&gt;" in text]) > 15
    assert not [text for text in decoded if "<!channel>" in text or "<https://evil" in text]
    assert not [text for text in decoded if "<@U0IOMCOSTA>" in text or "<!here>" in text]
    assert not [text for text in decoded if " 49" in text]
    (record,) = rows(office, Record)
    text = " ".join("".join(page.extract_text() for page in PdfReader(BytesIO(record.content)).pages).split())
    assert '#read("/etc/passwd")' in text
    assert "<!channel>" in text


def test_marks_that_reverse_the_reading_order_are_shown_instead_of_obeyed(office: Office) -> None:
    everything_happens(office, REVERSED)

    decoded = [text for message in said(office) for text in markup(message)]
    assert [text for text in decoded if "[U+202E]gnirehtnal" in text]
    assert not [text for text in decoded if "\u202e" in text]


def test_text_past_every_limit_of_slack_is_kept_and_all_that_is_said_can_be_sent(office: Office) -> None:
    texts = [
        "\0before and after",
        "\x07\x1b[31mred",
        "x" * 150_000,
        "&" * 60_000,
        "\n" * 3000 + "مرحبا שלום 👩‍👩‍👧",
    ]
    values: dict[str, Any] = dict(UPDATE)
    values["area"] = {"type": "static_select", "selected_option": {"value": "A-COOP"}}
    values["place"] = {"type": "static_select", "selected_option": {"value": "C0LIAISON"}}
    values["classification"] = {"type": "radio_buttons", "selected_option": {"value": "public"}}

    for number, text in enumerate(texts):
        typed = {**values, **dict.fromkeys(("subject", "summary", "counterparts", "asked"), text)}
        sent(office, "ilo", user(office, "Mei Chen"), "exchanges.share", "", typed, f"V{number}")
    office.deliver()

    assert len(rows(office, Exchange)) == len(texts)
    assert not [row.error for row in rows(office, OutboxRow) if row.state is not OutboxState.SENT]


def test_a_request_past_every_limit_of_slack_can_still_be_sent_and_decided(office: Office) -> None:
    text = "x" * 30_000 + "&" * 30_000
    mark = {"type": "static_select", "selected_option": {"value": "emblem"}}
    days = {name: USE[name].isoformat() for name in ("use_from", "use_until", "needed_by")}
    values: dict[str, Any] = dict.fromkeys(("purpose", "product", "audience", "mockup_text", "payer"), text)
    values |= {name: {"type": "datepicker", "selected_date": day} for name, day in days.items()}

    sent(office, "ilo", user(office, "Mei Chen"), "emblems.request", "C0LIAISON", {**values, "mark": mark})
    office.deliver()

    office.click("Yuki Tanaka", "emblems.approve")
    office.deliver()

    assert [row.status for row in rows(office, EmblemRequest)] == [EmblemStatus.APPROVED]
    assert not [row.error for row in rows(office, OutboxRow) if row.state is not OutboxState.SENT]


def test_a_text_in_a_script_without_spaces_can_be_decided_on_too(office: Office) -> None:
    ask(office, purpose="你好" * 1500, mockup_text="国际" * 1500)

    told = office.click("Yuki Tanaka", "emblems.approve")

    assert "Something went wrong" not in told
    assert [row.status for row in rows(office, EmblemRequest)] == [EmblemStatus.APPROVED]


@pytest.mark.postgres
def test_nul_does_not_stop_a_share_on_postgresql(office_on_postgres: Office) -> None:
    result = share(office_on_postgres, subject="be\0fore", summary="af\0ter")

    assert result.ok
    assert rows(office_on_postgres, Exchange)[0].title == "before"


@pytest.mark.postgres
def test_nul_in_a_command_a_choice_or_a_file_is_no_fault_on_postgresql(office_on_postgres: Office) -> None:
    office = office_on_postgres
    for words in ("/contacts who lab\0our", "/workplan show a\0", "/meeting show 2026\0/1"):
        body = command(office, "Amina Diallo", words)
        key = app_of(office, "ilo").signing_secret
        assert post(office, PATH, body, signature(office, body, key))[0] == 200
        assert "went wrong" not in post(office, PATH, body, signature(office, body, key))[1]
    propose_forged(office, place="C0LIAI\0SON")
    assert [meeting.channel_id for meeting in rows(office, Meeting)] == ["C0LIAISON"]

    assert bring(office, table({"title": "Fair\0 recruitment", "area": "A-COOP"})).ok
    assert [item.title for item in rows(office, WorkplanItem)] == ["Fair recruitment"]


def test_a_link_that_is_no_address_or_shows_another_one_is_refused(office: Office) -> None:
    links = [
        "javascript:alert(1)",
        "JavaScript://ilo.org/%0aalert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//ilo.org",
        "https://",
        "https://ilo.org/<!channel>",
        "https://ilo.org|evil",
        "https://ilo.org/\u202egro.live",
        "https://ilo.org/\u00a0x",
        "https://[ilo.org",
    ]

    results = [share(office, link=link) for link in links]

    assert [list(result.errors) for result in results] == [["link"]] * len(links)
    assert rows(office, Exchange) == []


def test_an_attachment_that_is_not_with_slack_is_not_fetched(office: Office) -> None:
    """Whoever can sign for one party must not read this machine by it."""
    file = {"type": "file_input", "files": [{"id": "F0", "name": "x", "url_private": "file:///etc/hostname"}]}
    ask(office)
    office.click("Yuki Tanaka", "emblems.ask_for_more")
    office.submit("Yuki Tanaka", {"question": "Which?"})

    values = {"information": "Here.", "mockup_file": file}
    answer = sent(office, "ilo", user(office, "Mei Chen"), "emblems.information", "1", values)

    assert "Slack did not answer as it should" in answer.body
    assert rows(office, StoredFile) == []
    assert rows(office, EmblemRequest)[0].information == ""


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/x",
        "https://slack.com.evil.example/x",
        "http://files.slack.com/x",
        "https://u@evil/x",
    ],
)
def test_the_token_is_shown_to_slack_and_to_nobody_else(address: str) -> None:
    client = SlackClient(Installation("ilo", "T0ILO", "token", "secret"), "http://127.0.0.1:9/api/")

    with pytest.raises(SlackRefused):
        client.download({"name": "x", "url_private": address})


def test_a_file_too_large_to_be_kept_whole_is_refused_beside_its_field(office: Office) -> None:
    result = ask(office, mockup_file=("large.png", b"x" * (DOWNLOAD_LIMIT + 1)))

    assert "larger than 20 megabytes" in result.errors["mockup_file"]
    assert rows(office, StoredFile) == []
