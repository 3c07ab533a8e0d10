"""Measures, and prints what was found: `python -m tests.bench [--json] [--quick] [--only NAME…]`."""

import argparse
import json
import logging
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter

import structlog
from rich.console import Console

from tests.bench import deliveries, dispatch, doors, lost, simulations, starting, ticks
from tests.bench.bench import Bench
from tests.bench.report import Figure, as_dict, row, table

THEMES: dict[str, Callable[[Bench], Iterator[Figure]]] = {
    "doors": doors.figures,
    "dispatch": dispatch.figures,
    "ticks": ticks.figures,
    "lost": lost.figures,
    "delivery": deliveries.figures,
    "simulation": simulations.figures,
    "starting": starting.figures,
}
CAPTION = (
    "One run, ours and its baseline in turn; each ratio is the median of the pairs' ratios. "
    "Figures without a ratio are absolute and belong to this machine."
)
QUICK = " A QUICK run: few pairs and small ledgers, to see that all works; its figures count for nothing."


def main() -> int:
    """1 where a goal was missed, so that a script can tell."""
    told = _arguments()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
    shown = Console(stderr=True)
    began = perf_counter()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        bench = Bench(folder, told.quick, stack)
        found = list(_measured(bench, told.only or list(THEMES), shown))
    minutes = (perf_counter() - began) / 60
    if told.json:
        whole = {"quick": told.quick, "minutes": minutes, "figures": [as_dict(figure) for figure in found]}
        sys.stdout.write(json.dumps(whole, ensure_ascii=False, indent=1) + "\n")
    else:
        caption = CAPTION + (QUICK if told.quick else "") + f" It took {minutes:.1f} minutes."
        Console().print(table(found, caption))
    return int(any(figure.reached is False for figure in found))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description="Speed as ratios within one run."
    )
    parser.add_argument("--json", action="store_true", help="print JSON with every raw pair")
    parser.add_argument("--quick", action="store_true", help="few pairs and small ledgers")
    parser.add_argument("--only", nargs="+", choices=list(THEMES), metavar="NAME", help=", ".join(THEMES))
    return parser.parse_args()


def _measured(bench: Bench, names: list[str], shown: Console) -> Iterator[Figure]:
    for name in names:
        with shown.status(f"measuring {name}") as status:
            for figure in THEMES[name](bench):
                status.update(f"measuring {name}")
                # Told at once, so that a run that is cut short has not been for nothing.
                shown.print(" · ".join(filter(None, row(figure))), highlight=False)
                yield figure


if __name__ == "__main__":
    sys.exit(main())
