"""The clauses on workplans, each as somebody would check that it is kept."""

from datetime import date

from sqlmodel import select

from bot.agreement.activities import Activity
from bot.agreement.ledger import Occurrence, OccurrenceStatus, Reminder
from bot.agreement.workplans import WorkplanStatus
from tests.handlers.pressing import modal_words, press_told
from tests.office import Office, words_of
from tests.planning import KENYA, LIAISON, add, adopt, close_all, in_force, item, plans, propose


def duty(office: Office) -> Occurrence:
    with office.reading() as desk:
        return desk.session.exec(select(Occurrence).where(Occurrence.duty == "workplan-global")).one()


def card(office: Office, channel: str = LIAISON) -> str:
    return words_of(office.channel(channel)[:1])


def test_iv_5_1_one_workplan_each_for_the_global_the_regional_and_the_country_level(office: Office) -> None:
    for place in ("Global", "Africa (region)", "Kenya (country)"):
        add(office, place=place)
        close_all(office, "Amina Diallo")

    assert [plan.scope for plan in plans(office)] == ["", "Africa", "KE"]
    said = office.command("Helena Costa", "/workplan show")
    for line in ("*Global* · version 1", "*Africa* · version 1", "*Kenya* · version 1"):
        assert line in said


def test_iv_5_2_the_global_workplan_adopted_by_both_settles_its_date_and_is_late_for_ever(
    office: Office,
) -> None:
    add(office)
    close_all(office, "Amina Diallo")
    assert "was due on Friday 23 April 2021, before this record was kept" in card(office)
    propose(office)
    adopt(office, "Amina Diallo")
    assert duty(office).status is OccurrenceStatus.UNKNOWN
    adopt(office, "Helena Costa")

    settled = duty(office)
    assert (settled.status, settled.met_on) == (OccurrenceStatus.MET, office.today)
    assert settled.evidence == f"SHA-256 {plans(office)[0].sha256}"
    add(office, subject="Later")
    for said in (card(office), office.command("Helena Costa", "/workplan show global")):
        assert "late by 2,040 days (IV.5-2)" in said
        assert "breach" not in said


def test_iv_5_2_the_dates_of_the_ledger_are_not_said_twice(office: Office) -> None:
    with office.reading() as desk:
        before = len(desk.session.exec(select(Reminder)).all())

    add(office)

    with office.reading() as desk:
        assert len(desk.session.exec(select(Reminder)).all()) == before


def test_iv_5_2_a_second_version_meets_nothing_more(office: Office) -> None:
    in_force(office)
    first = duty(office)
    add(office, subject="More")
    close_all(office, "Amina Diallo")
    propose(office)
    adopt(office, "Amina Diallo")
    adopt(office, "Helena Costa")

    assert plans(office)[1].status is WorkplanStatus.IN_FORCE
    assert duty(office).evidence == first.evidence


def test_iv_5_2_what_both_parties_waived_is_called_neither_late_nor_met(office: Office) -> None:
    from bot.agreement import settlements

    for name in ("Amina Diallo", "Helena Costa"):
        office.act(name, settlements.waive, occurrence_id=duty(office).key, note="Agreed")

    add(office)

    said = office.command("Helena Costa", "/workplan show global")
    assert "Friday 23 April 2021, waived by both parties (IV.5-2)" in said
    assert "late by" not in said


def test_iv_5_3_an_item_of_a_country_follows_a_global_one_and_the_others_are_listed(office: Office) -> None:
    add(office)
    close_all(office, "Amina Diallo")
    add(office, "Grace Wanjiru", KENYA, subject="Pilot", maps_to="2026/1 Study of recruitment costs")
    close_all(office, "Grace Wanjiru")
    assert "every item follows an item of the global workplan" in card(office, KENYA)
    add(office, "Grace Wanjiru", KENYA, subject="Alone")
    close_all(office, "Grace Wanjiru")

    assert "stands behind 2026/3 “Alone”" in card(office, KENYA)
    assert "2026/1 “Study of recruitment costs”" in office.command("Omar Haddad", "/workplan show 2026/2")
    office.command("Omar Haddad", "/workplan update 2026/3")
    office.submit("Omar Haddad", {"maps_to": "2026/1 Study of recruitment costs"})
    office.deliver()
    assert "every item follows an item of the global workplan" in card(office, KENYA)

    office.command("Omar Haddad", "/workplan show 2026/1")
    press_told(office, "Omar Haddad", "workplans.drop")
    office.deliver()
    assert "stands behind 2026/2 “Pilot”, 2026/3 “Alone”" in card(office, KENYA)


