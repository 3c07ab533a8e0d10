"""V.3-2: the dossier of the present window is opened months before the day proposed for the review."""

from bot.agreement.catching_up import Importance, Matter
from bot.agreement.channels import all_channels
from bot.agreement.definition import NotDefined
from bot.agreement.desk import Desk
from bot.agreement.review_windows import NoReviewWindow, is_met, schedule, window_on
from bot.agreement.reviews import open_review, review_of


def due(desk: Desk) -> list[Matter]:
    """The dossier to be opened, if its day has come, nobody has opened it and no review is on record."""
    try:
        window = window_on(desk.definition, desk.today)
    except (NoReviewWindow, NotDefined):
        # Other agreements may ask for no general review, or for none any more.
        return []
    if desk.today < window.opens or review_of(desk, window) or is_met(desk, window):
        return []
    opens_on = schedule(desk, window).opens_on
    if desk.today < opens_on or not all_channels(desk.session):
        return []
    return [Matter(Importance.CASE, opens_on, "general review", open_review, {})]
