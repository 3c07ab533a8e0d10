"""The edge of the command line, where facts become one sentence on standard error and an exit code."""

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

import typer
from sqlalchemy.exc import SQLAlchemyError
from typer.core import TyperGroup
from typer.exceptions import Abort, TyperException

from bot.agreement.definition import DefinitionError, DefinitionRefused
from bot.agreement.errors import AgreementError
from bot.agreement.rows import ImportRefused, NothingNew, RowRefused
from bot.letters import say
from bot.shapes import plain

FINDINGS, FAILED, STOPPED = 1, 2, 130


class Front(TyperGroup):
    """The whole command line: whatever is refused below comes out here as one sentence."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command and leave with its code: 0 done, 1 findings, 2 refused."""
        del standalone_mode
        try:
            code = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        except TyperException as error:
            _refuse_usage(error)
        except (AgreementError, SQLAlchemyError) as error:
            complain(sentence(error))
            sys.exit(FINDINGS if isinstance(error, ImportRefused) else FAILED)
        except Abort:
            sys.exit(STOPPED)
        sys.exit(code if isinstance(code, int) else 0)


def _refuse_usage(error: TyperException) -> NoReturn:
    context: typer.Context | None = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        typer.echo(error.format_message(), err=True)
        sys.exit(FAILED)
    path = context.command_path if context else "comity"
    complain(_say("cli/errors", "usage", {"message": error.format_message().strip(), "command": path}))
    sys.exit(FAILED)


def complain(text: str) -> None:
    """Say something on standard error."""
    typer.echo(text, err=True)


def sentence(error: AgreementError | SQLAlchemyError) -> str:
    """What went wrong and what to do about it, in words from the templates; a secret never gets into them."""
    for kind, spell in SPECIAL.items():
        if isinstance(error, kind):
            return spell(error)
    if isinstance(error, SQLAlchemyError):
        return _say("cli/errors", "database_fault", {"kind": type(error).__name__})
    return _say(f"{error.routine}/errors", error.key(), error.facts())


def _say(template: str, block: str, facts: Mapping[str, object]) -> str:
    return plain(say(template, block, facts))


def finding(problem: DefinitionError) -> str:
    """One problem of a definition file, on one line: file, line, what it is and its cure."""
    where = f"{problem.file}:{problem.line}" if problem.line else problem.file
    return f"{where}: {_say('agreement/definition_errors', problem.problem.value, problem.facts())}"


def _definition(refused: DefinitionRefused) -> str:
    facts = {"first": finding(refused.problems[0]), "more": len(refused.problems) - 1, "file": refused.file}
    return _say("cli/errors", "definition_refused", facts)


def _import(refused: ImportRefused) -> str:
    lines = [row_finding(problem) for problem in refused.problems]
    return "\n".join([*lines, _say("cli/rows", "import_refused", {"count": len(lines)})])


def row_finding(problem: RowRefused) -> str:
    """One bad cell, on one line: its row, its column, the reason and the cure."""
    facts = problem.facts()
    return f"{_say('cli/rows', 'place', facts)} {_say('cli/rows', problem.reason.value, facts)}"


def _nothing_new(nothing: NothingNew) -> str:
    return _say("cli/imports", "nothing_new", nothing.facts())


SPECIAL: Mapping[type[Exception], Callable[[Any], str]] = {
    DefinitionRefused: _definition,
    ImportRefused: _import,
    NothingNew: _nothing_new,
}
