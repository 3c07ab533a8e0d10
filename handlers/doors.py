"""The map of the house: every command, button and form, and the door that opens for it."""

from collections.abc import Mapping

from handlers import (
    agreement,
    communications,
    emblems,
    event_notes,
    exchanges,
    funding,
    home,
    menu,
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
    "/communication": {
        "": menu.short_menu,
        "draft": communications.open_draft,
        "list": communications.listing,
        "show": communications.show,
        "event": event_notes.open_note,
        "funding": funding.listing,
        "help": communications.help,
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
    "communications.draft": communications.open_draft,
    "communications.revise": communications.open_revision,
    "communications.list": communications.listing,
    "communications.show": communications.show,
    "communications.read": communications.read,
    "communications.clear": communications.clear,
    "communications.send_back": communications.open_comments,
    "communications.approvals": communications.open_approvals,
    "communications.release": communications.release,
    "communications.postpone": communications.open_postponement,
    "communications.withdraw": communications.open_withdrawal,
    "communications.publish": communications.open_publication,
    "event_notes.note": event_notes.open_note,
    "event_notes.confirm": event_notes.confirm,
    "event_notes.list": event_notes.listing,
    "event_notes.show": event_notes.show,
    "funding.list": funding.listing,
    "funding.log": funding.open_log,
    "funding.show": funding.show,
    "funding.change": funding.open_change,
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
    "communications.draft": communications.submit_draft,
    "communications.revision": communications.submit_revision,
    "communications.comments": communications.submit_comments,
    "communications.approvals": communications.submit_approvals,
    "communications.postponement": communications.submit_postponement,
    "communications.withdrawal": communications.submit_withdrawal,
    "communications.publication": communications.submit_publication,
    "event_notes.note": event_notes.submit_note,
    "funding.log": funding.submit_log,
    "funding.change": funding.submit_change,
    "settlements.settle": settlements.submit_settlement,
}


def unknown_command(command: str, word: str) -> Door:
    """The door for a word the command does not know: it says so and lists those it does."""

    def door(_: Call) -> Reply:
        return menu.unknown_word(command, word, WORDS.get(command, ()))

    return door


open_home = home.open_home
