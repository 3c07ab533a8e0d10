"""What changes something around an exchange (IV.1, IV.6): replies, matters, projects and consultations."""

from collections.abc import Callable
from typing import Any

from tests.clauses import test_iv_1_matters as matters
from tests.clauses import test_iv_6_1_projects as projects
from tests.clauses import test_iv_6_2_consultations as consultations
from tests.clauses.exchanging import KENYA, UPDATE, share
from tests.clauses.test_iv_1_replies import WORDS
from tests.inbound.sending import Act, Body, after, filled, pressed
from tests.office import Office


def reply_form(office: Office) -> Body:
    share(office)
    office.click("Helena Costa", "replies.open")
    return filled(office, "Helena Costa", {"text": WORDS})


def matter_form(office: Office) -> Body:
    office.command("Mei Chen", "/exchange matter")
    return filled(office, "Mei Chen", matters.MATTER)


def on_matter(button: str, values: dict[str, Any]) -> Callable[[Office], Body]:
    """A form that a button under a matter opens; the matter was told to its own party in person."""

    def ready(office: Office) -> Body:
        matters.note(office)
        office.click("Amina Diallo", button, where="direct")
        return filled(office, "Amina Diallo", values)

    return ready


def project_form(office: Office) -> Body:
    office.command("Samuel Otieno", "/exchange project add", channel=KENYA)
    return filled(office, "Samuel Otieno", projects.PROJECT)


def like_another(office: Office) -> Body:
    """The second project of the same place, area and time, about which both parties are asked (I.2)."""
    projects.add(office, "Grace Wanjiru")
    return project_form(office)


def on_project(button: str, values: dict[str, Any]) -> Callable[[Office], Body]:
    """A form that a button of a project's card opens."""

    def ready(office: Office) -> Body:
        projects.add(office)
        office.click("Grace Wanjiru", button, where=KENYA)
        return filled(office, "Grace Wanjiru", values)

    return ready


def no_change(office: Office) -> Body:
    projects.add(office)
    return pressed(office, "iom", "Grace Wanjiru", "projects.no_change", 1)


def nothing_to_report(office: Office) -> Body:
    """The same, when the clock has asked for a line."""
    projects.add(office)
    office.pass_to(projects.ASKED_ON)
    return pressed(office, "ilo", "Samuel Otieno", "projects.no_change", 1)


def consultation_form(office: Office) -> Body:
    office.command("Amina Diallo", "/exchange consult")
    return filled(office, "Amina Diallo", consultations.ASKED)


def ready_form(office: Office) -> Body:
    consultations.consult(office)
    office.click("Helena Costa", "consultations.ready")
    return filled(office, "Helena Costa", {"wished_on": "2026-12-10", "wish": "In Geneva."})


def closing_form(office: Office) -> Body:
    consultations.consult(office)
    consultations.ready(office, "Helena Costa")
    office.click("Helena Costa", "consultations.close")
    return filled(office, "Helena Costa", {"minutes": "We agreed on two corridors."})


WITHHELD = {"reason": "confidential", "note": "Under an arrangement."}
RESPONSIBLE = {"responsible": "Linh Tran"}
ACTS = [
    Act("iom", "replies.add", reply_form, anew=True),
    Act("ilo", "matters.note", matter_form, anew=True),
    Act("ilo", "exchanges.share", on_matter("matters.share", UPDATE)),
    Act(
        "ilo",
        "matters.withhold",
        on_matter("matters.withhold", WITHHELD),
        silent="Why a matter is not shared stays on the party's own record; whoever decided reads it there.",
    ),
    Act("ilo", "projects.add", project_form, anew=True),
    Act("ilo", "projects.add", like_another, anew=True),
    Act(
        "iom",
        "projects.line",
        on_project("projects.line", {"line": "The first workshop was held."}),
        anew=True,
    ),
    Act("iom", "projects.no_change", no_change),
    Act("ilo", "projects.no_change", nothing_to_report),
    Act("iom", "projects.responsible", on_project("projects.responsible", RESPONSIBLE), anew=True),
    Act("iom", "projects.close", on_project("projects.close", {"outcome": "It has met its aim."})),
    Act("ilo", "consultations.open", consultation_form, anew=True),
    Act("iom", "consultations.ready", ready_form),
    Act("iom", "consultations.close", closing_form),
]
SHOWING = [
    after(share, "iom", "replies.open", "Helena Costa"),
    after(matters.note, "ilo", "matters.note", "Mei Chen", "new"),
    after(matters.note, "ilo", "matters.list", "Amina Diallo", "all"),
    after(matters.note, "ilo", "matters.share", "Amina Diallo"),
    after(matters.note, "ilo", "matters.withhold", "Amina Diallo"),
    after(projects.add, "iom", "projects.list", "Grace Wanjiru", ""),
    after(projects.add, "iom", "projects.add", "Grace Wanjiru", "new"),
    after(projects.add, "iom", "projects.show", "Grace Wanjiru"),
    after(projects.add, "iom", "projects.line", "Grace Wanjiru"),
    after(projects.add, "iom", "projects.responsible", "Grace Wanjiru"),
    after(projects.add, "iom", "projects.close", "Grace Wanjiru"),
    after(consultations.consult, "ilo", "consultations.open", "Amina Diallo", "new"),
    after(consultations.consult, "iom", "consultations.ready", "Helena Costa"),
    after(consultations.consult, "iom", "consultations.close", "Helena Costa"),
]
READING = {act.door for act in SHOWING}
