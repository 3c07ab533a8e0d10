"""`comity agreement`: the definition shown and checked."""

import pytest

from bot.agreement.definition import SHIPPED
from tests.cli.conftest import CommandLine

TOML = (SHIPPED / "ilo-iom-2020.toml").read_text(encoding="utf-8")


def test_the_agreement_is_shown_at_a_glance_with_every_clause(comity: CommandLine) -> None:
    shown = comity.done("agreement", "show")

    assert "In force since Friday 23 October 2020" in shown
    assert "the initial term ends on Wednesday 23 October 2030 (VII.1-1)" in shown
    assert "IX.2" in shown
    assert (
        "IV.1      Informing and consulting each other: /exchange share, /exchange list, /exchange show"
        in shown
    )
    assert sum(line.startswith("  ") for line in shown.splitlines()) == 61


def test_a_clause_is_shown_in_full(comity: CommandLine) -> None:
    shown = comity.done("agreement", "show", "vi.1")

    assert shown.startswith("VI.1 · Name and emblem")
    assert "in writing, as the text says" in shown
    assert "Routine: The register of permissions" in shown
    assert "Served by: /emblem request, /emblem mention, /emblem list" in shown


def test_an_article_is_shown_clause_by_clause(comity: CommandLine) -> None:
    shown = comity.done("agreement", "show", "VI")

    assert "VI.1 · " in shown
    assert "VI.3 · " in shown


def test_an_unknown_clause_is_refused_and_the_nearest_named(comity: CommandLine) -> None:
    refused = comity.refused("agreement", "show", "VI.9")

    assert refused.startswith("The agreement has no clause “VI.9”: the nearest are ")
    assert "VI.1" in refused


def test_the_definition_that_comes_with_it_has_nothing_to_put_right(comity: CommandLine) -> None:
    assert "nothing has to be put right" in comity.done("agreement", "check", "ilo-iom-2020")


def test_every_problem_of_a_file_is_listed_with_its_line_and_the_cure(comity: CommandLine) -> None:
    broken = TOML.replace('profile = "cets076"', 'profil = "cets076"').replace(
        'every = "P24M"', 'every = "2Y"'
    )
    file = comity.file("mine.toml", broken)

    found = comity.findings("agreement", "check", file)

    line = broken.splitlines().index('profil = "cets076"') + 1
    assert f"{file}:{line}: “profil” means nothing here. Did you mean “profile”?" in found[0]
    assert ["“2Y” is not a period" in line for line in found[1:]] == [True]


def test_a_file_that_is_not_there_is_refused(comity: CommandLine) -> None:
    assert comity.refused("agreement", "check", "nope.toml").startswith("nope.toml: There is no such file")


@pytest.mark.parametrize("word", ["show", "check"])
def test_a_command_that_lacks_something_says_where_to_look(comity: CommandLine, word: str) -> None:
    refused = comity.refused("agreement", word, "--nonsense")

    assert refused.endswith(f"See “comity agreement {word} --help”.")


def test_how_every_kind_of_case_moves_is_printed_as_the_page_in_the_docs_has_it(comity: CommandLine) -> None:
    printed = comity.done("agreement", "states")

    assert printed.strip() == (SHIPPED.parent / "STATES.md").read_text(encoding="utf-8").strip()
