"""The words, buttons and forms of VII.1-2, each with its door."""

from collections.abc import Mapping

from handlers import notice_answers, notices
from handlers.calls import Door

WORDS: Mapping[str, Door] = {
    "notice": notices.open_notice,
    "receipt": notice_answers.receipt,
    "withdraw": notice_answers.withdrawals,
}
"""Of `/termination`."""
ACTIONS: Mapping[str, Door] = {
    "notices.open": notices.open_notice,
    "notices.revise": notices.open_revision,
    "notices.approve": notices.open_approval,
    "notices.drop": notices.open_drop,
    "notices.record_sent": notices.open_sending,
    "notices.prove": notices.open_proof,
    "notices.letter": notices.letter,
    "notices.effect": notices.effect,
    "notices.acknowledge": notice_answers.open_acknowledgement,
    "notices.receipt": notice_answers.receipt,
    "notices.state": notice_answers.open_statement,
    "notices.confirm_letter": notice_answers.open_confirmation,
    "notices.deny_letter": notice_answers.open_denial,
    "notices.retract_letter": notice_answers.open_retraction,
    "notices.withdrawals": notice_answers.withdrawals,
    "notices.withdraw": notice_answers.open_withdrawal,
    "notices.agree_withdrawal": notice_answers.open_agreement,
    "notices.drop_withdrawal": notice_answers.drop_withdrawal,
}
VIEWS: Mapping[str, Door] = {
    "notices.open": notices.submit_notice,
    "notices.revise": notices.submit_revision,
    "notices.approve": notices.submit_approval,
    "notices.drop": notices.submit_drop,
    "notices.record_sent": notices.submit_sending,
    "notices.prove": notices.submit_proof,
    "notices.acknowledge": notice_answers.submit_acknowledgement,
    "notices.state": notice_answers.submit_statement,
    "notices.confirm_letter": notice_answers.submit_confirmation,
    "notices.deny_letter": notice_answers.submit_denial,
    "notices.retract_letter": notice_answers.submit_retraction,
    "notices.withdraw": notice_answers.submit_withdrawal,
    "notices.agree_withdrawal": notice_answers.submit_agreement,
}
