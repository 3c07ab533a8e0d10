"""The ILO–IOM Agreement as data says what was signed on 23 October 2020, and marks what was not said."""

from datetime import date

import pytest

from bot.agreement.definition import (
    Basis,
    Definition,
    DutyKind,
    Mode,
    RunsFrom,
    Scope,
    Survival,
    Written,
    load,
)

SIGNED = date(2020, 10, 23)

COMMANDS = {
    "agreement": {
        "status",
        "due",
        "clause",
        "activities",
        "acknowledgement",
        "costs",
        "timeline",
        "report",
        "calendar",
        "readings",
        "privacy",
        "help",
    },
    "communication": {"draft", "event", "funding", "list"},
    "exchange": {
        "share",
        "documents",
        "confidentiality",
        "restricted",
        "consult",
        "project",
        "list",
        "show",
    },
    "meeting": {"propose", "announce", "invitations", "list", "show", "minutes"},
    "workplan": {"show", "add", "update", "propose", "adopt", "compare"},
    "emblem": {"request", "mention", "list", "show", "revoke", "instructions", "absence", "delegate"},
    "termination": {"notice", "status", "receipt", "withdraw", "renewal"},
    "contacts": {"list", "who", "designate", "office"},
    "instrument": {"list", "add", "amendment", "dispute"},
}

CLAUSES = """
I.1 I.2 I.3 I.4 II III.1 III.1(a) III.1(b) III.1(c) III.2 IV.0 IV.1 IV.2-1 IV.2-2 IV.2-3 IV.3 IV.4-1 IV.4-2
IV.5-1 IV.5-2 IV.5-3 IV.5-4 IV.5-5 IV.6-1 IV.6-2 IV.6-3 IV.6-4 IV.6-5 IV.7 IV.8 IV.9 IV.10 IV.11
V.1 V.2-1 V.2-2 V.3-1 V.3-2 VI.1 VI.2 VI.3 VI.4-1 VI.4-2 VII.1-1 VII.1-2 VII.1-3 VII.1-4 VII.2 VII.3 VIII
IX.1 IX.1(a) IX.1(b) IX.1(c) IX.1(d) IX.2-1 IX.2-2 IX.2-3 IX.2-4 X.1 X.2
"""


@pytest.fixture(scope="module")
def agreement() -> Definition:
    return load("ilo-iom-2020")


def test_all_sixty_one_clauses_are_there_in_order(agreement: Definition) -> None:
    assert [clause.id for clause in agreement.clauses] == CLAUSES.split()
    assert len(agreement.clauses) == 61


@pytest.mark.parametrize("event", ["signed", "concluded", "effective", "entry_into_force"])
def test_every_event_is_the_day_of_the_last_signature(agreement: Definition, event: str) -> None:
    assert agreement.event(event) == SIGNED


@pytest.mark.parametrize(
    ("reading", "last"),
    [
        ("exclusive_of_signature_day", date(2030, 10, 23)),
        ("inclusive_of_signature_day", date(2030, 10, 22)),
    ],
)
def test_the_term_ends_after_ten_years(agreement: Definition, reading: str, last: date) -> None:
    assert agreement.under({"term.end": reading}).term_end() == last


def test_the_term_end_by_default_is_23_october_2030(agreement: Definition) -> None:
    assert agreement.event("term_end") == agreement.term_end() == date(2030, 10, 23)


def test_both_parties_signed_in_geneva_through_their_heads(agreement: Definition) -> None:
    signatures = [(each.party, each.on, each.place, each.by) for each in agreement.events.signed]

    assert signatures == [
        ("ilo", SIGNED, "Geneva", "Guy Ryder"),
        ("iom", SIGNED, "Geneva", "António Vitorino"),
    ]


def test_each_party_is_the_others_other(agreement: Definition) -> None:
    assert agreement.other("ilo").abbreviation == "IOM"
    assert [party.id for party in agreement.others("iom")] == ["ilo"]
    assert agreement.party("ilo").acting_through == "International Labour Office"


def test_everything_that_refers_to_a_clause_or_a_policy_finds_it(agreement: Definition) -> None:
    clauses = [duty.clause for duty in agreement.duties]
    clauses += [area.clause for area in agreement.areas] + [way.clause for way in agreement.modalities]
    clauses += [clause for policy in agreement.policies for clause in policy.clauses]
    clauses += [clause for xref in agreement.xrefs for clause in (xref.clause, xref.means)]
    readings = [duty.reading for duty in agreement.duties if duty.reading]

    assert all(agreement.clause(clause) for clause in clauses)
    assert all(agreement.policy(key) for key in readings)


def test_every_open_question_has_a_policy(agreement: Definition) -> None:
    assert {policy.ambiguity for policy in agreement.policies} == set(range(1, 28))


def test_every_policy_is_said_to_be_one(agreement: Definition) -> None:
    assert {policy.basis for policy in agreement.policies} == {Basis.POLICY}
    assert all(policy.question.endswith((".", "?")) for policy in agreement.policies)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("notice.runs_from", "receipt"),
        ("review.reading", "windows"),
        ("review.scheduling", "fixed"),
        ("review.open_months", 6),
        ("review.prompt_days", (120, 60, 30, 14)),
        ("annual.window", "agreement_year"),
        ("renewal.length", "unspecified"),
        ("written.slack_is_written", False),
        ("meeting.serves", ("IV.6-4", "V.3-1", "V.3-2")),
        ("permission.silence", "never_consent"),
        ("permission.sla_working_days", 10),
        ("permission.escalation_working_days", 5),
        ("exchange.acknowledge_working_days", 5),
        ("exchange.nudge_backoff", (5, 10, 20)),
        ("working_hours", "09:00-17:00"),
        ("tz", "Europe/Zurich"),
    ],
)
def test_the_default_reading_is_the_recommended_one(agreement: Definition, key: str, value: object) -> None:
    assert agreement.policy(key) == value


