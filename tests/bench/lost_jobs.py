"""APScheduler with one job a reminder: `python -m tests.bench.lost_jobs STORE API default|none`, its grace time.

Each line on standard input is a job of its own: `[channels, seconds]` stores one for each channel, due after
that many seconds; `null` starts the scheduler.
"""

import json
import logging
import sys
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler
from slack_sdk import WebClient

from tests.bench.processes import answer, say


@cache
def client(api: str) -> WebClient:
    """One client for all jobs of a process."""
    return WebClient("xoxb-bench", base_url=api)


def post(api: str, channel: str) -> None:
    """What a job does."""
    client(api).chat_postMessage(channel=channel, text="due")


def main() -> None:
    """Store or run, as told."""
    store, api, grace = sys.argv[1:]
    logging.disable()
    defaults: dict[str, Any] = {} if grace == "default" else {"misfire_grace_time": None}
    scheduler = BackgroundScheduler(job_defaults=defaults)
    scheduler.add_jobstore("sqlalchemy", url=store)
    scheduler.start(paused=True)
    say("ready")
    for line in sys.stdin:
        job = json.loads(line)
        if job is None:
            scheduler.resume()
        else:
            due = datetime.now(UTC) + timedelta(seconds=job[1])
            for n in range(job[0]):
                scheduler.add_job(post, "date", [api, f"CR{n}"], run_date=due + timedelta(seconds=n / 1000))
        answer(None)


if __name__ == "__main__":
    main()
