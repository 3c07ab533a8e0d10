"""`comity survivors`: what the end of the Agreement would close and leave, from the command line (VII.2)."""

from tests.cli.conftest import CommandLine


def test_it_prints_what_lives_on_with_clause_basis_and_day(migrated: CommandLine) -> None:
    said = migrated.done("survivors", "2099-01-22")

    assert "is in force. If Thursday 22 January 2099 were its last day" in said
    assert "VII.2  Other agreements between the parties on the subject stay in force" in said
    assert "implied, not in the text; a working rule; kept until Friday 22 January 2100" in said


def test_json_has_iso_days_and_says_what_is_implied(migrated: CommandLine) -> None:
    found = migrated.json_of("survivors", "2099-01-22", "--json")

    assert (found["ends_on"], found["on_record"], found["ended"]) == ("2099-01-22", None, False)
    by_clause = {row["clause"]: row for row in found["survivors"]}
    assert by_clause["VII.2"]["basis"] == "explicit"
    assert by_clause["VII.2"]["until"] is None
    assert by_clause["VIII"]["basis"] == "implied"
    assert by_clause["VIII"]["until"] == "2100-01-22"
    assert by_clause["VIII"]["working_rule"] is True


def test_a_day_that_cannot_be_read_or_has_passed_is_refused(migrated: CommandLine) -> None:
    assert "“xx” cannot be read as a day" in migrated.refused("survivors", "xx")
    assert "has passed" in migrated.refused("survivors", "2020-01-01")
