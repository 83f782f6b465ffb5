import pytest

from seo.desk.checks import gate


@pytest.fixture
def findings():
    """What the gate finds of a version, by the demand."""

    def findings(version):
        around = gate.Around.of(version.page.locale)
        return {one.id: one for one in gate.examine_version(version, around)}

    return findings


@pytest.fixture
def blocking(findings):
    """The demands that hold a version back."""

    def blocking(version):
        return {name for name, one in findings(version).items() if one.blocks}

    return blocking
