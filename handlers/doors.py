"""The map of the house: every command, button and form, and the door that opens for it."""

from collections.abc import Mapping

from handlers import agreement, emblems, exchanges, home, instruments, invitations, menu, settlements
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
    "/instrument": {
        "": menu.short_menu,
        "list": instruments.listing,
        "add": instruments.open_add,
        "show": instruments.show,
        "help": instruments.help,
    },
    "/meeting": {
        "": menu.short_menu,
        "announce": invitations.open_announcement,
        "invitations": invitations.listing,
        "invitation": invitations.show,
        "help": invitations.help,
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
    "instruments.add": instruments.open_add,
    "instruments.list": instruments.listing,
    "instruments.show": instruments.show,
    "instruments.correct": instruments.open_correction,
    "instruments.sign": instruments.open_signature,
    "instruments.file": instruments.open_file,
    "instruments.withdraw": instruments.open_withdrawal,
    "instruments.confirm": instruments.open_confirmation,
    "instruments.end": instruments.open_ending,
    "instruments.confirm_ending": instruments.open_ending_confirmation,
    "instruments.drop_ending": instruments.drop_ending,
    "invitations.announce": invitations.open_announcement,
    "invitations.list": invitations.listing,
    "invitations.show": invitations.show,
    "invitations.interest": invitations.open_interest,
    "invitations.no_interest": invitations.open_no_interest,
    "invitations.reconsider": invitations.open_reconsidering,
    "invitations.issue": invitations.open_issue,
    "invitations.accept": invitations.open_acceptance,
    "invitations.tentative": invitations.open_tentative,
    "invitations.decline": invitations.open_refusal,
    "invitations.postpone": invitations.open_postponement,
    "invitations.cancel": invitations.open_cancellation,
    "invitations.attendance": invitations.open_attendance,
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
    "instruments.add": instruments.submit_add,
    "instruments.correct": instruments.submit_correction,
    "instruments.sign": instruments.submit_signature,
    "instruments.file": instruments.submit_file,
    "instruments.withdraw": instruments.submit_withdrawal,
    "instruments.confirm": instruments.submit_confirmation,
    "instruments.end": instruments.submit_ending,
    "instruments.confirm_ending": instruments.submit_ending_confirmation,
    "invitations.announce": invitations.submit_announcement,
    "invitations.interest": invitations.submit_interest,
    "invitations.no_interest": invitations.submit_no_interest,
    "invitations.reconsider": invitations.submit_reconsidering,
    "invitations.issue": invitations.submit_issue,
    "invitations.accept": invitations.submit_acceptance,
    "invitations.tentative": invitations.submit_tentative,
    "invitations.decline": invitations.submit_refusal,
    "invitations.postpone": invitations.submit_postponement,
    "invitations.cancel": invitations.submit_cancellation,
    "invitations.attendance": invitations.submit_attendance,
    "settlements.settle": settlements.submit_settlement,
}


def unknown_command(command: str, word: str) -> Door:
    """The door for a word the command does not know: it says so and lists those it does."""

    def door(_: Call) -> Reply:
        return menu.unknown_word(command, word, WORDS.get(command, ()))

    return door


open_home = home.open_home
