"""Who signs: the operator, or this machine's own development certificate."""

import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tools.pipeline.errors import PipelineError

DEVELOPMENT = "Packshot development (not verified)"
CHAIN, ROOT, KEY = "chain.pem", "root.pem", "key.pem"
# A development certificate proves only that this machine signed; renewing it would prove no more.
VALID = timedelta(days=3650)


class CertificateError(PipelineError):
    """The operator's certificate or key cannot be used; the first argument says why."""

    id = "certificate"
    again = False


@dataclass(frozen=True, slots=True)
class Identity:
    """PEM texts. `chain` begins with the signer's own certificate; `anchors` are those by which
    `verify` knows our own signatures. `algorithm` is C2PA's name: es256, es384, ps256, ed25519 …
    """

    chain: str
    key: str = field(repr=False)
    anchors: str
    algorithm: str = "es256"


def load_operator_identity(
    chain: Path, key: Path, *, algorithm: str = "es256", anchors: Path | None = None
) -> Identity:
    """The operator's own. Without `anchors` the chain's last certificate is the anchor."""
    try:
        chain_pem, key_pem = chain.read_text("ascii"), key.read_text("ascii")
        certificates = x509.load_pem_x509_certificates(chain_pem.encode())
        private = serialization.load_pem_private_key(key_pem.encode(), password=None)
        anchor = anchors.read_text("ascii") if anchors else _pem(certificates[-1])
    except (OSError, ValueError, TypeError) as error:
        raise CertificateError(str(error)) from error
    if _public(private) != _public(certificates[0]):
        raise CertificateError("the key does not belong to the chain's first certificate")
    return Identity(chain=chain_pem, key=key_pem, anchors=anchor, algorithm=algorithm)


def load_development_identity(folder: Path, *, now: datetime | None = None) -> Identity:
    """This machine's own, made in `folder` on the first call and read from there afterwards.

    Several processes may call at once: one of them makes it and all get the same. Nobody else
    may read the key.
    """
    place = folder / "development"
    if not place.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=folder))
        _make(made, now or datetime.now(UTC))
        with suppress(OSError):  # somebody else was first: theirs is taken
            made.rename(place)
        shutil.rmtree(made, ignore_errors=True)
    return Identity(
        chain=(place / CHAIN).read_text("ascii"),
        key=(place / KEY).read_text("ascii"),
        anchors=(place / ROOT).read_text("ascii"),
    )


def _make(folder: Path, now: datetime) -> None:
    root_key, own_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root_name, own_name = _name("Packshot development root (not verified)"), _name(DEVELOPMENT)
    root = (
        _begun(root_name, root_name, root_key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(certificates=True), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    own = (
        _begun(own_name, root_name, own_key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(certificates=False), critical=True)
        # The use that C2PA's certificate profile takes for signing claims.
        .add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False
        )
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()),
            critical=False,
        )
        .sign(root_key, hashes.SHA256())
    )
    (folder / CHAIN).write_text(_pem(own) + _pem(root), "ascii")
    (folder / ROOT).write_text(_pem(root), "ascii")
    secret = own_key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    with os.fdopen(os.open(folder / KEY, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(secret)


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Packshot"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _begun(
    subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))  # clocks differ
        .not_valid_after(now + VALID)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(*, certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certificates,
        key_cert_sign=certificates,
        crl_sign=certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")


def _public(owner: object) -> bytes:
    public = owner.public_key()  # type: ignore[attr-defined]  # certificates and keys both have it
    return bytes(
        public.public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
