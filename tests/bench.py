"""Speed as ratios within one run: each figure beside a baseline, taken in turn, medians of five.

`make bench` prints a table; `make bench ARGS=--json` prints JSON.
"""

import json
import statistics
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import perf_counter, time

from rich.console import Console
from rich.table import Table
from slack_bolt import App, BoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier
from sqlmodel import Field, Session, SQLModel, select

from bot import outbox
from bot.agreement.ledger import Occurrence, OccurrenceStatus, Reminder
from bot.agreement.planning import Place, plan
from bot.outbox import Address, Message
from bot.sandbox.demo import installations
from handlers.bolt import make_app
from schedules.timetable import run_due
from tests.office import DEFINITION, Office, Servers

ROUNDS = 5
REQUESTS = 40
MESSAGES = 60


class BareRow(SQLModel, table=True):
    """What the bare handler reads and writes."""

    id: int | None = Field(default=None, primary_key=True)
    word: str = Field(index=True)


def timed(work: Callable[[], object]) -> float:
    """Seconds one call takes."""
    began = perf_counter()
    work()
    return perf_counter() - began


def ratio(ours: Callable[[], object], baseline: Callable[[], object]) -> float:
    """Our time over the baseline's: the two in turn, the median of the pairs."""
    ours()
    baseline()
    return statistics.median(timed(ours) / timed(baseline) for _ in range(ROUNDS))


def signed(secret: str, body: str) -> BoltRequest:
    """A request as Slack would sign it."""
    timestamp = str(int(time()))
    signature = SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=body)
    headers = {
        "content-type": ["application/x-www-form-urlencoded"],
        "x-slack-request-timestamp": [timestamp],
        "x-slack-signature": [signature or ""],
    }
    return BoltRequest(body=body, headers=headers)


def bare_app(office: Office, secret: str) -> App:
    """A Bolt app that reads one row and writes one, with the same database beneath it."""
    app = App(
        signing_secret=secret,
        client=WebClient(),
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T0ILO", bot_token="xoxb-bare"),
        process_before_response=True,
        token_verification_enabled=False,
    )

    @app.command("/bare")
    def bare(ack: Callable[[str], object]) -> None:
        with office.database.writing() as session:
            found = session.exec(select(BareRow).where(BareRow.word == "here")).first()
            session.add(BareRow(word="there"))
        ack(str(found))

    return app


def status_ratio(office: Office) -> float:
    """`/agreement status` against a bare handler with one SELECT and one INSERT, both in process."""
    secret = installations(office.slack)["ilo"].signing_secret
    app, bare = make_app(office.house, "ilo"), bare_app(office, secret)
    body = "command=%2F{}&text={}&team_id=T0ILO&user_id=U0ILOCHEN&channel_id=C0LIAISON&trigger_id=1.1"

    def run(target: App, command: str, text: str) -> Callable[[], None]:
        def work() -> None:
            for _ in range(REQUESTS):
                assert target.dispatch(signed(secret, body.format(command, text))).status == 200

        return work

    return ratio(run(app, "agreement", "status"), run(bare, "bare", ""))


def tick_ratio(office: Office, rows: int) -> float:
    """An empty tick over a ledger with many rows against one with few."""
    few = statistics.median(timed(lambda: run_due(office.house.secretariat)) for _ in range(ROUNDS))
    with office.database.writing() as session:
        fill(session, rows, office)
    many = statistics.median(timed(lambda: run_due(office.house.secretariat)) for _ in range(ROUNDS))
    return many / few


def fill(session: Session, rows: int, office: Office) -> None:
    """Many settled due dates with their said reminders, of another agreement."""
    for n in range(rows):
        occurrence = Occurrence(
            agreement="other",
            duty="other",
            clause="I.1",
            scope=str(n),
            window_start=office.today,
            due_on=office.today,
            status=OccurrenceStatus.MET,
        )
        session.add(occurrence)
        session.flush()
        session.add(
            Reminder(occurrence_id=occurrence.key, step="P0D", on=office.today, said_at=office.clock.now())
        )


def delivery_ratio(office: Office) -> float:
    """Sending with a durable mark for each message against the same client in a loop without a database."""
    client = office.house.clients["ilo"]
    counter = iter(range(10_000_000))

    def ours() -> None:
        with office.database.writing() as session:
            for _ in range(MESSAGES):
                outbox.put(
                    session,
                    key=f"bench:{next(counter)}",
                    to=Address("ilo", "C0LIAISON"),
                    message=Message("bench"),
                    letter="bench",
                    now=office.clock.now(),
                )
        while office.house.delivery.round():
            pass

    def bare() -> None:
        for _ in range(MESSAGES):
            client.post("C0LIAISON", Message("bench"), f"{next(counter):032x}")

    return ratio(ours, bare)


def simulation_ratio(office: Office) -> float:
    """Ten years entered in a ledger plan against computing one year of it."""
    calendar = office.house.secretariat.calendar
    places = [Place("global", "", DEFINITION.event("effective"))]
    end = DEFINITION.term_end()
    assert end is not None
    start = DEFINITION.event("effective") + timedelta(days=366)
    return ratio(
        lambda: list(plan(DEFINITION, places, calendar, end)),
        lambda: list(plan(DEFINITION, places, calendar, start)),
    )


def main() -> None:
    """Measure everything and print it."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        with Servers() as servers, Office(data, f"sqlite:///{data / 'bench.db'}", servers) as office:
            office.move_in()
            figures = {
                "/agreement status ÷ bare Bolt handler (1 SELECT, 1 INSERT), time": status_ratio(office),
                "delivery with durable marks ÷ the bare client, time": delivery_ratio(office),
                "ten years planned ÷ one year planned, time": simulation_ratio(office),
                "empty tick over 20,000 more ledger rows ÷ before, time": tick_ratio(office, 20_000),
            }
    if "--json" in sys.argv:
        sys.stdout.write(json.dumps(figures, ensure_ascii=False) + "\n")
        return
    table = Table("measured", "ratio", title="comity, SQLite, one process")
    for name, figure in figures.items():
        table.add_row(name, f"{figure:.2f}")
    Console().print(table)


if __name__ == "__main__":
    main()