def test_silence_can_never_be_made_consent(agreement: Definition) -> None:
    (silence,) = [policy for policy in agreement.policies if policy.key == "permission.silence"]

    assert not silence.allows("consent")


def test_a_number_may_be_replaced_by_a_number_only(agreement: Definition) -> None:
    (sla,) = [policy for policy in agreement.policies if policy.key == "permission.sla_working_days"]

    assert [sla.allows(value) for value in (15, "15", True, (15,))] == [True, False, False, False]


@pytest.mark.parametrize(
    ("duty", "clause", "kind", "anchor", "first", "every", "basis"),
    [
        ("field-offices-told", "V.1", "once", "concluded", "P30D", None, "policy"),
        ("contact-points-designated", "V.2-2", "once", "concluded", "P30D", None, "policy"),
        ("contact-points-confirmed", "V.2-2", "every", "effective", "P0D", "P3M", "policy"),
        ("acknowledgement-consultation", "VI.4-2", "every", "concluded", "P3M", "P1Y", "policy"),
        ("workplan-global", "IV.5-2", "once", "concluded", "P6M", None, "text"),
        ("meeting-global", "IV.6-4", "window", "effective", "P0D", "P1Y", "text"),
        ("review-meeting", "V.3-1", "every", "effective", "P0D", "P6M", "policy"),
        ("general-review", "V.3-2", "window", "entry_into_force", "P12M", "P24M", "text"),
        ("exchange-prompt", "IV.1", "every", "effective", "P0D", None, "policy"),
        ("annual-reports", "IV.2-1", "every", "effective", "P0D", "P1Y", "policy"),
        ("term-end", "VII.1-1", "once", "term_end", "P0D", None, "text"),
        ("renewal-notice", "VII.1-4", "notice", "effective", "P0D", None, "text"),
    ],
)
def test_each_duty_follows_its_rule(
    agreement: Definition,
    duty: str,
    clause: str,
    kind: str,
    anchor: str,
    first: str,
    every: str | None,
    basis: str,
) -> None:
    found = agreement.duty(duty)

    rule = (found.clause, found.kind, found.anchor, found.first, found.every, found.basis)

    assert rule == (clause, kind, anchor, first, every, basis)


def test_no_duty_goes_untested(agreement: Definition) -> None:
    assert len(agreement.duties) == 12


def test_information_is_exchanged_channel_by_channel(agreement: Definition) -> None:
    prompt = agreement.duty("exchange-prompt")

    assert prompt.per is Scope.CHANNEL
    assert prompt.levels == {"global": "P3M", "regional": "P1M", "country": "P1M"}


def test_the_renewal_ladder_ends_in_twelve_weekly_reminders(agreement: Definition) -> None:
    steps = agreement.duty("renewal-notice").steps

    assert steps[:8] == ("P36M", "P24M", "P18M", "P12M", "P9M", "P6M", "P4M", "P3M")
    assert steps[8:20] == tuple(f"P{7 * week}D" for week in range(12, 0, -1))
    assert steps[20:] == ("P0D",)


def test_the_general_review_is_proposed_on_the_day_its_window_opens(agreement: Definition) -> None:
    assert agreement.duty("general-review").scheduled == "P0D"
    assert [duty.id for duty in agreement.duties if duty.kind is DutyKind.WINDOW] == [
        "meeting-global",
        "general-review",
    ]


def test_a_notice_runs_from_receipt_because_the_policy_says_so(agreement: Definition) -> None:
    assert agreement.term.notice_runs_from is RunsFrom.UNSPECIFIED
    assert agreement.notice_runs_from() is RunsFrom.RECEIPT


def test_what_survives_by_its_own_words_is_three_clauses(agreement: Definition) -> None:
    explicit = [clause.id for clause in agreement.clauses if clause.survival is Survival.EXPLICIT]

    assert explicit == ["IV.2-3", "VII.2", "IX.1(d)"]


def test_what_may_not_be_done_without_approval_must_be_written(agreement: Definition) -> None:
    forbidden = [clause for clause in agreement.clauses if Mode.FORBIDDEN in clause.modes]

    assert [clause.id for clause in forbidden] == ["VI.1", "VI.3", "IX.2-2"]
    assert {clause.written for clause in forbidden} == {Written.EXPLICIT}


def test_views_may_be_exchanged_and_updates_should_be(agreement: Definition) -> None:
    assert agreement.clause("IV.6-1").modes == (Mode.PERMISSION, Mode.SOFT)


def test_every_command_that_serves_a_clause_exists(agreement: Definition) -> None:
    for clause in agreement.clauses:
        for command in clause.serves:
            word, _, verb = command.removeprefix("/").partition(" ")

            assert verb in COMMANDS[word], (clause.id, command)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("vi.1", ["VI.1"]),
        ("IX.1(d)", ["IX.1(d)"]),
        ("IV.4", ["IV.4-1", "IV.4-2"]),
        ("X", ["X.1", "X.2"]),
        ("III.1", ["III.1"]),
        ("XI", []),
    ],
)
def test_a_clause_is_found_as_people_write_it(agreement: Definition, asked: str, found: list[str]) -> None:
    assert [clause.id for clause in agreement.find_clauses(asked)] == found


def test_every_article_has_a_title_and_every_clause_an_article(agreement: Definition) -> None:
    assert {clause.article for clause in agreement.clauses} == set(agreement.articles)


def test_descriptions_are_short_enough_to_be_read_in_slack(agreement: Definition) -> None:
    assert max(len(clause.title) for clause in agreement.clauses) <= 60
    assert max(len(clause.summary) for clause in agreement.clauses) <= 300
