"""Child processes spoken to line by line: each says when it is ready, does a job, and says what came of it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from socket import create_server
from tempfile import TemporaryFile
from types import TracebackType
from typing import Any, Self

from bot import logs
from bot.settings import Settings

ROOT = Path(__file__).parents[2]


class Child:
    """`python -m tests.bench.MODULE …`; its first line says that it is ready, and holds what it has to tell."""

    def __init__(self, module: str, *words: str, **environment: str) -> None:
        """Start, and wait until it is ready."""
        self.log = TemporaryFile("w+")  # noqa: SIM115  it lives as long as the child
        self.process = subprocess.Popen(
            [sys.executable, "-m", f"tests.bench.{module}", *words],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        self.ready = self._line()

    def _line(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            code = self.process.wait()
            self.log.seek(0)
            raise RuntimeError(f"{self.process.args} has ended with {code}: {self.log.read()[-2000:]}")
        return line.strip()

    def tell(self, job: object = None) -> None:
        """Give it something to do."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()

    def ask(self, job: object = None) -> Any:
        """Give it something to do, and wait for what it says."""
        self.tell(job)
        return json.loads(self._line())

    def kill(self) -> None:
        """As the kernel does: at once, and without a word."""
        self.process.kill()
        self.process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        for pipe in (self.process.stdin, self.process.stdout, self.log):
            if pipe:
                pipe.close()


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def logged() -> None:
    """The child's side: log as the product does by default, to standard error and never to the line."""
    logs.configure(Settings(_env_file=None))


def say(word: object) -> None:
    """The child's side: one line to whoever started it."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def answer(found: object) -> None:
    """The child's side: what came of a job."""
    say(json.dumps(found))
