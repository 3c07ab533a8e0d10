"""V.3-2: the dossier of the present window is opened months before the day proposed for the review."""

from bot.agreement.catching_up import Importance, Matter
from bot.agreement.channels import channels_at_hand
from bot.agreement.definition import NotDefined
from bot.agreement.desk import Desk
from bot.agreement.review_windows import NoReviewWindow, is_met, opening_day, window_on
from bot.agreement.reviews import open_review, review_of


def due(desk: Desk) -> list[Matter]:
    """The dossier to be opened, if its day has come, nobody has opened it and no review is on record."""
    try:
        window = window_on(desk.definition, desk.today)
        opens_on = opening_day(desk, window)
    except (NoReviewWindow, NotDefined):
        # Other agreements may ask for no general review, or for none any more.
        return []
    if desk.today < max(opens_on, window.opens) or review_of(desk, window) or is_met(desk, window):
        return []
    if not channels_at_hand(desk.session):
        return []
    return [Matter(Importance.REST, opens_on, "general review", open_review, {})]
