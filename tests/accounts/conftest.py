import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nobody_was_here():
    """The limits on letters to one address do not count the last test's."""
    cache.clear()
