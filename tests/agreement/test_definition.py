"""A definition file is run only when all of it makes sense; if not, it is said where and what would."""

from datetime import date
from pathlib import Path

import pytest

from bot.agreement.definition import (
    Definition,
    DefinitionError,
    DefinitionRefused,
    DutyKind,
    NotDefined,
    Problem,
    ReadingRefused,
    RunsFrom,
    load,
    shipped,
)
from bot.agreement.definition_file import Lines
from bot.letters import say

HOST_COUNTRY = """\
id = "iom-state"
title = "Cooperation agreement between IOM and a host State"
short_title = "IOM–State"
tz = "Europe/Amsterdam"

[[parties]]
id = "iom"
abbreviation = "IOM"
name = "International Organization for Migration"
head = "Director General"
seat = "Geneva"
languages = ["en"]
calendar = "iom"
tz = "Europe/Zurich"

[[parties]]
id = "state"
kind = "state"
abbreviation = "State"
name = "The host State"
head = "Minister for Foreign Affairs"
seat = "The Hague"
languages = ["en", "nl"]
calendar = "state"
tz = "Europe/Amsterdam"

[events]
concluded = 1997-07-24
effective = 1998-03-01
entry_into_force = 1998-03-01

[term]
initial = "open"
renewal = "none"
notice = "P12M"
notice_clause = "9"
notice_runs_from = "receipt"

[[levels]]
id = "global"
title = "Global"

[[clauses]]
id = "5.1"
title = "Yearly report"
summary = "IOM reports to the State each year before 1 May."
modes = ["O"]
who = "IOM"

[[clauses]]
id = "9"
title = "Ending the agreement"
summary = "Either party may end the agreement on twelve months' written notice."
modes = ["P"]
who = "either"
written = "explicit"

[[duties]]
id = "yearly-report"
clause = "5.1"
title = "Yearly report"
kind = "calendar"
month_day = "05-01"
by = ["iom"]
steps = ["P30D", "P7D"]
basis = "text"
audience = "agreement"
settle = true

[[policies]]
key = "day_zero"
value = "excluded"
options = ["excluded", "counted"]
clauses = ["9"]
ambiguity = 1
question = "Is the first day counted?"
"""


def written(folder: Path, text: str) -> str:
    """The path of a definition file with this text."""
    path = folder / "definition.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def problems(folder: Path, text: str) -> tuple[DefinitionError, ...]:
    """All that is wrong with a definition file of this text."""
    with pytest.raises(DefinitionRefused) as refusal:
        load(written(folder, text))
    return refusal.value.problems


def line_of(text: str, part: str) -> int:
    """The line on which `part` begins, counted as an editor counts."""
    return text[: text.index(part)].count("\n") + 1


@pytest.fixture
def host_country(tmp_path: Path) -> Definition:
    return load(written(tmp_path, HOST_COUNTRY))


def test_an_open_ended_agreement_with_a_fixed_date_is_read(host_country: Definition) -> None:
    duty = host_country.duty("yearly-report")

    assert (duty.kind, duty.month_day, duty.by) == (DutyKind.CALENDAR, "05-01", ("iom",))
    assert host_country.term_end() is None
    assert host_country.notice_runs_from() is RunsFrom.RECEIPT
    assert host_country.other("iom").id == "state"
    assert host_country.clause("5.1").article == "5"


def test_events_may_be_stated_without_signatures(host_country: Definition) -> None:
    assert host_country.event("concluded") == date(1997, 7, 24)
    assert host_country.event("entry_into_force") == date(1998, 3, 1)


@pytest.mark.parametrize("name", ["term_end", "burial", "last_signature"])
def test_an_event_that_never_happens_has_no_day(host_country: Definition, name: str) -> None:
    with pytest.raises(NotDefined):
        host_country.event(name)


def test_what_is_not_in_the_agreement_is_said_not_to_be(host_country: Definition) -> None:
    for ask in (host_country.clause, host_country.party, host_country.duty, host_country.policy):
        with pytest.raises(NotDefined, match="XX"):
            ask("XX")


