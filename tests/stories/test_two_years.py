"""Minutes of two agreement years, 23 October 2026 to 22 October 2028, as the two organisations lived them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.office import Office, Servers
from tests.stories import first_months, the_meeting, the_papers, the_record, the_review, the_workplan
from tests.stories.first_months import a_quarter_is_answered
from tests.stories.setting import two_houses


@pytest.fixture
def office(tmp_path: Path, servers: Servers) -> Iterator[Office]:
    """Both organisations and their offices in Geneva, Nairobi and Bangkok, on Friday 23 October 2026."""
    with two_houses(tmp_path, servers) as made:
        yield made.move_in()


def test_two_years_under_the_agreement(office: Office) -> None:
    the_seventh_agreement_year(office)
    the_eighth_agreement_year(office)
    the_record.everything_was_said_once(office)
    the_record.everything_was_said_on_a_working_day(office)
    the_record.the_journal_is_one_chain_under_the_clauses(office)
    the_record.something_happened_under_each_main_clause(office)


def the_seventh_agreement_year(office: Office) -> None:
    """23 October 2026 to 22 October 2027."""
    first_months.the_house_opens(office)
    first_months.the_field_offices_are_told(office)
    the_papers.a_supplementary_agreement_comes_into_force(office)
    first_months.kenya_begins_a_project(office)
    first_months.each_level_reads_its_digest(office)
    a_quarter_is_answered(office, date(2027, 1, 23), date(2027, 1, 8), "Study of recruitment costs")
    first_months.a_matter_is_shared_in_time(office)
    the_meeting.the_yearly_meeting_is_proposed_answered_and_moved(office)
    the_meeting.it_is_held_and_both_confirm_the_minutes(office)
    the_workplan.the_late_workplan_is_adopted(office)
    the_workplan.kenya_has_a_plan_of_its_own(office)
    a_quarter_is_answered(office, date(2027, 4, 23), date(2027, 4, 7), None)
    the_workplan.a_contact_point_leaves(office)
    the_review.its_dossier_opens_by_itself(office)
    the_workplan.her_successor_is_designated_and_takes_over(office)
    the_meeting.its_action_item_is_chased_and_done(office)
    the_papers.a_document_is_offered_and_acknowledged(office)
    the_papers.a_restricted_matter_is_read_by_those_named(office)
    the_papers.an_invitation_is_accepted(office)
    a_quarter_is_answered(office, date(2027, 7, 23), date(2027, 7, 8), "Corridor study, first findings")
    the_papers.a_press_release_waits_for_the_emblem(office)
    the_papers.it_is_released_when_its_embargo_lifts(office)
    the_workplan.items_go_well_or_lack_money(office)
    the_review.both_parties_contribute(office)
    the_review.a_day_is_agreed(office)
    the_papers.she_attends(office)
    the_meeting.offices_meet_in_the_field(office, date(2027, 9, 29), "Season 2027 in Kisumu")
    the_papers.a_joint_briefing_is_noted(office)
    a_quarter_is_answered(office, date(2027, 10, 23), date(2027, 10, 8))
    the_review.it_is_held_and_both_sign_one_version(office)


def the_eighth_agreement_year(office: Office) -> None:
    """23 October 2027 to 22 October 2028."""
    the_papers.a_lead_for_funds_is_kept_among_few(office)
    the_papers.the_parties_consult(office)
    the_papers.it_is_deleted_in_time(office)
    first_months.closed_days_bring_reminders_forward(office)
    a_quarter_is_answered(office, date(2028, 1, 23), date(2028, 1, 7))
    the_meeting.offices_meet_in_the_field(office, date(2028, 1, 26), "Plans for 2028")
    the_meeting.the_second_year_has_its_meeting_too(office)
    a_quarter_is_answered(office, date(2028, 4, 23), date(2028, 4, 7), "Lessons of the pilot in Kisumu")
    the_meeting.offices_meet_in_the_field(office, date(2028, 5, 10), "Season 2028 in Kisumu")
    a_quarter_is_answered(office, date(2028, 7, 23), date(2028, 7, 6))
    the_workplan.it_is_still_late_in_the_second_year(office)
    a_quarter_is_answered(office, date(2028, 10, 23), date(2028, 10, 9))
    office.pass_to(date(2028, 10, 22))
    the_meeting.the_field_is_heard_of_when_it_meets_seldom(office)
    the_review.the_next_dossier_is_not_open_yet(office)
