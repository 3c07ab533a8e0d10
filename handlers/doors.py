"""The map of the house: every command, button and form, and the door that opens for it."""

from collections.abc import Mapping

from handlers import agreement, emblems, exchanges, home, menu, reviews, settlements
from handlers.calls import Call, Door, Reply
from handlers.vocabulary import WORDS

COMMANDS: Mapping[str, Mapping[str, Door]] = {
    "/agreement": {
        "": menu.short_menu,
        "status": agreement.status,
        "due": agreement.due,
        "clause": agreement.clause,
        "report": reviews.report,
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
    "reviews.report": reviews.report,
    "reviews.open": reviews.open_dossier,
    "reviews.contribute": reviews.open_choice,
    "reviews.contributor": reviews.open_contributor,
    "reviews.day": reviews.open_day,
    "reviews.agree": reviews.agree_day,
    "reviews.held": reviews.open_held,
    "reviews.sign": reviews.open_sign,
    "reviews.dossier": reviews.send_dossier,
    "settlements.open": settlements.open_settlement,
    "settlements.agree": settlements.agree_to_waiver,
    "settlements.list": settlements.listing,
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
    "reviews.choose": reviews.choose,
    "reviews.write": reviews.write,
    "reviews.contributor": reviews.name_contributor,
    "reviews.day": reviews.propose_day,
    "reviews.held": reviews.record_held,
    "reviews.sign": reviews.sign,
    "settlements.settle": settlements.submit_settlement,
}


def unknown_command(command: str, word: str) -> Door:
    """The door for a word the command does not know: it says so and lists those it does."""

    def door(_: Call) -> Reply:
        return menu.unknown_word(command, word, WORDS.get(command, ()))

    return door


open_home = home.open_home