DEFECTS = [
    ('renewal = "none"', 'renewal = "none"\nrenewals = 2', Problem.UNKNOWN_KEY),
    ('seat = "Geneva"\n', "", Problem.MISSING_KEY),
    ('languages = ["en"]', 'languages = "en"', Problem.WRONG_TYPE),
    ("settle = true", 'settle = "yes"', Problem.WRONG_TYPE),
    ("ambiguity = 1", "ambiguity = 0", Problem.WRONG_TYPE),
    ('value = "excluded"', "value = []", Problem.WRONG_TYPE),
    ('kind = "calendar"', 'kind = "calender"', Problem.UNKNOWN_VALUE),
    ('written = "explicit"', 'written = "sometimes"', Problem.UNKNOWN_VALUE),
    ('modes = ["P"]', 'modes = ["P"]\nsurvival = "yes"', Problem.UNKNOWN_VALUE),
    ('modes = ["O"]', 'modes = ["Q"]', Problem.UNKNOWN_VALUE),
    ('renewal = "none"', 'renewal = "silent"', Problem.UNKNOWN_VALUE),
    ('id = "yearly-report"', 'id = "yearly report"', Problem.BAD_ID),
    ("concluded = 1997-07-24", 'concluded = "24 July 1997"', Problem.BAD_DATE),
    ("effective = 1998-03-01", "effective = 1998-03-01T00:00:00", Problem.BAD_DATE),
    ('by = ["iom"]', 'until = "2030-02-30"', Problem.BAD_DATE),
    ('month_day = "05-01"', 'month_day = "31-04"', Problem.BAD_MONTH_DAY),
    ('notice = "P12M"', 'notice = "12 months"', Problem.BAD_PERIOD),
    ('initial = "open"', 'initial = "forever"', Problem.BAD_PERIOD),
    ('steps = ["P30D", "P7D"]', 'steps = ["P30D", "a week"]', Problem.BAD_PERIOD),
    ('tz = "Europe/Amsterdam"', 'tz = "Europe/The_Hague"', Problem.UNKNOWN_ZONE),
    ('clause = "5.1"', 'clause = "5.2"', Problem.UNKNOWN_CLAUSE),
    ('clauses = ["9"]', 'clauses = ["9", "99"]', Problem.UNKNOWN_CLAUSE),
    ('notice_clause = "9"', 'notice_clause = "10"', Problem.UNKNOWN_CLAUSE),
    ('by = ["iom"]', 'by = ["ilo"]', Problem.UNKNOWN_PARTY),
    ('basis = "text"', 'basis = "text"\nreading = "day_one"', Problem.UNKNOWN_POLICY),
    ('basis = "text"', 'basis = "text"\nanchor = "party"', Problem.UNKNOWN_EVENT),
    ('id = "state"', 'id = "iom"', Problem.DUPLICATE_ID),
    ('value = "excluded"', 'value = "included"', Problem.NOT_AN_OPTION),
    ("concluded = 1997-07-24", 'concluded = "last_signature"', Problem.SIGNATURE_MISSING),
    ('kind = "calendar"\nmonth_day = "05-01"', 'kind = "every"', Problem.EVERY_WITHOUT_PERIOD),
    ('kind = "calendar"\nmonth_day = "05-01"', 'kind = "window"', Problem.WINDOW_WITHOUT_LENGTH),
    ('month_day = "05-01"\n', "", Problem.CALENDAR_WITHOUT_DAY),
    ('basis = "text"', 'basis = "text"\nevery = "P1Y"', Problem.KEY_UNUSED),
    ('steps = ["P30D", "P7D"]', 'steps = ["P30D", "-P7D"]', Problem.STEP_AFTER_DUE),
    ("settle = true", 'settle = true\nlevels = { global = "P1M" }', Problem.LEVELS_WITHOUT_CHANNEL),
    ("settle = true", 'settle = true\nper = "channel"', Problem.CHANNEL_WITHOUT_LEVELS),
    ('kind = "calendar"\nmonth_day = "05-01"', 'kind = "notice"', Problem.TERM_WITHOUT_END),
    (
        'kind = "calendar"\nmonth_day = "05-01"',
        'kind = "once"\nanchor = "term_end"',
        Problem.TERM_WITHOUT_END,
    ),
]


