import pytest

from tools.pipeline.graph import make_source


@pytest.fixture
def photo_node():
    """A photo as tools are built on it."""
    return make_source("digest", 100, 100)
