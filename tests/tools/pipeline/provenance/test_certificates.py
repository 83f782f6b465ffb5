from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography import x509

from tools.pipeline.provenance import certificates


def test_a_development_certificate_is_made_once(folder):
    first = certificates.load_development_identity(folder)
    assert certificates.load_development_identity(folder) == first
    assert [place.name for place in folder.iterdir()] == ["development"]


def test_all_who_ask_at_once_get_the_same(folder):
    with ThreadPoolExecutor(8) as pool:
        found = list(
            pool.map(lambda _: certificates.load_development_identity(folder).chain, range(8))
        )
    assert len(set(found)) == 1
    assert [place.name for place in folder.iterdir()] == ["development"]


def test_nobody_else_may_read_the_key(folder):
    certificates.load_development_identity(folder)
    assert (folder / "development" / "key.pem").stat().st_mode & 0o777 == 0o600


def test_a_key_is_never_shown(folder):
    assert "PRIVATE" not in repr(certificates.load_development_identity(folder))


def test_the_certificate_holds_for_years_from_the_day_it_was_made(folder, yesterday):
    made = certificates.load_development_identity(folder, now=yesterday)
    own = x509.load_pem_x509_certificate(made.chain.encode())
    assert own.not_valid_before_utc < yesterday
    assert (own.not_valid_after_utc - yesterday).days >= 3650


def test_the_operators_own_is_taken(folder):
    certificates.load_development_identity(folder)
    place = folder / "development"
    found = certificates.load_operator_identity(place / "chain.pem", place / "key.pem")
    assert found == certificates.load_development_identity(folder)


@pytest.mark.parametrize(
    ("chain", "key"), [("none.pem", "key.pem"), ("key.pem", "key.pem"), ("chain.pem", "chain.pem")]
)
def test_files_that_are_not_what_they_should_be_are_refused(folder, chain, key):
    certificates.load_development_identity(folder)
    place = folder / "development"
    with pytest.raises(certificates.CertificateError):
        certificates.load_operator_identity(place / chain, place / key)


def test_a_key_of_another_certificate_is_refused(tmp_path):
    for name in ("a", "b"):
        certificates.load_development_identity(tmp_path / name)
    with pytest.raises(certificates.CertificateError, match="does not belong"):
        certificates.load_operator_identity(
            tmp_path / "a/development/chain.pem", tmp_path / "b/development/key.pem"
        )
