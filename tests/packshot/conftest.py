import pytest


@pytest.fixture
def text(client):
    """What stands at an address."""

    def text(path, **headers):
        return client.get(path, headers=headers).content.decode()

    return text
