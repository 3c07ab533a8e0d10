"""The map of the house: every command, button and form, and the door that opens for it."""

from collections.abc import Mapping

from handlers import (
    agreement,
    arrangements,
    documents,
    emblems,
    exchanges,
    home,
    menu,
    restricted,
    settlements,
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
        "documents": documents.listing,
        "restricted": restricted.open_share,
        "confidentiality": arrangements.listing,
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
}

ACTIONS: Mapping[str, Door] = {
    "agreement.status": agreement.status,
    "agreement.due": agreement.due,
    "agreement.clause": agreement.open_clause,
    "arrangements.list": arrangements.listing,
    "arrangements.record": arrangements.open_record,
    "arrangements.show": arrangements.show,
    "arrangements.confirm": arrangements.confirm,
    "documents.list": documents.listing,
    "documents.show": documents.show,
    "documents.offer": documents.open_offer,
    "documents.series": documents.open_series,
    "documents.acknowledge": documents.acknowledge,
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
    "restricted.share": restricted.open_share,
    "restricted.read": restricted.read,
    "restricted.acknowledge": restricted.acknowledge,
    "settlements.open": settlements.open_settlement,
    "settlements.agree": settlements.agree_to_waiver,
    "settlements.list": settlements.listing,
    "menu.open": menu.open_menu,
}

VIEWS: Mapping[str, Door] = {
    "agreement.clause": agreement.submit_clause,
    "arrangements.record": arrangements.submit_record,
    "documents.offer": documents.submit_offer,
    "documents.series": documents.submit_series,
    "emblems.request": emblems.submit_request,
    "emblems.conditions": emblems.submit_conditions,
    "emblems.question": emblems.submit_question,
    "emblems.refusal": emblems.submit_refusal,
    "emblems.information": emblems.submit_information,
    "exchanges.share": exchanges.submit_share,
    "restricted.share": restricted.submit_share,
    "settlements.settle": settlements.submit_settlement,
}


def unknown_command(command: str, word: str) -> Door:
    """The door for a word the command does not know: it says so and lists those it does."""

    def door(_: Call) -> Reply:
        return menu.unknown_word(command, word, WORDS.get(command, ()))

    return door


open_home = home.open_home
