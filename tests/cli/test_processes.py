"""The command as an operator starts it: a process of its own, with its help, its exit codes and its signals."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.cli.conftest import NOBODY, CommandLine

COMITY = str(Path(sys.executable).with_name("comity"))
COMMANDS = (
    "agreement",
    "agreement check",
    "agreement show",
    "agreement states",
    "backup",
    "channels import",
    "clock",
    "contacts import",
    "deadline",
    "deliver",
    "demo",
    "doctor",
    "due",
    "history import",
    "manifest",
    "migrate",
    "outbox list",
    "outbox reread",
    "outbox settle",
    "packs",
    "report review",
    "restore",
    "run",
    "simulate",
    "socket",
    "verify",
    "web",
    "workplan export",
    "workplan import",
)
PARTY = {"SLACK_ILO_TEAM_ID": "T0ILO", "SLACK_ILO_BOT_TOKEN": "xoxb-1", "SLACK_ILO_SIGNING_SECRET": "s3cret"}


def environment(folder: Path, **settings: str) -> dict[str, str]:
    return {**os.environ, **NOBODY, "DATABASE_URL": "", "COMITY_DATA": str(folder / "data"), **settings}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(folder: Path, *words: str, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """A process that is killed at the end, if it still runs."""
    started = subprocess.Popen(
        [COMITY, *words],
        cwd=folder,
        env=environment(folder, **settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield started
    finally:
        started.kill()
        started.communicate()


def answer(address: str, seconds: float = 120) -> str:
    """What is served at an address, as soon as it is."""
    end = monotonic() + seconds
    while True:
        try:
            with urlopen(address) as reply:
                return str(reply.read().decode())
        except URLError:
            assert monotonic() < end, f"nothing answers at {address}"
            sleep(0.1)


@pytest.mark.parametrize("command", [name for name in COMMANDS if " " in name or name != "agreement"])
def test_every_command_has_help_with_an_example(comity: CommandLine, command: str) -> None:
    shown = comity.done(*command.split(), "--help")

    assert "Example: " in shown
    assert "comity " in shown


def test_the_help_of_the_whole_names_every_command(comity: CommandLine) -> None:
    shown = comity.done("--help")

    assert [name for name in COMMANDS if name.split()[0] not in shown] == []


def test_an_unknown_command_is_refused_in_one_sentence(comity: CommandLine) -> None:
    assert comity.refused("frobnicate") == "No such command 'frobnicate'. See “comity --help”."


def test_the_script_and_the_module_say_the_same(tmp_path: Path) -> None:
    words = ("deadline", "2026-12-31", "P2M", "--json")
    said = [
        subprocess.run(
            [*how, *words], cwd=tmp_path, env=environment(tmp_path), capture_output=True, check=True
        )
        for how in ([COMITY], [sys.executable, "-m", "bot.cli"])
    ]

    assert said[0].stdout == said[1].stdout
    assert json.loads(said[0].stdout)["date"] == "2027-02-28"


def test_a_refusal_is_one_sentence_on_standard_error_and_exit_2(tmp_path: Path) -> None:
    said = subprocess.run(
        [COMITY, "deadline", "2026-12-31", "2M"],
        cwd=tmp_path,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (said.returncode, said.stdout, len(said.stderr.splitlines())) == (2, "", 1)


def test_everything_runs_in_one_process_until_it_is_told_to_stop(comity: CommandLine) -> None:
    comity.done("migrate")
    port = free_port()
    local = {**PARTY, "PORT": str(port), "LOG_FORMAT": "json", "SLACK_API_URL": "http://127.0.0.1:1/api/"}

    with running(comity.folder, "run", **local) as process:
        health = json.loads(answer(f"http://127.0.0.1:{port}/healthz"))
        second = comity.refused("web", **local)
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=30)

    assert health == {"well": True, "database": True, "time": True, "clock": True, "delivery": True}
    assert second.startswith("The database ")
    assert "is in use by another program: stop the bot that runs on it" in second
    assert process.returncode == 0
    assert {json.loads(line)["level"] for line in log.splitlines()} <= {"info", "warning"}
    assert "s3cret" not in log


def test_a_port_that_is_taken_is_refused_in_one_sentence(comity: CommandLine) -> None:
    comity.done("migrate")
    with socket.create_server(("0.0.0.0", 0)) as taken:
        port = taken.getsockname()[1]

        refused = comity.refused("web", **PARTY, PORT=str(port))

    said = (
        f"Port {port} (PORT) is used by another program, or this account may not open it: give another one."
    )
    assert refused == said


def test_a_killed_process_leaves_the_database_free_for_the_next(comity: CommandLine) -> None:
    comity.done("migrate")
    local = {**PARTY, "LOG_FORMAT": "json", "SLACK_API_URL": "http://127.0.0.1:1/api/"}

    for _ in range(2):
        port = free_port()
        with running(comity.folder, "run", **local, PORT=str(port)) as process:
            assert json.loads(answer(f"http://127.0.0.1:{port}/healthz"))["well"]
            process.kill()


def test_the_demonstration_serves_its_page_and_says_where(tmp_path: Path) -> None:
    port = free_port()

    with running(tmp_path, "demo", "--port", str(port), "--today", "2026-11-23") as process:
        page = answer(f"http://127.0.0.1:{port}/")
        assert process.stdout is not None
        line = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)

    assert "<html" in page
    assert f":{port}" in line
    assert process.returncode == 0
