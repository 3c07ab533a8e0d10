"""`comity report`: the review dossier as a file, from what is on record."""

from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, ClassVar

import typer

from bot.agreement.amended_versions import on_day
from bot.agreement.desk import Desk
from bot.agreement.errors import AgreementError
from bot.agreement.review_windows import window_on
from bot.agreement.time_limits import civil_day
from bot.clock import SystemClock
from bot.commands import opening
from bot.commands.printing import a_day, tell
from bot.dossiers.facts import dossier, review_of_period
from bot.dossiers.formats import Form, written

FORMS = ", ".join(Form)
family = typer.Typer(no_args_is_help=True, help="Reports from what is on record.")


@dataclass
class ReportNotWritten(AgreementError):
    """The file could not be written; `fault` is what the system says."""

    routine: ClassVar[str] = "cli"

    file: str
    fault: str


@family.command(epilog="Example: comity report review --from 2025-10-23 --format pdf -o review.pdf")
def review(
    out: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="Where to write it.")],
    first: Annotated[
        str,
        typer.Option("--from", metavar="DATE", help="The first day; that of the review window if not given."),
    ] = "",
    last: Annotated[
        str, typer.Option("--until", metavar="DATE", help="The last day; today if not given.")
    ] = "",
    form: Annotated[
        str, typer.Option("--format", help=f"{FORMS}; that of FILE's ending, or html, if not given.")
    ] = "",
) -> None:
    """Write the review dossier of a period (V.3-2): what was done, the cadence kept, what is open.

    Drafts, and what is restricted, are never in it.
    """
    chosen = opening.settings()
    agreement = opening.definition(chosen)
    kind = _form(form, out)
    now = SystemClock().now()
    until = a_day(last) if last else civil_day(now, agreement.tz)
    since = a_day(first) if first else min(window_on(agreement, until).opens, until)
    if until < since:
        raise opening.PeriodBackwards(since, until)
    calendar = opening.calendar(chosen, agreement)
    with closing(opening.migrated(chosen)) as database, database.reading() as session:
        amended = on_day(session, agreement, civil_day(now, agreement.tz))
        made = _made(Desk(session, now, amended, calendar), since, until, kind)
    _write(out, made)
    tell("cli/report", "written", {"file": out, "first": since, "last": until})


def _form(form: str, out: Path) -> Form:
    if form:
        return opening.choose("--format", form, Form)
    ending = out.suffix.removeprefix(".").casefold()
    return Form(ending) if ending in tuple(Form) else Form.HTML


def _made(desk: Desk, first: date, last: date, form: Form) -> bytes:
    return written(desk, dossier(desk, first, last, review_of_period(desk, first, last)), form)


def _write(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as error:
        raise ReportNotWritten(str(out), error.strerror or type(error).__name__) from None
