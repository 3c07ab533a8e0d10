"""`comity agreement`: an agreement as data, shown and checked."""

from difflib import get_close_matches
from typing import Annotated

import typer

from bot.agreement.definition import Definition, DefinitionRefused, Problem, load
from bot.agreement.machines import MACHINES
from bot.commands import opening
from bot.commands.front import FINDINGS, finding
from bot.commands.printing import tell
from bot.drawings import states_page
from bot.letters import say
from bot.overview import definition_facts
from bot.shapes import plain

family = typer.Typer(
    no_args_is_help=True, help="The agreement as data: print it, or check a definition file."
)


@family.command(epilog="Example: comity agreement show VI.1")
def show(
    clause: Annotated[str, typer.Argument(help="A clause, such as VI.1, or an article, such as VI.")] = "",
) -> None:
    """Print the agreement at a glance, or one clause in full."""
    agreement = opening.definition(opening.settings())
    if not clause:
        _overview(agreement)
        return
    found = agreement.find_clauses(clause)
    if not found:
        numbers = {part.id.casefold(): part.id for part in agreement.clauses}
        alike = get_close_matches(clause.strip().casefold(), numbers, 4, 0.5)
        raise opening.ClauseUnknown(clause.strip(), tuple(numbers[number] for number in alike))
    for number, part in enumerate(found):
        if number:
            typer.echo()
        tell("cli/agreement", "clause", {"clause": part, "definition": agreement})


@family.command(epilog="Example: comity agreement check my-agreement.toml")
def check(
    file: Annotated[
        str, typer.Argument(help="A definition file, or the name of one that comes with comity.")
    ],
) -> None:
    """Check a definition file and list everything in it that cannot be run, with its line and the cure."""
    try:
        found = load(file)
    except DefinitionRefused as refused:
        if refused.problems[0].problem in (Problem.FILE_MISSING, Problem.FILE_UNREADABLE):
            raise
        for problem in refused.problems:
            typer.echo(finding(problem))
        raise typer.Exit(FINDINGS) from None
    tell("cli/agreement", "checked", {"definition": found, "file": file})


@family.command(epilog="Example: comity agreement states > bot/agreement/STATES.md")
def states() -> None:
    """Print how every kind of case moves, drawn from the code: a diagram and a table each, as Markdown."""
    typer.echo(states_page(MACHINES.values()), nl=False)


def _overview(agreement: Definition) -> None:
    facts = {**definition_facts(agreement), "definition": agreement}
    tell("cli/agreement", "overview", facts)
    for article, title in agreement.articles.items():
        typer.echo()
        tell("cli/agreement", "article", {"article": article, "title": title})
        for clause in agreement.clauses:
            if clause.article == article:
                typer.echo(f"  {plain(say('cli/agreement', 'line', {'clause': clause}))}")
