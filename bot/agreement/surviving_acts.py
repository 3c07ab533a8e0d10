"""Which acts outlive the Agreement (VII.2)."""

from bot.agreement.rights import Act

SURVIVING: frozenset[Act] = frozenset(
    {
        Act.READ,
        Act.READ_RESTRICTED,
        Act.RECORD_ARRANGEMENT,
        Act.CONFIRM_ARRANGEMENT,
        Act.DESIGNATE,
        Act.CONFIRM_CONTACTS,
        Act.HAND_OVER,
        Act.SIGN_INSTRUMENT,
        Act.CONFIRM_INSTRUMENT,
        Act.ADD_INSTRUMENT,
        Act.SETTLE,
        Act.KEEP_INSTRUCTIONS,
        Act.REPORT_EMBLEM_USE,
        Act.REVOKE_EMBLEM,
        Act.TAKE_DOWN_EMBLEM,
        # Clause VIII is read to outlive the Agreement; how long disputes can still be raised is asked there.
        Act.RAISE_DISPUTE,
        Act.READ_DISPUTE,
        Act.NAME_IN_DISPUTE,
        Act.TAKE_UP_DISPUTE,
        Act.ADD_DISPUTE_STEP,
        Act.REFER_DISPUTE,
        Act.WITHDRAW_DISPUTE,
        Act.WRITE_SETTLEMENT,
        Act.CONFIRM_SETTLEMENT,
        # What was agreed on costs before the end may still be put on record by the other side.
        Act.CONFIRM_COST,
        Act.WITHDRAW_COST,
        Act.CLOSE_PROJECT,
        Act.KEEP_PROJECT_DATA,
        Act.DISPOSE_PROJECT_DATA,
        Act.ANSWER_STATEMENT,
        Act.HOLD_ARCHIVE,
    }
)
"""What may still be done once the Agreement has ended: what outlives it (IV.2-3, VII.2, IX.1(d)), the people it
needs, and putting on record what was done before. Everything else is refused, with the reason."""
