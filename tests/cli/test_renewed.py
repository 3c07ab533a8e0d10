"""What the command line foretells of the time after the term: without a notice the agreement renews itself."""

import json

from tests.cli.conftest import CommandLine


def test_vii_1_4_the_simulation_goes_on_past_the_term_and_says_the_renewal(comity: CommandLine) -> None:
    lines = comity.done("simulate", "--from", "2030-10-01", "--until", "2031-12-31", "--json").splitlines()
    found = [json.loads(line) for line in lines]

    (renewed,) = [one for one in found if one["event"] == "agreement_renewed"]
    assert renewed["on"] == "2030-10-24"
    assert "renewed by silence at the end of Wednesday 23 October 2030" in renewed["text"]
    assert max(one["due_on"] for one in found if one["clause"] == "V.2-2") > "2031-10-01"
    assert {one["due_on"] for one in found if one["clause"] == "VII.1-4"} == {"2030-10-23"}


def test_vii_1_4_without_a_database_what_is_due_goes_on_after_the_term(comity: CommandLine) -> None:
    shown = comity.done("due", "--on", "2031-01-01", "--until", "2031-06-30")

    assert "Wednesday 23 April 2031" in shown
    assert "Wednesday 22 October 2031 · Hold the global meeting of the year" in shown
