"""What a run has to tell: a table for people, and the same as JSON."""

import json
from collections import Counter
from dataclasses import asdict

from rich.console import Console
from rich.table import Table

from tests.chaos.run import Result

SHOWN = 20


def facts(result: Result) -> dict[str, object]:
    """Everything that is known about a run, in plain values; times are in seconds."""
    notes = result.notes
    return {
        "database": "postgresql" if result.wishes.postgres else "sqlite",
        "seed": result.wishes.size.seed,
        "seconds": round(result.seconds, 1),
        "counts": result.counts,
        "kills": dict(result.kills),
        "database restarts": result.restarts,
        "transactions tried again": result.retries,
        "faults": result.faults,
        "unknown outcomes met": sum(times for note, times in notes.items() if note.startswith("unknown")),
        "settled by reading back": notes["message found"] + notes["file found"],
        "looked for and not found": notes["message missing"] + notes["file missing"],
        "smallest gap in a channel": None if result.gap is None else round(result.gap, 3),
        "violations": dict(Counter(violation.rule for violation in result.violations)),
    }


def as_json(result: Result) -> str:
    """The report as JSON, each violation included."""
    told = [asdict(violation) for violation in result.violations]
    return json.dumps({**facts(result), "details": told}, ensure_ascii=False, indent=2)


def show(result: Result) -> None:
    """The report as a table, with the first violations."""
    table = Table("", "", title="Chaos", show_header=False)
    for name, value in facts(result).items():
        if isinstance(value, dict):
            lines = "\n".join(f"{key}: {number}" for key, number in value.items()) or "none"
            table.add_row(name, lines)
        else:
            table.add_row(name, str(value))
    console = Console()
    console.print(table)
    for violation in result.violations[:SHOWN]:
        console.print(f"{violation.rule}: {violation.facts}", markup=False)
