"""The buttons and forms of costs (VI.2, IX.1(c)) and of acknowledgement (VI.4), each with its door."""

from collections.abc import Mapping

from handlers import costs, formulas
from handlers.calls import Door

ACTIONS: Mapping[str, Door] = {
    "formulas.show": formulas.show,
    "formulas.propose": formulas.open_proposal,
    "formulas.agree": formulas.open_agreement,
    "formulas.decline": formulas.open_refusal,
    "formulas.withdraw": formulas.withdraw,
    "formulas.keep": formulas.keep,
    "costs.list": costs.listing,
    "costs.show": costs.show,
    "costs.enter": costs.open_entry,
    "costs.confirm": costs.open_confirmation,
    "costs.decline": costs.open_refusal,
    "costs.withdraw": costs.withdraw,
    "costs.end": costs.open_ending,
    "costs.drop_end": costs.drop_end,
    "costs.confirm_end": costs.open_end_confirmation,
}
VIEWS: Mapping[str, Door] = {
    "formulas.propose": formulas.submit_proposal,
    "formulas.agree": formulas.submit_agreement,
    "formulas.decline": formulas.submit_refusal,
    "costs.enter": costs.submit_entry,
    "costs.confirm": costs.submit_confirmation,
    "costs.decline": costs.submit_refusal,
    "costs.end": costs.submit_ending,
    "costs.confirm_end": costs.submit_end_confirmation,
}
