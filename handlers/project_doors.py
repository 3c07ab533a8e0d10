"""The buttons and forms of joint projects and their gates (IV.6-1, IX.1, IX.2-4), each with its door."""

from collections.abc import Mapping

from handlers import project_data, project_gates, projects
from handlers.calls import Door

ACTIONS: Mapping[str, Door] = {
    "projects.list": projects.listing,
    "projects.add": projects.open_project,
    "projects.show": projects.show,
    "projects.line": projects.open_line,
    "projects.no_change": projects.no_change,
    "projects.responsible": projects.open_responsible,
    "projects.close": projects.open_closing,
    "projects.become": project_gates.open_becoming,
    "projects.start": project_gates.start,
    "projects.begun": project_gates.begun,
    "projects.not_begun": project_gates.not_begun,
    "projects.agreement": project_gates.show("agreement"),
    "projects.items": project_gates.show("items"),
    "projects.ownership": project_gates.show("ownership"),
    "projects.data": project_gates.show("data"),
    "project_gates.propose": project_gates.open_answer,
    "project_gates.confirm": project_gates.open_confirmation,
    "project_gates.send_back": project_gates.open_sending_back,
    "project_gates.reopen": project_gates.open_reopening,
    "project_items.add": project_gates.open_item,
    "project_items.change": project_gates.open_change,
    "project_results.add": project_gates.open_result,
    "project_results.drop": project_gates.drop_result,
    "project_data.answer": project_data.open_answer,
    "project_data.enter": project_data.open_entry,
    "project_data.dispose": project_data.open_disposal,
}
VIEWS: Mapping[str, Door] = {
    "projects.add": projects.submit_project,
    "projects.line": projects.submit_line,
    "projects.responsible": projects.submit_responsible,
    "projects.close": projects.submit_closing,
    "projects.become": project_gates.submit_becoming,
    "project_gates.propose": project_gates.submit_answer,
    "project_gates.confirm": project_gates.submit_confirmation,
    "project_gates.send_back": project_gates.submit_sending_back,
    "project_gates.reopen": project_gates.submit_reopening,
    "project_items.add": project_gates.submit_item,
    "project_items.change": project_gates.submit_change,
    "project_results.add": project_gates.submit_result,
    "project_data.answer": project_data.submit_answer,
    "project_data.checklist": project_data.submit_checklist,
    "project_data.enter": project_data.submit_entry,
    "project_data.dispose": project_data.submit_disposal,
}
