"""VII.2: what would end and what would live on, on any day, and what does live on once it has ended."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import select

from bot.agreement.amending import Change, ChangedPart, Target, amended
from bot.agreement.definition_values import Survival
from bot.agreement.desk import Desk
from bot.agreement.emblem_endings import revoke
from bot.agreement.follow_ups import FollowUp
from bot.agreement.instruments import Instrument, InstrumentStatus
from bot.agreement.restricted import Restricted
from bot.agreement.survivors import POLICY, survivors
from bot.cards.endings import life
from bot.ending_papers import survivor_paper
from bot.paper_words import paper_words
from handlers import endings
from handlers.calls import Call, Tell
from tests.clauses import drafting
from tests.clauses.archiving import closing_letter
from tests.clauses.ending import LAST_DAY, PRIVATE_TO_ILO, after, ended, everything_open, give_notice
from tests.handlers import restricting, test_emblems, test_instruments
from tests.handlers.pressing import buttons, modal_words, press_told
from tests.office import DEFINITION, ZURICH, Office, words_of

DAY = "2027-05-05"
EVERYBODY = ["Amina Diallo", "Samuel Otieno", "Ravi Menon", "Helena Costa", "Linh Tran", "David Okafor"]


def living(office: Office, ends_on: date = LAST_DAY) -> dict[str, tuple[Survival, bool, date | None]]:
    with office.reading() as desk:
        return {row.clause: (row.basis, row.by_policy, row.until) for row in survivors(desk, ends_on)}


@pytest.mark.parametrize("name", EVERYBODY)
def test_vii_2_anybody_on_the_roster_of_either_party_may_look(office: Office, name: str) -> None:
    said = office.command(name, f"/termination status {DAY}")

    assert "If the ILO–IOM Agreement ended at the end of Wednesday 5 May 2027" in said
    assert "*It takes Wednesday 5 May 2027 as the last day.*" in said
    assert "nothing is given, sent or changed" in said


@pytest.mark.parametrize("name", ["Clara Novak", "Victor Lang"])
def test_vii_2_nobody_else_may(office: Office, name: str) -> None:
    reply = office.slack.command(office.id(name), "C0LIAISON", "/termination", f"status {DAY}")

    assert "What would live on" not in words_of(reply.said) + reply.text


def test_vii_2_without_a_day_it_takes_today_and_with_a_notice_the_last_day_on_record(office: Office) -> None:
    assert "ended at the end of Monday 23 November 2026" in office.command("Mei Chen", "/termination status")

    give_notice(office)
    said = office.command("Mei Chen", "/termination status")
    assert (
        "*A notice is on record:* the ILO–IOM Agreement is in force until the end of Friday 27 November"
        in said
    )
    assert "simulation" not in said


@pytest.mark.parametrize(
    "typed", ["22 January 2027", "2027-02-30", "2027-01-22T10:00:00Z", "tomorrow", "9999-12-31"]
)
def test_vii_2_what_is_no_day_is_refused_with_the_form_to_write_it_in(office: Office, typed: str) -> None:
    said = office.command("Mei Chen", f"/termination status {typed}")

    assert f"“{typed}” cannot be read as a day. Write the year, month and day, such as 2027-01-22." in said


def test_vii_2_a_day_that_has_passed_is_refused(office: Office) -> None:
    said = office.command("Mei Chen", "/termination status 2026-11-22")

    assert "Sunday 22 November 2026 has passed" in said
    assert "Give today, Monday 23 November 2026, or a later day" in said


def test_vii_2_another_day_is_chosen_by_a_button(office: Office) -> None:
    office.command("Helena Costa", "/termination status")
    press_told(office, "Helena Costa", "terminations.day")
    office.submit("Helena Costa", {"day": date(2027, 5, 5)})

    assert "*It takes Wednesday 5 May 2027 as the last day.*" in modal_words(office, "Helena Costa")


def test_vii_2_a_day_that_has_passed_stays_in_the_form_with_the_reason(office: Office) -> None:
    office.command("Helena Costa", "/termination status")
    press_told(office, "Helena Costa", "terminations.day")
    result = office.submit("Helena Costa", {"day": date(2026, 1, 5)})

    assert "has passed" in result.errors["day"]


def test_vii_2_what_is_open_is_named_routine_by_routine_with_its_clause(office: Office) -> None:
    everything_open(office)

    said = office.command("Amina Diallo", "/termination status")
    for part in (
        "*Updates not acknowledged: 1.* 2026/1 “",
        "(IV.1)",
        "*Requests for a name, an emblem or a link: 1.* 2026/1 “Study on fair recruitment",
        "*Meetings without joint minutes: 1.*",
        "*Joint communications not released: 1.*",
        "Global workplan, version 1 (IV.5-2)",
        "*Matters noted for one's own party: 1.*",
        "known to your party only",
    ):
        assert part in said
    assert all(title in said for title in PRIVATE_TO_ILO)


@pytest.mark.parametrize("name", ["Helena Costa", "Grace Wanjiru", "Nadia Petrova"])
def test_vii_2_what_is_private_to_one_party_is_not_in_the_other_ones_answer(
    office: Office, name: str
) -> None:
    everything_open(office)

    said = office.command(name, "/termination status")
    assert not any(title in said for title in PRIVATE_TO_ILO)
    assert "Matters noted" not in said
    assert "known to your party only" not in said


def test_vii_2_funding_leads_are_shown_to_those_who_keep_the_log(office: Office) -> None:
    everything_open(office)

    assert "Funding leads: 1" in office.command("Pierre Favre", "/termination status")
    assert "Funding leads" not in office.command("Mei Chen", "/termination status")


def test_vii_2_looking_changes_nothing(office: Office) -> None:
    everything_open(office)
    before = [len(office.channel("ilo-iom-liaison")), office.command("Mei Chen", "/agreement due")]
    office.command("Mei Chen", "/termination status")

    assert before == [len(office.channel("ilo-iom-liaison")), office.command("Mei Chen", "/agreement due")]


def test_vii_2_what_the_text_says_and_what_is_implied_are_told_apart(office: Office) -> None:
    found = living(office)

    explicit = {clause for clause, (basis, _, _) in found.items() if basis is Survival.EXPLICIT}
    assert explicit == {"IV.2-3", "VII.2", "IX.1(d)"}
    assert all(found[clause] == (Survival.EXPLICIT, False, None) for clause in explicit)
    assert next(iter(found)) in explicit


@pytest.mark.parametrize(
    ("ends_on", "until"),
    [
        (date(2026, 11, 27), date(2027, 11, 27)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2027, 2, 28), date(2028, 2, 28)),
    ],
)
def test_vii_2_what_is_only_implied_is_kept_for_a_year_as_a_working_rule(
    office: Office, ends_on: date, until: date
) -> None:
    found = living(office, ends_on)

    for clause in ("VI.1", "VI.3", "VIII", "IX.2-1", "IX.2-2", "IX.2-3", "IX.2-4"):
        assert found[clause] == (Survival.IMPLIED, True, until)


def test_vii_2_an_instrument_lives_on_with_its_own_days_and_reminders(office: Office) -> None:
    test_instruments.in_force(office)
    give_notice(office)
    after(office)

    said = office.command("Helena Costa", "/termination status")
    assert "2026/1 “Labour mobility in the Horn of Africa”, until Friday 31 December 2027" in said
    before = len(office.channel("ilo-iom-liaison"))
    office.clock.move_to(datetime(2027, 12, 1, 10, tzinfo=ZURICH))
    office.tick()
    assert "Labour mobility" in words_of(office.channel("ilo-iom-liaison")[before:])

    office.clock.move_to(datetime(2028, 1, 3, 10, tzinfo=ZURICH))
    office.tick()
    with office.reading() as desk:
        assert desk.session.exec(select(Instrument)).one().status is InstrumentStatus.ENDED
    assert "Labour mobility" not in office.command("Helena Costa", "/termination status")


def test_vii_2_an_instrument_may_be_entered_and_confirmed_after_the_end(office: Office) -> None:
    give_notice(office)
    after(office)

    assert test_instruments.add(office).ok


def test_vii_2_an_instrument_that_ends_before_the_agreement_does_not_outlive_it(office: Office) -> None:
    test_instruments.in_force(office)

    assert "Labour mobility" in office.command("Mei Chen", "/termination status 2027-12-30")
    assert "Labour mobility" not in office.command("Mei Chen", "/termination status 2027-12-31")


def test_iv_2_3_restricted_information_is_still_deleted_on_its_day(office: Office) -> None:
    restricting.protected(office)
    restricting.share(office)
    give_notice(office)
    after(office)
    with office.reading() as desk:
        kept = desk.session.exec(select(FollowUp).where(FollowUp.said_at == None)).all()  # noqa: E711
        assert {row.kind for row in kept} == {"restricted_purged"}

    office.clock.move_to(datetime(2027, 1, 18, 10, tzinfo=ZURICH))
    office.tick()
    with office.reading() as desk:
        row = desk.session.exec(select(Restricted)).one()
        assert (row.title, row.text, row.purged_at is not None) == ("", "", True)


def test_iv_2_3_the_day_of_deletion_is_shown_to_those_named_alone_and_never_the_title(office: Office) -> None:
    restricting.protected(office)
    restricting.share(office)

    for name in ("Mei Chen", "Grace Wanjiru"):
        said = office.command(name, "/termination status")
        assert "Restricted 2026/1 of ILO is deleted by this service on Friday 15 January 2027" in said
        assert restricting.TITLE not in said
    for name in ("Amina Diallo", "Omar Haddad"):
        assert "is deleted by this service" not in office.command(name, "/termination status")


def test_iv_2_3_arrangements_may_be_recorded_after_the_end(office: Office) -> None:
    give_notice(office)
    after(office)

    assert restricting.register(office).ok
    assert "Data protection arrangement of 2022" in office.command("Helena Costa", "/termination status")


def test_vi_1_an_approved_use_is_to_be_taken_down_when_its_period_is_over(office: Office) -> None:
    drafting.approved(office, use_until=date(2027, 6, 30))
    give_notice(office)
    after(office)

    said = office.command("Helena Costa", "/termination status")
    assert (
        "• ILO takes down what was approved as 2026/1, “The press release”, by the end of Wednesday 30 June"
        in said
    )
    assert "by the end of Wednesday 30 June 2027" in words_of(closing_letter(office, "Helena Costa"))


def test_vi_1_a_revoked_use_is_said_to_be_revoked_and_not_to_have_a_period(office: Office) -> None:
    drafting.approved(office, use_until=date(2027, 6, 30))
    effect = date(2026, 12, 1)
    office.act("Yuki Tanaka", revoke, request_id=1, reason="A new design.", effect_on=effect)

    said = office.command("Helena Costa", "/termination status")

    assert (
        "• ILO takes down what was approved as 2026/1, “The press release”: the approval was revoked, with effect "
        "from Tuesday 1 December 2026 (clause VI.1)" in said
    )
    assert "when its period is over" not in said


def test_vi_1_an_expired_use_is_said_to_be_covered_by_nothing_any_more(office: Office) -> None:
    drafting.approved(office, use_until=date(2026, 12, 31))
    office.pass_to(date(2027, 1, 4))

    said = office.command("Helena Costa", "/termination status")

    assert (
        "“The press release”: its period is over, and nothing covers it from Friday 1 January 2027 on" in said
    )


def test_vi_1_a_use_that_is_over_before_the_end_is_not_listed(office: Office) -> None:
    drafting.approved(office, use_until=date(2026, 12, 31))

    assert "takes down" in office.command("Mei Chen", "/termination status 2026-12-30")
    assert "takes down" not in office.command("Mei Chen", "/termination status 2026-12-31")


def test_vii_2_once_ended_the_answer_tells_what_was_closed(office: Office) -> None:
    ended(office)
    office.clock.move_to(office.clock.now() + timedelta(days=200))

    said = office.command("Amina Diallo", "/termination status")
    assert "*The ILO–IOM Agreement ended at the end of Friday 27 November 2026*" in said
    assert "*What was closed*" in said
    assert "*Updates not acknowledged: 1.*" in said
    assert "kept until Saturday 27 November 2027" in said
    assert not any(title in office.command("Helena Costa", "/termination status") for title in PRIVATE_TO_ILO)


def test_vii_2_the_answer_offers_what_lives_on(office: Office) -> None:
    office.command("Mei Chen", "/termination status")

    assert [action for action, _ in buttons(office.told("Mei Chen")[-1]["blocks"])] == [
        "terminations.day",
        "instruments.list",
        "arrangements.list",
        "emblems.list",
    ]


def test_vii_2_hostile_titles_stay_text(office: Office) -> None:
    test_emblems.ask(office, product="<!channel> *bold* & " + "x" * 100)
    give_notice(office)
    after(office)

    said = words_of([*office.channel("ilo-iom-liaison"), *office.direct("Helena Costa")])
    assert "<!channel>" not in said
    assert "“&lt;!channel&gt; *bold* &amp;…”" in office.command("Mei Chen", "/termination status")


def test_vii_2_what_is_private_does_not_pass_through_the_other_party_s_app(office: Office) -> None:
    everything_open(office)
    through_own, through_other = (asked(office, party, "Amina Diallo") for party in ("ilo", "iom"))

    assert all(title in through_own for title in PRIVATE_TO_ILO)
    assert not any(title in through_other for title in PRIVATE_TO_ILO)
    assert "Funding leads" not in through_other


def asked(office: Office, party: str, name: str) -> str:
    """What somebody is told who asks through the app of `party`, as by a button in a shared channel."""
    reply = endings.status(Call(office.house, party, office.who(name)))
    assert isinstance(reply, Tell)
    return words_of([{"text": reply.message.text, "blocks": reply.message.blocks}])


def under(desk: Desk, change: Change) -> Desk:
    """The same desk once an amendment has made this change."""
    return replace(desk, definition=amended(desk.definition, [change], date(2026, 11, 25)))


def test_vii_2_and_vii_3_a_clause_that_was_repealed_does_not_live_on(office: Office) -> None:
    change = Change("IX.2-3", Target(ChangedPart.REPEAL))
    with office.reading() as desk:
        before, after_it = (
            {row.clause for row in survivors(under(desk, change), day)}
            for day in (date(2026, 11, 24), LAST_DAY)
        )

    assert before - after_it == {"IX.2-3"}


def test_vii_2_and_vii_3_an_amended_clause_lives_on_in_the_words_of_the_amendment(office: Office) -> None:
    words = "An approved use follows what the owner & its board wrote."
    change = Change("IX.2-3", Target(ChangedPart.WORDS), title="Guidelines", summary=words)
    with office.reading() as desk:
        new = under(desk, change)
        (row,) = [each for each in survivors(new, LAST_DAY) if each.clause == "IX.2-3"]
        papers = [survivor_paper(new, LAST_DAY, said) for said in paper_words(DEFINITION)]

    assert life(row) == words.replace("&", "&amp;")
    for paper in papers:
        cells = [cell for part in paper.sections if part.table for line in part.table.rows for cell in line]
        assert cells.count(words) == 1


@pytest.mark.parametrize(("rule", "kept"), [("keep", {None}), ("end_with_agreement", set())])
def test_vii_2_the_parties_may_choose_another_rule_for_what_is_only_implied(
    office: Office, rule: str, kept: set[None]
) -> None:
    with office.reading() as desk:
        policies = [
            each.model_copy(update={"value": rule}) if each.key == POLICY else each
            for each in desk.definition.policies
        ]
        other = replace(desk, definition=desk.definition.model_copy(update={"policies": tuple(policies)}))
        found = {row.until for row in survivors(other, LAST_DAY) if row.by_policy}

    assert found == kept
