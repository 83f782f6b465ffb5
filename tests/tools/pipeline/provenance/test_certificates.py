from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography import x509

from tools.pipeline.provenance import certificates


def test_a_development_certificate_is_made_once(folder):
    first = certificates.development(folder)
    assert certificates.development(folder) == first
    assert [place.name for place in folder.iterdir()] == ["development"]


def test_all_who_ask_at_once_get_the_same(folder):
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: certificates.development(folder).chain, range(8)))
    assert len(set(found)) == 1
    assert [place.name for place in folder.iterdir()] == ["development"]


def test_nobody_else_may_read_the_key(folder):
    certificates.development(folder)
    assert (folder / "development" / "key.pem").stat().st_mode & 0o777 == 0o600


def test_a_key_is_never_shown(folder):
    assert "PRIVATE" not in repr(certificates.development(folder))


def test_the_certificate_holds_for_years_from_the_day_it_was_made(folder, yesterday):
    made = certificates.development(folder, now=yesterday)
    own = x509.load_pem_x509_certificate(made.chain.encode())
    assert own.not_valid_before_utc < yesterday
    assert (own.not_valid_after_utc - yesterday).days >= 3650


def test_the_operators_own_is_taken(folder):
    certificates.development(folder)
    place = folder / "development"
    found = certificates.operators(place / "chain.pem", place / "key.pem")
    assert found == certificates.development(folder)


@pytest.mark.parametrize(
    ("chain", "key"), [("none.pem", "key.pem"), ("key.pem", "key.pem"), ("chain.pem", "chain.pem")]
)
def test_files_that_are_not_what_they_should_be_are_refused(folder, chain, key):
    certificates.development(folder)
    place = folder / "development"
    with pytest.raises(certificates.CertificateError):
        certificates.operators(place / chain, place / key)


def test_a_key_of_another_certificate_is_refused(tmp_path):
    for name in ("a", "b"):
        certificates.development(tmp_path / name)
    with pytest.raises(certificates.CertificateError, match="does not belong"):
        certificates.operators(
            tmp_path / "a/development/chain.pem", tmp_path / "b/development/key.pem"
        )
