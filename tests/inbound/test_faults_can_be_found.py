"""What went wrong can be found by the token the person was shown, and the log repeats nobody's words."""

import json
import logging
import re
from typing import Any

import pytest
from structlog import get_logger

from bot.metrics import Outcome, RequestKind
from bot.settings import LogFormat
from handlers.visits import visit
from tests.handlers.test_emblems import USE
from tests.inbound.acts import filled, knock, pressed
from tests.inbound.counting import counted
from tests.knocking import command, interaction, post, signature
from tests.office import Office
from tests.test_doors_are_locked import logged, secret

TYPED = "what-somebody-typed"


def lines(written: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.splitlines()]


def break_off(office: Office, table: str) -> None:
    with office.database.engine.begin() as connection:
        connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO gone")


def token_in(said: str) -> str:
    found = re.search(r"quote ([0-9a-f]{8})\.", said)
    assert found, said
    return found[1]


def test_a_person_is_shown_the_token_under_which_the_log_has_the_fault(office: Office) -> None:
    break_off(office, "emblemrequest")
    body = command(office, "Yuki Tanaka", "/emblem show 2026/7741")
    counts = counted(office)

    with logged(LogFormat.JSON) as written:
        status, said = post(office, "/slack/iom/events", body, signature(office, body, secret(office, "iom")))

    (line,) = lines(written.getvalue())
    assert status == 200
    assert (line["event"], line["level"], line["token"]) == ("request_failed", "error", token_in(said))
    assert (line["party"], line["kind"], line["door"]) == ("iom", "command", "/emblem show")
    assert (line["outcome"], line["fault"]) == ("failed", "unexpected")
    assert "7741" not in written.getvalue()
    assert counted(office) - counts == {("iom", "command", "failed"): 1}


@pytest.mark.parametrize("shape", list(LogFormat))
def test_a_fault_over_what_somebody_typed_does_not_repeat_it(office: Office, shape: LogFormat) -> None:
    """The form's choice is forged, and Python's own words for that quote it."""
    office.command("Mei Chen", "/emblem request")
    payload = json.loads(json.dumps(filled(office, "Mei Chen", USE)))
    (chosen,) = payload["view"]["state"]["values"]["mark"].values()
    chosen["selected_option"]["value"] = TYPED
    body = interaction(payload)

    with logged(shape) as written:
        _, said = post(office, "/slack/ilo/events", body, signature(office, body, secret(office, "ilo")))

    assert json.loads(said)["response_action"] == "errors"
    assert token_in(said) in written.getvalue()
    assert "ValueError" in written.getvalue()
    assert not [word for word in (TYPED, USE["purpose"], secret(office, "ilo")) if word in written.getvalue()]


def test_a_refusal_is_one_line_that_says_which_rule_and_where(office: Office) -> None:
    body = command(office, "Mei Chen", f"/emblem show {TYPED}")
    counts = counted(office)

    with logged(LogFormat.JSON) as written:
        post(office, "/slack/ilo/events", body, signature(office, body, secret(office, "ilo")))

    (line,) = lines(written.getvalue())
    assert (line["event"], line["level"], line["outcome"]) == (
        "request_refused",
        "warning",
        "refused_by_rule",
    )
    assert (line["party"], line["kind"], line["door"]) == ("ilo", "command", "/emblem show")
    assert TYPED not in written.getvalue()
    assert counted(office) - counts == {("ilo", "command", "refused_by_rule"): 1}


def test_what_goes_well_is_counted_and_not_written_about(office: Office) -> None:
    body = command(office, "Mei Chen", "/emblem list")
    counts = counted(office)

    with logged(LogFormat.JSON) as written:
        post(office, "/slack/ilo/events", body, signature(office, body, secret(office, "ilo")))

    assert written.getvalue() == ""
    assert counted(office) - counts == {("ilo", "command", "done"): 1}


def test_slack_answering_no_is_told_with_a_token_too(office: Office) -> None:
    payload = {**pressed(office, "ilo", "Mei Chen", "emblems.request", ""), "trigger_id": "spent"}

    with logged(LogFormat.JSON) as written:
        knock(office, "ilo", payload)

    (line,) = lines(written.getvalue())
    assert (line["fault"], line["door"]) == ("slack_fault", "emblems.request")
    assert "invalid_trigger_id" in line["exception"]
    assert token_in(str(office.told("Mei Chen"))) == line["token"]


@pytest.mark.parametrize("shape", list(LogFormat))
def test_every_line_written_within_a_request_carries_what_it_belongs_to(shape: LogFormat) -> None:
    with logged(shape) as written:
        with visit("ilo") as under_way:
            under_way.comes_to(RequestKind.ACTION, "emblems.approve")
            get_logger().warning("ours")
            logging.getLogger("a.library").warning("theirs")
        get_logger().warning("after")

    ours, theirs, after = written.getvalue().splitlines()
    assert under_way.outcome is Outcome.DONE
    for line in (ours, theirs):
        assert not [
            word for word in ("ilo", "action", "emblems.approve", under_way.token) if word not in line
        ]
    assert under_way.token not in after
