"""VII.3 through the door: an amendment takes both signatures and a file, and from its day the dates are its own."""

from datetime import date

from bot.agreement.amendments import AmendmentStatus
from tests.clauses.amending import LIAISON, deeds, row, sealed
from tests.office import Office, words_of


def test_vii_3_an_amendment_that_both_signed_moves_the_last_safe_day_by_a_month(office: Office) -> None:
    sealed(office)
    print(words_of(office.channel(LIAISON)))
    print("=====direct")
    print(words_of(office.direct("Helena Costa")))
    print("=====direct lucia")
    print(words_of(office.direct("Lucía Romero")))
    assert row(office).status is AmendmentStatus.SIGNED
    office.tick()
    print(words_of(office.channel(LIAISON)[-1:]))
    print(office.command("Mei Chen", "/agreement clause VII.1-2"))
    print(office.command("Mei Chen", "/agreement status"))
    print(office.command("Mei Chen", "/instrument list"))
    print(office.command("Mei Chen", "/instrument amendment"))
    print(deeds(office))
    assert row(office).status is AmendmentStatus.IN_FORCE
    assert 0
