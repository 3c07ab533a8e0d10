"""The buttons and forms of IV.5, each with its door."""

from collections.abc import Mapping

from bot.agreement.workplan_items import Progress
from handlers import workplan_files, workplan_items, workplans
from handlers.calls import Door

ACTIONS: Mapping[str, Door] = {
    "workplans.show": workplans.show,
    "workplans.plan": workplans.show_plan,
    "workplans.items": workplans.show_items,
    "workplans.propose": workplans.propose,
    "workplans.adopt": workplans.adopt,
    "workplans.compare": workplans.compare,
    "workplans.import": workplan_files.open_import,
    "workplans.export": workplan_files.export,
    "workplans.add": workplan_items.open_add,
    "workplans.item": workplan_items.show,
    "workplans.update": workplan_items.open_update,
    "workplans.more": workplan_items.open_more,
    "workplans.drop": workplan_items.drop,
    "workplans.take_up": workplan_items.take_up,
    "workplans.on_track": workplan_items.report(Progress.ON_TRACK),
    "workplans.done": workplan_items.report(Progress.DONE),
    "workplans.delayed": workplan_items.report(Progress.DELAYED),
    "workplans.not_funded": workplan_items.open_not_funded,
    "workplans.note": workplan_items.open_report,
}
VIEWS: Mapping[str, Door] = {
    "workplans.add": workplan_items.submit_add,
    "workplans.update": workplan_items.submit_update,
    "workplans.more": workplan_items.submit_update,
    "workplans.report": workplan_items.submit_report,
    "workplans.import": workplan_files.submit_import,
}
