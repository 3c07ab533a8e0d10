"""Starting and idling: seconds from nothing to the first answer, and what an idle house holds. No ratios."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, perf_counter, sleep

import psutil

from tests.bench.bench import Bench
from tests.bench.doors import PATH, command_body
from tests.bench.houses import INSTALLED, NOWHERE, SECRET, furnished
from tests.bench.load import signed
from tests.bench.processes import ROOT, free_port
from tests.bench.report import Figure, alone, at_most

IDLE = 10
"""Seconds after which a house counts as idle."""
PATIENCE = 30


def figures(bench: Bench) -> Iterator[Figure]:
    """`comity web` until it answers a signed request, and `comity run` left alone."""
    data = bench.place()
    url = f"sqlite:///{data / 'comity.db'}"
    furnished(url, data).database.close()
    taken = [_first_answer(url, data) for _ in range(bench.of(2, bench.pairs + 1))][1:]
    yield alone("starting/first-answer", "start of `web` to first answer", "s", taken, at_most(2))
    yield alone("starting/idle", f"`run`, idle for {IDLE} s", "MB", [_idle(url, data)], at_most(120))


@contextmanager
def _comity(role: str, url: str, data: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    settings = {"DATABASE_URL": url, "COMITY_DATA": str(data), "PORT": str(port), "SLACK_API_URL": NOWHERE}
    for party, installed in INSTALLED.items():
        prefix = f"SLACK_{party.upper()}"
        settings[f"{prefix}_TEAM_ID"] = installed.team_id
        settings[f"{prefix}_BOT_TOKEN"] = installed.bot_token
        settings[f"{prefix}_SIGNING_SECRET"] = SECRET
        settings[f"{prefix}_APP_TOKEN"] = ""
    command = [sys.executable, "-m", "bot.cli", role]
    environment = {**os.environ, **settings, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=data, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _first_answer(url: str, data: Path) -> float:
    port = free_port()
    began = perf_counter()
    with _comity("web", url, data, port):
        _ask(port)
        return perf_counter() - began


def _ask(port: int) -> None:
    """Until `/agreement status` is answered. Raises TimeoutError."""
    limit = monotonic() + PATIENCE
    while monotonic() < limit:
        try:
            _ask_once(port)
        except ConnectionRefusedError:
            sleep(0.005)
        else:
            return
    raise TimeoutError("no answer")


def _ask_once(port: int) -> None:
    head, _, body = signed(PATH, SECRET, command_body("/agreement", "status")).decode().partition("\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.split("\r\n")[1:])
    with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        connection.request("POST", PATH, body, headers)
        answer = connection.getresponse()
        assert answer.status == 200
        assert b"blocks" in answer.read()


def _idle(url: str, data: Path) -> float:
    port = free_port()
    with _comity("run", url, data, port) as process:
        _ask(port)
        sleep(IDLE)
        return psutil.Process(process.pid).memory_info().rss / 10**6
