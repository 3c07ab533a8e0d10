"""The long form: `python -m tests.chaos --database postgres`; ends with 1 if anything was not as it should be."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from tests.chaos.report import as_json, show
from tests.chaos.run import Wishes, run
from tests.chaos.setup import Size


def arguments() -> Namespace:
    """What was asked for on the command line."""
    parser = ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--database", choices=("postgres", "sqlite"), default="postgres")
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--channels", type=int, default=200)
    parser.add_argument("--deliverers", type=int, default=3)
    parser.add_argument("--clocks", type=int, default=2)
    parser.add_argument("--kill-every", type=float, help="seconds; 1 on PostgreSQL, 3 to 5 on SQLite")
    parser.add_argument("--pace", type=float, default=1.0, help="seconds between two messages of a channel")
    parser.add_argument(
        "--slow-ms", type=int, default=0, help="milliseconds by which Slack's answers are late"
    )
    parser.add_argument(
        "--late-ms", type=int, default=1500, help="by how much Slack begins 2 %% of calls late"
    )
    parser.add_argument(
        "--frozen", type=float, default=0.0, help="share of attacks that freeze instead of kill"
    )
    parser.add_argument("--limit", type=float, default=3600.0, help="seconds after which the run has failed")
    parser.add_argument("--seed", type=int, default=2020)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def wishes(asked: Namespace) -> Wishes:
    """The run that was asked for."""
    on_postgres = asked.database == "postgres"
    usual = (1.0, 1.0) if on_postgres else (3.0, 5.0)
    return Wishes(
        size=Size(asked.messages, asked.channels, asked.seed),
        postgres=on_postgres,
        deliverers=asked.deliverers,
        clocks=asked.clocks,
        kill_every=(asked.kill_every, asked.kill_every) if asked.kill_every else usual,
        pace=asked.pace,
        slow_ms=asked.slow_ms,
        late_ms=asked.late_ms,
        frozen=asked.frozen,
        limit=asked.limit,
    )


def main() -> int:
    """Run, tell, and keep the files of a run that failed."""
    asked, folder = arguments(), Path(mkdtemp(prefix="chaos-"))
    result = run(wishes(asked), folder)
    if asked.json:
        sys.stdout.write(as_json(result) + "\n")
    else:
        show(result)
    if result.violations:
        sys.stderr.write(f"The logs are in {folder}\n")
        return 1
    rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
