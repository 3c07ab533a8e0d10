"""The buttons and forms of VII.3, and the doors that open for them."""

from collections.abc import Mapping

from handlers import amendment_clauses, amendments
from handlers.calls import Door

ACTIONS: Mapping[str, Door] = {
    "amendments.start": amendments.open_start,
    "amendments.list": amendments.listing,
    "amendments.show": amendments.show,
    "amendments.add": amendments.open_add,
    "amendments.drop": amendments.open_drop,
    "amendments.correct": amendments.open_correction,
    "amendments.propose": amendments.open_proposal,
    "amendments.revise": amendments.open_revision,
    "amendments.withdraw": amendments.open_withdrawal,
    "amendments.agree": amendments.open_agreement,
    "amendments.decline": amendments.open_refusal,
    "amendments.sign": amendments.open_signature,
    "amendments.file": amendments.open_file,
    "amendments.confirm": amendments.open_confirmation,
    "amendments.moves": amendments.moves,
}

VIEWS: Mapping[str, Door] = {
    "amendments.start": amendments.submit_start,
    "amendments.clause": amendments.choose_clause,
    "amendments.part": amendments.choose_part,
    "amendments.change": amendments.submit_change,
    "amendments.kind": amendment_clauses.choose_kind,
    "amendments.new": amendment_clauses.submit_clause,
    "amendments.drop": amendments.submit_drop,
    "amendments.correct": amendments.submit_correction,
    "amendments.propose": amendments.submit_proposal,
    "amendments.revise": amendments.submit_revision,
    "amendments.withdraw": amendments.submit_withdrawal,
    "amendments.agree": amendments.submit_agreement,
    "amendments.decline": amendments.submit_refusal,
    "amendments.sign": amendments.submit_signature,
    "amendments.file": amendments.submit_file,
    "amendments.confirm": amendments.submit_confirmation,
}
