"""The map of the house: every command, button and form, and the door that opens for it."""

from collections.abc import Mapping

from bot.agreement.workplan_items import Progress
from handlers import (
    agreement,
    emblems,
    exchanges,
    home,
    menu,
    settlements,
    workplan_files,
    workplan_items,
    workplans,
)
from handlers.calls import Call, Door, Reply
from handlers.vocabulary import WORDS

COMMANDS: Mapping[str, Mapping[str, Door]] = {
    "/agreement": {
        "": menu.short_menu,
        "status": agreement.status,
        "due": agreement.due,
        "clause": agreement.clause,
        "help": agreement.help,
    },
    "/exchange": {
        "": menu.short_menu,
        "share": exchanges.open_share,
        "list": exchanges.listing,
        "show": exchanges.show,
        "help": exchanges.help,
    },
    "/emblem": {
        "": menu.short_menu,
        "request": emblems.open_request,
        "list": emblems.listing,
        "show": emblems.show,
        "help": emblems.help,
    },
    "/workplan": {
        "": menu.short_menu,
        "show": workplans.show,
        "add": workplan_items.open_add,
        "update": workplan_items.open_update,
        "propose": workplans.propose,
        "adopt": workplans.open_adoption,
        "compare": workplans.compare,
        "import": workplan_files.open_import,
        "export": workplan_files.export,
        "help": workplans.help,
    },
}

ACTIONS: Mapping[str, Door] = {
    "agreement.status": agreement.status,
    "agreement.due": agreement.due,
    "agreement.clause": agreement.open_clause,
    "emblems.request": emblems.open_request,
    "emblems.list": emblems.listing,
    "emblems.show": emblems.show,
    "emblems.approve": emblems.approve,
    "emblems.approve_with_conditions": emblems.open_conditions,
    "emblems.ask_for_more": emblems.open_question,
    "emblems.refuse": emblems.open_refusal,
    "emblems.give_information": emblems.open_information,
    "exchanges.share": exchanges.open_share,
    "exchanges.nothing": exchanges.report_nothing,
    "exchanges.acknowledge": exchanges.acknowledge,
    "exchanges.list": exchanges.listing,
    "exchanges.show": exchanges.show,
    "settlements.open": settlements.open_settlement,
    "settlements.agree": settlements.agree_to_waiver,
    "settlements.list": settlements.listing,
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
    "menu.open": menu.open_menu,
}

VIEWS: Mapping[str, Door] = {
    "agreement.clause": agreement.submit_clause,
    "emblems.request": emblems.submit_request,
    "emblems.conditions": emblems.submit_conditions,
    "emblems.question": emblems.submit_question,
    "emblems.refusal": emblems.submit_refusal,
    "emblems.information": emblems.submit_information,
    "exchanges.share": exchanges.submit_share,
    "settlements.settle": settlements.submit_settlement,
    "workplans.add": workplan_items.submit_add,
    "workplans.update": workplan_items.submit_update,
    "workplans.more": workplan_items.submit_update,
    "workplans.report": workplan_items.submit_report,
    "workplans.import": workplan_files.submit_import,
}


def unknown_command(command: str, word: str) -> Door:
    """The door for a word the command does not know: it says so and lists those it does."""

    def door(_: Call) -> Reply:
        return menu.unknown_word(command, word, WORDS.get(command, ()))

    return door


open_home = home.open_home
