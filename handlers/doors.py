"""The map of the house: every command, button and form, and the door that opens for it."""

from collections.abc import Mapping

from handlers import (
    activities,
    agreement,
    consultations,
    contacts,
    designations,
    emblems,
    exchanges,
    home,
    matters,
    menu,
    offices,
    projects,
    replies,
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
        "activities": activities.listing,
        "help": agreement.help,
    },
    "/exchange": {
        "": menu.short_menu,
        "share": exchanges.open_share,
        "matter": matters.open_matter,
        "project": projects.listing,
        "consult": consultations.open_consultation,
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
    "/contacts": {
        "": menu.short_menu,
        "list": contacts.listing,
        "who": contacts.who,
        "designate": designations.open_designation,
        "office": offices.office,
        "handover": designations.open_handover,
        "help": contacts.help,
    },
}

ACTIONS: Mapping[str, Door] = {
    "activities.relate": activities.open_relation,
    "activities.consider": activities.open_consideration,
    "activities.show": activities.show,
    "activities.list": activities.listing,
    "agreement.status": agreement.status,
    "agreement.due": agreement.due,
    "agreement.clause": agreement.open_clause,
    "contacts.list": contacts.listing,
    "contacts.who": contacts.who,
    "contacts.topics": contacts.open_topics,
    "contacts.review": contacts.open_review,
    "contacts.designate": designations.open_designation,
    "contacts.end": designations.open_end,
    "contacts.handover": designations.open_handover,
    "distributions.tell": offices.open_tell,
    "distributions.acknowledge": offices.acknowledge,
    "distributions.record": offices.open_record,
    "offices.list": offices.listing,
    "offices.new": offices.open_new,
    "offices.edit": offices.open_edit,
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
    "consultations.open": consultations.open_consultation,
    "consultations.ready": consultations.open_ready,
    "consultations.close": consultations.open_closing,
    "matters.note": matters.open_matter,
    "matters.list": matters.listing,
    "matters.share": matters.open_share,
    "matters.withhold": matters.open_withholding,
    "projects.list": projects.listing,
    "projects.add": projects.open_project,
    "projects.show": projects.show,
    "projects.line": projects.open_line,
    "projects.no_change": projects.no_change,
    "projects.responsible": projects.open_responsible,
    "projects.close": projects.open_closing,
    "replies.open": replies.open_reply,
    "settlements.open": settlements.open_settlement,
    "settlements.agree": settlements.agree_to_waiver,
    "settlements.list": settlements.listing,
    "menu.open": menu.open_menu,
}

VIEWS: Mapping[str, Door] = {
    "activities.relate": activities.submit_relation,
    "activities.consider": activities.submit_consideration,
    "agreement.clause": agreement.submit_clause,
    "contacts.who": contacts.submit_who,
    "contacts.topics": contacts.submit_topics,
    "contacts.review": contacts.submit_review,
    "contacts.designate": designations.submit_designation,
    "contacts.end": designations.submit_end,
    "contacts.handover": designations.submit_handover,
    "distributions.tell": offices.submit_tell,
    "distributions.record": offices.submit_record,
    "offices.keep": offices.submit_office,
    "emblems.request": emblems.submit_request,
    "emblems.conditions": emblems.submit_conditions,
    "emblems.question": emblems.submit_question,
    "emblems.refusal": emblems.submit_refusal,
    "emblems.information": emblems.submit_information,
    "exchanges.share": exchanges.submit_share,
    "consultations.open": consultations.submit_consultation,
    "consultations.ready": consultations.submit_ready,
    "consultations.close": consultations.submit_closing,
    "matters.note": matters.submit_matter,
    "matters.withhold": matters.submit_withholding,
    "projects.add": projects.submit_project,
    "projects.line": projects.submit_line,
    "projects.responsible": projects.submit_responsible,
    "projects.close": projects.submit_closing,
    "replies.add": replies.submit_reply,
    "settlements.settle": settlements.submit_settlement,
}


def unknown_command(command: str, word: str) -> Door:
    """The door for a word the command does not know: it says so and lists those it does."""

    def door(_: Call) -> Reply:
        return menu.unknown_word(command, word, WORDS.get(command, ()))

    return door


open_home = home.open_home