@pytest.mark.parametrize(("right", "wrong", "problem"), DEFECTS)
def test_a_defect_is_found_alone_and_put_into_words(
    tmp_path: Path, right: str, wrong: str, problem: Problem
) -> None:
    found = problems(tmp_path, HOST_COUNTRY.replace(right, wrong))

    assert {each.problem for each in found} == {problem}
    assert say("agreement/definition_errors", problem.value, found[0].facts())


@pytest.mark.parametrize(
    ("right", "wrong", "marker", "where"),
    [
        ('kind = "calendar"', 'kind = "calender"', 'kind = "calender"', "duties.kind"),
        ('clause = "5.1"', 'clause = "5.2"', 'clause = "5.2"', "duties.clause"),
        ('id = "state"', 'id = "iom"', 'id = "iom"\nkind', "parties.id"),
        ('steps = ["P30D", "P7D"]', 'steps = [\n  "-P7D",\n]', "steps = [\n", "duties.steps"),
        ("settle = true", 'settle = true\n[duties.levels]\nup = "P"', 'up = "P"', "duties.levels.up"),
        ("ambiguity = 1", "ambiguity = 1\nurgent = true", "urgent = true", "policies.urgent"),
    ],
)
def test_a_defect_is_shown_with_its_line_and_its_key(
    tmp_path: Path, right: str, wrong: str, marker: str, where: str
) -> None:
    text = HOST_COUNTRY.replace(right, wrong)

    at = {each.where: each.line for each in problems(tmp_path, text)}

    assert at[where] == line_of(text, marker)


def test_a_missing_key_is_shown_at_the_head_of_its_table(tmp_path: Path) -> None:
    text = HOST_COUNTRY.replace('who = "either"\n', "")

    (missing,) = problems(tmp_path, text)

    assert (missing.where, missing.line) == ("clauses.who", line_of(text, '[[clauses]]\nid = "9"'))


def test_every_problem_is_shown_in_the_order_of_the_lines(tmp_path: Path) -> None:
    text = HOST_COUNTRY.replace('clause = "5.1"', 'clause = "5.2"').replace('"P12M"', '"P12"')

    found = problems(tmp_path, text.replace("settle = true", 'settle = true\ncolour = "red"'))

    assert [each.problem for each in found] == [
        Problem.BAD_PERIOD,
        Problem.UNKNOWN_CLAUSE,
        Problem.UNKNOWN_KEY,
    ]


def test_a_misspelt_key_is_answered_with_the_one_that_was_meant(tmp_path: Path) -> None:
    text = HOST_COUNTRY.replace("[term]\n", '[term]\nrenewal_lenght = "same_term"\n')

    (found,) = problems(tmp_path, text)

    assert found.nearest == "renewal_length"
    assert "“renewal_length”?" in say("agreement/definition_errors", found.problem.value, found.facts())


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ('kind = "every"\nevery = "P0D"', Problem.EVERY_WITHOUT_PERIOD),
        ('kind = "every"\nevery = "a month"', Problem.BAD_PERIOD),
        ('kind = "window"\nevery = "P0M"', Problem.WINDOW_WITHOUT_LENGTH),
        ('kind = "every"\nper = "channel"\nlevels = { global = "P0D" }', Problem.EVERY_WITHOUT_PERIOD),
        ('kind = "every"\nper = "channel"\nlevels = { moon = "P1M" }', Problem.UNKNOWN_LEVEL),
        ('kind = "every"\nper = "channel"\nevery = "P1M"\nlevels = { global = "P1M" }', Problem.KEY_UNUSED),
    ],
)
def test_a_rule_that_cannot_be_carried_out_is_refused(tmp_path: Path, rule: str, problem: Problem) -> None:
    text = HOST_COUNTRY.replace('kind = "calendar"\nmonth_day = "05-01"', rule)

    assert [each.problem for each in problems(tmp_path, text)] == [problem]


