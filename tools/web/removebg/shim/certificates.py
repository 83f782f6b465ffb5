"""A certificate for one host, by an authority made for it: both end with the run that made them."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

ENDS_AFTER = timedelta(days=30)


def make_certificate(host: str, folder: Path) -> tuple[Path, ssl.SSLContext]:
    """The file of the authority, for a client to trust by its own setting, and what to serve with.

    The authority's key is written nowhere, so that nothing else can ever be signed with it.
    """
    authority_key, own_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Packshot shim, this run only")])
    authority = build(issuer, issuer, authority_key, authority_key, host="")
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    own = build(subject, issuer, own_key, authority_key, host=host)
    folder.mkdir(parents=True, exist_ok=True)
    trusted, chain = folder / "authority.pem", folder / "own.pem"
    trusted.write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    chain.touch(mode=0o600)
    chain.write_bytes(
        own_key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + own.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    # As there, since February 2024.
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(chain)
    chain.unlink()
    return trusted, context


def build(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    signer: ec.EllipticCurvePrivateKey,
    *,
    host: str,
) -> x509.Certificate:
    """The authority's own certificate, or with a host the one that it signs for that."""
    now = datetime.now(UTC)
    public = signer.public_key()
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not host,
        crl_sign=not host,
        encipher_only=False,
        decipher_only=False,
    )
    started = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + ENDS_AFTER)
        .add_extension(x509.BasicConstraints(ca=not host, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(public), critical=False)
    )
    if host:
        names = x509.SubjectAlternativeName([x509.DNSName(host)])
        server = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
        started = started.add_extension(names, critical=False).add_extension(server, critical=False)
    return started.sign(signer, hashes.SHA256())
