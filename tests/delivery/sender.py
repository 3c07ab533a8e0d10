"""A sender in a process of its own, to be killed: `python -m tests.delivery.sender DATABASE API DATA`."""

import sys
from pathlib import Path
from time import sleep

from bot.agreement.definition import load
from bot.bootstrap import build
from bot.clock import SystemClock
from bot.database import Database
from bot.running import delivering
from bot.sandbox.demo import installations
from bot.sandbox.seed import ilo_iom
from bot.sandbox.slack import LocalSlack


def main() -> None:
    url, api, data = sys.argv[1:]
    clock = SystemClock()
    house = build(
        definition=load("ilo-iom-2020"),
        database=Database(url),
        clock=clock,
        installations=installations(LocalSlack(ilo_iom(), clock)),
        api_url=api,
        data=Path(data),
    )
    with delivering(house):
        while True:
            sleep(1)


if __name__ == "__main__":
    main()