def test_iv_5_3_an_item_that_follows_none_does_not_keep_the_workplan_from_being_adopted(
    office: Office,
) -> None:
    add(office, "Grace Wanjiru", KENYA)
    propose(office, "Grace Wanjiru", "KE")

    adopt(office, "Grace Wanjiru", KENYA)
    adopt(office, "Samuel Otieno", KENYA)

    assert plans(office)[0].status is WorkplanStatus.IN_FORCE


def test_iv_5_4_how_far_constituents_are_named_is_shown_and_blocks_nothing(office: Office) -> None:
    add(office)
    office.submit("Amina Diallo", {"constituents": ["governments", "member_states"], "funding": "not_said"})
    close_all(office, "Amina Diallo")
    add(office, subject="Without")
    close_all(office, "Amina Diallo")

    assert "named for 1 of 2 (governments 1, member States 1). Without: 2026/2." in card(office)
    propose(office)
    assert plans(office)[0].status is WorkplanStatus.PROPOSED


def test_iv_5_5_both_parties_replace_a_workplan_and_see_what_differs(office: Office) -> None:
    in_force(office, priority="c")
    add(office, subject="Added")
    close_all(office, "Amina Diallo")
    add(office, subject="Kept")
    close_all(office, "Amina Diallo")
    office.command("Helena Costa", "/workplan update 2026/1")
    office.submit("Helena Costa", {"priority": "Skills", "means": ["1", "4"], "lead_party": "both"})

    said = office.command("Helena Costa", "/workplan compare")
    assert "• 2026/2 Added" in said
    assert "– priority: Fair recruitment → Skills" in said
    assert "– means of action: (empty) → Knowledge and communication, Partnerships" in said
    assert "– lead party: ILO → Both parties together" in said
    propose(office, "Helena Costa")
    adopt(office, "Helena Costa")
    assert [plan.status for plan in plans(office)] == [WorkplanStatus.IN_FORCE, WorkplanStatus.ADOPTED_BY_ONE]
    adopt(office, "Amina Diallo")

    assert [plan.status for plan in plans(office)] == [WorkplanStatus.REPLACED, WorkplanStatus.IN_FORCE]
    assert "It replaces version 1 (IV.5-5)." in words_of(office.channel(LIAISON))
    office.command("Helena Costa", "/workplan show 2026/3")
    press_told(office, "Helena Costa", "workplans.drop")
    assert "*Removed*\n• 2026/3 Kept" in office.command("Helena Costa", "/workplan compare global 2 3")
    assert "*Added*\n• 2026/2 Added" in office.command("Helena Costa", "/workplan compare 1 3")
    assert "• 2026/3 Kept" in office.click("Helena Costa", "workplans.compare", str(plans(office)[1].key))


def test_i_2_each_new_item_is_taken_in_to_be_compared_with_similar_ones(office: Office) -> None:
    add(office)
    close_all(office, "Amina Diallo")
    add(office, "Grace Wanjiru", KENYA, subject="Pilot")

    with office.reading() as desk:
        rows = desk.session.exec(select(Activity).order_by(Activity.subject)).all()
        found = [(row.subject, row.clause, row.number, row.scope, row.party) for row in rows]
    assert found == [("item:1", "IV.5-2", "2026/1", "", "ilo"), ("item:2", "IV.5-3", "2026/2", "KE", "iom")]


def test_i_3_items_name_the_country_or_region_in_which_the_parties_work_together(office: Office) -> None:
    add(office)
    office.submit("Amina Diallo", {"country": "TH", "funding": "not_said"})
    office.deliver()
    close_all(office, "Amina Diallo")
    add(office, "Grace Wanjiru", KENYA)

    assert "1 item, in Thailand (1)" in office.command("Helena Costa", "/workplan show")
    assert "*Countries* (I.3): Thailand 1" in card(office)
    assert "*Place:* Kenya" in office.command("Helena Costa", "/workplan show 2026/2")


