"""What the tests of delivery may ask for."""

import pytest

from tests.office import Office


@pytest.fixture
def quiet(office: Office) -> Office:
    """An office in which everything from moving in has been said."""
    office.deliver()
    return office
