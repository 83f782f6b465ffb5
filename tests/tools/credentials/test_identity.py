import pytest

from tools.credentials import identity
from tools.pipeline.provenance.certificates import CertificateError


@pytest.fixture(autouse=True)
def own_signing(settings, tmp_path_factory):
    settings.SIGNING_DIR = tmp_path_factory.mktemp("signing")


def test_a_half_given_certificate_is_not_replaced_by_another(settings):
    settings.SIGNING_CHAIN = "chain.pem"
    with pytest.raises(CertificateError):
        identity.load_identity()


def test_a_machines_own_identity_is_made_once():
    first = identity.load_identity()
    assert identity.load_identity().anchors == first.anchors
    assert identity.anchors() == first.anchors


def test_what_was_signed_before_the_operator_had_a_certificate_stays_known(monkeypatch):
    before = identity.load_identity().anchors

    class Operators:
        anchors = "-----THE OPERATOR'S-----"

    monkeypatch.setattr(identity, "load_identity", Operators)
    assert identity.anchors() == Operators.anchors + before