def test_ii_items_bear_tags_for_goals_and_approach_and_their_history_is_kept(office: Office) -> None:
    add(office)
    assert "who takes part in the whole (II)" in str(office.modal("Amina Diallo"))
    office.submit("Amina Diallo", {"tags": ["SDG 8.8", "GCM 23", "whole_of_government"]})
    office.deliver()
    close_all(office, "Amina Diallo")

    said = office.command("Helena Costa", "/workplan show 2026/1")
    assert "*Tags* (II): GCM 23 (International cooperation and partnerships), SDG 8.8" in said
    assert "whole of government" in said
    assert "changed by Amina Diallo (ILO): tags" in said


def test_iii_1_everything_depends_on_money_and_its_lack_is_a_lawful_reason(office: Office) -> None:
    in_force(office)
    office.command("Amina Diallo", "/workplan show 2026/1")
    press_told(office, "Amina Diallo", "workplans.not_funded")
    assert "that is a lawful reason" in modal_words(office, "Amina Diallo")
    office.submit("Amina Diallo", {"note": "The donor withdrew."})
    office.deliver()

    assert "1 not done for lack of resources" in card(office)
    assert "1 not funded. That they are missing is a lawful reason." in card(office)
    assert plans(office)[0].status is WorkplanStatus.IN_FORCE
    assert item(office).funding_reason == "The donor withdrew."


def test_iii_1_a_an_item_may_strengthen_international_cooperation(office: Office) -> None:
    add(office, area="A-COOP")
    office.submit("Amina Diallo", {"themes": ["ratification"], "funding": "not_said"})
    office.deliver()

    said = office.command("Helena Costa", "/workplan show 2026/1")
    assert "*Area:* International cooperation, Ratification and application of UN and ILO" in said


def test_iii_1_b_themes_without_a_joint_strategy_are_named(office: Office) -> None:
    add(office)
    assert "(III.1(b)): Research, Data, Knowledge, Capacity building." in card(office)

    office.submit("Amina Diallo", {"themes": ["research", "capacity"], "funding": "not_said"})
    office.deliver()

    assert "*Themes without a strategy* (III.1(b)): Data, Knowledge." in card(office)
    assert "themes without a strategy (III.1(b)): Data, Knowledge" in office.command(
        "Helena Costa", "/workplan show"
    )


def test_iii_1_c_an_item_may_serve_policy_coherence(office: Office) -> None:
    add(office, area="A-COHER")

    assert "*Area:* Policy coherence" in office.command("Helena Costa", "/workplan show 2026/1")


def test_iv_5_5_a_comparison_says_in_words_what_is_kept_as_codes(office: Office) -> None:
    in_force(office)
    office.command("Helena Costa", "/workplan show 2026/1")
    press_told(office, "Helena Costa", "workplans.more")
    rest = {
        "themes": ["data"],
        "constituents": ["workers"],
        "tags": ["whole_of_society", "SDG 8.8"],
        "funding": "not_said",
    }
    office.submit("Helena Costa", rest)
    office.command("Helena Costa", "/workplan update 2026/1")
    office.submit("Helena Costa", {"area": "A-COHER", "due_on": date(2027, 3, 1)})

    said = office.command("Helena Costa", "/workplan compare")
    for line in (
        "– area of cooperation: Joint strategies → Policy coherence",
        "– themes: (empty) → Data",
        "– constituents: (empty) → workers' organizations",
        "– tags: (empty) → SDG 8.8, whole of society",
        "– due date: (empty) → Monday 1 March 2027",
    ):
        assert line in said


def test_iv_5_5_versions_that_say_the_same_are_said_to(office: Office) -> None:
    in_force(office)
    add(office, subject="More")
    close_all(office, "Amina Diallo")
    office.command("Helena Costa", "/workplan show 2026/2")
    press_told(office, "Helena Costa", "workplans.drop")

    assert "Both versions say the same." in office.command("Helena Costa", "/workplan compare")