def test_a_notice_needs_a_period_of_notice(tmp_path: Path) -> None:
    text = HOST_COUNTRY.replace('"open"', '"P10Y"').replace('notice = "P12M"\n', "")

    found = problems(tmp_path, text.replace('kind = "calendar"\nmonth_day = "05-01"', 'kind = "notice"'))

    assert [each.problem for each in found] == [Problem.NOTICE_WITHOUT_PERIOD]


def test_an_agreement_with_oneself_is_refused(tmp_path: Path) -> None:
    start, stop = HOST_COUNTRY.index('[[parties]]\nid = "state"'), HOST_COUNTRY.index("[events]")

    found = problems(tmp_path, HOST_COUNTRY[:start] + HOST_COUNTRY[stop:])

    assert [(each.problem, each.line) for each in found] == [(Problem.TOO_FEW_PARTIES, 6)]


def test_a_file_that_is_not_there_is_answered_with_the_names_that_are(tmp_path: Path) -> None:
    with pytest.raises(DefinitionRefused) as refusal:
        load(str(tmp_path / "nothing.toml"))

    (found,) = refusal.value.problems

    assert (found.problem, found.known) == (Problem.FILE_MISSING, shipped())


def test_a_folder_is_not_a_definition(tmp_path: Path) -> None:
    with pytest.raises(DefinitionRefused) as refusal:
        load(str(tmp_path))

    assert refusal.value.problems[0].problem is Problem.FILE_UNREADABLE


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b'id = "a"\ntitle = unquoted\n', 2),
        (b'id = "a"\nsteps = [\n', 2),
        (b'id = "a"\n\ntitle = "\xff"\n', 3),
    ],
)
def test_what_is_not_toml_is_shown_at_its_line(tmp_path: Path, text: bytes, line: int) -> None:
    path = tmp_path / "definition.toml"
    path.write_bytes(text)

    with pytest.raises(DefinitionRefused) as refusal:
        load(str(path))

    (found,) = refusal.value.problems
    assert (found.problem, found.line) == (Problem.NOT_TOML, line)


@pytest.mark.parametrize(
    "text", ["", "parties = 1\nduties = 2\nevents = 3\nterm = 4\n", "[[events]]\n[[term]]\n"]
)
def test_a_file_with_nothing_right_in_it_is_refused_like_any_other(tmp_path: Path, text: str) -> None:
    assert len(problems(tmp_path, text)) > 3


def test_lines_are_found_through_comments_long_values_and_tables_of_tables() -> None:
    head = '# first\na = """\n[[b]]\n"""\n\n[[b]] # x\nc.d = [\n  1,\n]\n'
    lines = Lines(head + "[[b.e]]\n[[b]]\n[[b.e]]\n[b.e.f]\ng = 1\n")

    assert (lines.of(("a",)), lines.of(("b", 0)), lines.of(("b", 0, "c", "d", 0))) == (2, 6, 7)
    assert (lines.of(("b", 1, "e", 0, "f", "g")), lines.of(("z",))) == (14, 1)


def test_another_reading_leaves_the_agreement_itself_unchanged(host_country: Definition) -> None:
    counted = host_country.under({"day_zero": "counted"})

    assert (host_country.policy("day_zero"), counted.policy("day_zero")) == ("excluded", "counted")


@pytest.mark.parametrize("value", ["perhaps", ("excluded",), True])
def test_a_reading_that_is_no_option_is_refused(host_country: Definition, value: str) -> None:
    with pytest.raises(ReadingRefused):
        host_country.under({"day_zero": value})


@pytest.mark.parametrize("problem", Problem)
def test_every_problem_has_its_words(problem: Problem) -> None:
    facts = DefinitionError("f.toml", 3, "duties.every", problem, "x", ("y",), "y").facts()

    assert say("agreement/definition_errors", problem.value, facts).endswith(".")
    assert say("agreement/definition_errors", "place", facts) == "f.toml, line 3"


@pytest.mark.parametrize(
    "error",
    [
        DefinitionRefused("f.toml", ()),
        NotDefined("clause", "XI"),
        ReadingRefused("day_zero", "perhaps", ("excluded",)),
    ],
)
def test_every_refusal_has_its_words(error: DefinitionRefused | NotDefined | ReadingRefused) -> None:
    assert say("agreement/definition_errors", error.key(), error.facts()).endswith(".")
