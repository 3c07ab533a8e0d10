"""The buttons and forms of VIII, each with its door."""

from collections.abc import Mapping

from handlers import dispute_forms, disputes
from handlers.calls import Door

ACTIONS: Mapping[str, Door] = {
    "disputes.list": disputes.listing,
    "disputes.read": disputes.read,
    "disputes.raise": dispute_forms.open_raising,
    "disputes.change": dispute_forms.open_change,
    "disputes.send": disputes.send,
    "disputes.discard": disputes.discard,
    "disputes.name": dispute_forms.open_naming,
    "disputes.take_up": dispute_forms.open_taking_up,
    "disputes.step": dispute_forms.open_step,
    "disputes.refer": dispute_forms.open_referral,
    "disputes.withdraw": dispute_forms.open_withdrawal,
    "disputes.note": dispute_forms.open_note,
    "disputes.confirm": dispute_forms.open_confirmation,
    "disputes.give_back": dispute_forms.open_return,
}
VIEWS: Mapping[str, Door] = {
    "disputes.raise": dispute_forms.submit_raising,
    "disputes.change": dispute_forms.submit_change,
    "disputes.name": dispute_forms.submit_naming,
    "disputes.take_up": dispute_forms.submit_taking_up,
    "disputes.step": dispute_forms.submit_step,
    "disputes.refer": dispute_forms.submit_referral,
    "disputes.withdraw": dispute_forms.submit_withdrawal,
    "disputes.note": dispute_forms.submit_note,
    "disputes.confirm": dispute_forms.submit_confirmation,
    "disputes.give_back": dispute_forms.submit_return,
}
