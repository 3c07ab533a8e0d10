"""Real processes, killed with SIGKILL at random and started again at once."""

import os
import signal
from collections import Counter
from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from random import Random
from threading import Event, Thread, Timer

from tests.chaos.roles import ROLES
from tests.chaos.setup import Setup

# A new process is a copy of one that has read all modules and opened nothing: restarts cost no processor time.
FORKED = get_context("forkserver")
# The public holidays are read by the first tick otherwise, which takes half a second.
FORKED.set_forkserver_preload(["tests.chaos.roles", "holidays.countries"])

FROST = 25.0
"""Seconds for which a process is frozen: longer than a lease."""


class Fleet:
    """One process for each of the roles; every `pause` seconds (from, to) a random one is killed.

    In a `frozen` share of the attacks it is stopped for FROST seconds instead, in peace, and then goes on.
    """

    def __init__(
        self, setup: Setup, roles: Sequence[str], pause: tuple[float, float], frozen: float = 0.0
    ) -> None:
        """Nothing runs yet."""
        self.kills: Counter[str] = Counter()
        self._setup, self._pause, self._frozen = setup, pause, frozen
        self._random = Random(setup.size.seed)
        self._roles = list(roles)
        self._processes: list[ForkServerProcess] = []
        self._in_frost: set[int] = set()
        self._peace = Event()
        self._killer = Thread(target=self._kill_at_random, name="killer", daemon=True)

    def __enter__(self) -> "Fleet":
        """Start the processes, and the killing."""
        self._processes = [self._start(role) for role in self._roles]
        self._killer.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End the killing, and then everything."""
        self.spare()
        for process in self._processes:
            process.kill()
            process.join()

    def spare(self) -> None:
        """Kill no more."""
        self._peace.set()
        self._killer.join()

    def _start(self, role: str) -> ForkServerProcess:
        process = FORKED.Process(target=ROLES[role], args=(self._setup,), name=role, daemon=True)
        process.start()
        return process

    def _kill_at_random(self) -> None:
        while not self._peace.wait(self._random.uniform(*self._pause)):
            victim = self._random.randrange(len(self._roles))
            if victim in self._in_frost:
                continue
            if self._random.random() < self._frozen:
                self._freeze(victim)
            else:
                self._kill(victim)

    def _kill(self, victim: int) -> None:
        self._processes[victim].kill()
        self._processes[victim].join()
        self.kills[self._roles[victim]] += 1
        self._processes[victim] = self._start(self._roles[victim])

    def _freeze(self, victim: int) -> None:
        """Stop a process, as a machine does that is moved or short of memory; others go on without it."""
        process = self._processes[victim]
        self._in_frost.add(victim)
        os.kill(process.pid or 0, signal.SIGSTOP)
        self.kills[f"{self._roles[victim]}, frozen"] += 1
        timer = Timer(FROST, self._thaw, (victim,))
        timer.daemon = True
        timer.start()

    def _thaw(self, victim: int) -> None:
        process = self._processes[victim]
        if process.is_alive():
            os.kill(process.pid or 0, signal.SIGCONT)
        self._in_frost.discard(victim)
