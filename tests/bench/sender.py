"""A deliverer's process: `python -m tests.bench.sender DATABASE API SENDERS`; it begins when it is told to."""

import sys
from threading import Event, Thread

from bot.clock import SystemClock
from bot.database import Database
from bot.delivery import Delivery
from tests.bench.processes import logged, say
from tests.bench.queues import PLAIN, client


class OneOfSeveral(Delivery):
    """In life a SQLite file has one process, which takes back what an earlier one held; here it has two."""

    def recover(self) -> None:
        """Take nothing back: it may be in the other's hands."""


def main() -> None:
    """Be ready, begin, and go on until killed."""
    logged()
    url, api, senders = sys.argv[1:]
    delivery = OneOfSeveral(Database(url), SystemClock(), {"ilo": client(api)}, senders=int(senders), **PLAIN)
    say("ready")
    sys.stdin.readline()
    work = Thread(target=delivery.work, args=(Event(),), daemon=True)
    work.start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
