"""The HTTP side against whoever knows its address: only what Slack signed, lately, for this party gets in."""

import io
import json
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from urllib.parse import urlsplit

import pytest
import structlog
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from bot import logs
from bot.agreement.people import Person
from bot.journal import Entry, Outcome
from bot.settings import LogFormat, Settings
from bot.slack import Installation
from tests.knocking import PATH, app_of, command, interaction, post, put, signature
from tests.office import Office

JSON = "application/json"
UNREADABLE = [
    (b"{", JSON),
    (b"[1]", JSON),
    (b'{"a":' * 5000, JSON),
    (b'{"authorizations": 5}', JSON),
    (b"payload=%7B", "application/x-www-form-urlencoded"),
    (b"payload=[]", "application/x-www-form-urlencoded"),
]

INCOMPLETE: list[dict[str, object]] = [
    {"type": "block_actions", "user": {}, "actions": []},
    {"type": "block_actions", "user": {"id": "U0IOMTANAKA"}, "actions": [{"action_id": "emblems.approve"}]},
    {"type": "view_submission", "user": {"id": "U0IOMTANAKA"}, "view": {"callback_id": "emblems.refusal"}},
    {"type": "view_submission"},
    {"type": "message_action"},
]


def secret(office: Office, party: str) -> str:
    return app_of(office, party).signing_secret


def entries(office: Office) -> int:
    with office.reading() as desk:
        return len(desk.session.exec(select(Entry)).all())


def test_what_a_party_signed_gets_in_at_its_own_door_only(office: Office) -> None:
    body = command(office, "Mei Chen", "/emblem list")

    headers = signature(office, body, secret(office, "ilo"))

    assert post(office, PATH, body, headers)[0] == 200
    assert post(office, "/slack/iom/events", body, headers)[0] == 401


def test_a_request_signed_more_than_five_minutes_off_is_turned_away(office: Office) -> None:
    body = command(office, "Mei Chen", "/emblem list")
    signed = [signature(office, body, secret(office, "ilo"), late) for late in (301, -302)]

    assert [post(office, PATH, body, headers)[0] for headers in signed] == [401, 401]


def test_a_body_changed_after_it_was_signed_is_turned_away(office: Office) -> None:
    headers = signature(office, command(office, "Mei Chen", "/emblem list"), secret(office, "ilo"))

    assert post(office, PATH, command(office, "Yuki Tanaka", "/emblem list"), headers)[0] == 401


def test_a_party_without_the_app_has_no_door(office: Office) -> None:
    body = command(office, "Mei Chen", "/emblem list")
    headers = signature(office, body, secret(office, "ilo"))
    paths = ["/slack/lab/events", "/slack//events", "/slack/ilo", "/slack/ILO/events"]

    assert [post(office, path, body, headers)[0] for path in paths] == [404] * 4


def test_what_cannot_be_read_is_turned_away_quietly(
    office: Office, capfd: pytest.CaptureFixture[str]
) -> None:
    key = secret(office, "ilo")

    answers = [
        post(office, PATH, body, signature(office, body, key, kind=kind))[0] for body, kind in UNREADABLE
    ]

    assert answers == [400] * len(UNREADABLE)
    assert "Traceback" not in capfd.readouterr().err


def test_a_timestamp_that_is_no_number_is_turned_away(office: Office) -> None:
    body = command(office, "Mei Chen", "/emblem list")
    headers = signature(office, body, secret(office, "ilo"))
    stamps = ["", "soon", "-1", "²", "9" * 5000]

    answers = [post(office, PATH, body, {**headers, "X-Slack-Request-Timestamp": one})[0] for one in stamps]

    assert answers == [401] * len(stamps)


def test_calling_it_a_check_of_the_certificate_opens_nothing(office: Office) -> None:
    before = entries(office)

    status, said = post(
        office, PATH, command(office, "Clara Novak", "/emblem list", ssl_check="1"), {"Content-Type": "x/y"}
    )

    assert (status, said) == (200, "")
    assert entries(office) == before


def test_a_body_without_end_is_turned_away_before_it_is_read(office: Office) -> None:
    """Nobody signed it, so it must not cost memory: a gigabyte is announced, and a little of it is sent."""
    address = urlsplit(office.servers.bot.url)
    with socket.create_connection((address.hostname or "", address.port or 0), timeout=5) as line:
        head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: x/y\r\nContent-Length: {10**9}\r\n\r\n"
        line.sendall(head.encode() + b"x" * 1_100_000)

        assert b" 413 " in line.recv(100)


def test_a_signed_payload_with_parts_missing_does_nothing(office: Office) -> None:
    body_of = [interaction(payload) for payload in INCOMPLETE]
    before = entries(office)

    answers = [
        post(office, PATH, body, signature(office, body, secret(office, "ilo")))[0] for body in body_of
    ]

    assert not [status for status in answers if status < 400]
    assert entries(office) == before


def test_a_signed_command_by_somebody_unknown_is_journalled_as_refused(office: Office) -> None:
    body = command(office, "Mei Chen", "/emblem list", user_id="U0NOBODY")

    status, said = post(office, PATH, body, signature(office, body, secret(office, "ilo")))

    with office.reading() as desk:
        refused = desk.session.exec(select(Entry).where(Entry.outcome == Outcome.REFUSED)).one()
    assert (status, json.loads(said)["response_type"]) == (200, "ephemeral")
    assert (refused.subject, refused.party, "U0NOBODY" in refused.actor) == ("not_on_roster", "", True)


@contextmanager
def logged(shape: LogFormat) -> Iterator[io.StringIO]:
    """What the program writes about itself in this shape."""
    before = structlog.get_config()
    with redirect_stderr(io.StringIO()) as written:
        logs.configure(Settings(log_format=shape))
        try:
            yield written
        finally:
            structlog.configure(**before)
            logging.getLogger().handlers.clear()


@pytest.mark.parametrize("shape", list(LogFormat))
def test_a_fault_in_the_log_repeats_no_local_variable(shape: LogFormat) -> None:
    with logged(shape) as written:
        _fault("".join(("xoxb", "-secret")))

    assert "ZeroDivisionError" in written.getvalue()
    assert "xoxb-secret" not in written.getvalue()


def _fault(token: str) -> float:
    try:
        return len(token) / 0
    except ZeroDivisionError as error:
        structlog.get_logger().error("fault", exc_info=error)
        return 0


def test_an_installation_shows_none_of_its_secrets() -> None:
    shown = repr(Installation("ilo", "T0ILO", "the-token", "the-secret", "the-line"))

    assert "ilo" in shown
    assert not [word for word in ("the-token", "the-secret", "the-line") if word in shown]


def test_a_fault_of_the_database_does_not_repeat_what_people_wrote(office: Office) -> None:
    twin = Person(party="iom", name="Somebody's name", team_id="T0ILO", user_id="U0ILOCHEN")

    with pytest.raises(IntegrityError) as fault:
        put(office, twin)

    assert "Somebody's name" not in f"{fault.value!r} {fault.value}"
