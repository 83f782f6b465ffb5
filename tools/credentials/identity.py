"""Signing identity: who signs what leaves this site, and by which certificates our own signatures are known."""

from pathlib import Path

from django.conf import settings

from tools.pipeline.provenance import certificates
from tools.pipeline.provenance.certificates import CertificateError, Identity


def load_identity() -> Identity:
    """The operator's own, or else this machine's development identity, made on first use.

    Read from disk each time, so that a renewed certificate needs no restart. Raises
    CertificateError where the operator's cannot be used: nothing is ever signed by another
    than was meant.
    """
    chain, key = settings.SIGNING_CHAIN, settings.SIGNING_KEY
    if not chain and not key:
        return certificates.load_development_identity(settings.SIGNING_DIR)
    if not chain or not key:
        raise CertificateError("PACKSHOT_SIGNING_CHAIN and PACKSHOT_SIGNING_KEY go together")
    return certificates.load_operator_identity(
        Path(chain), Path(key), algorithm=settings.SIGNING_ALGORITHM
    )


def anchors() -> str:
    """The certificates (PEM) by which our own signatures are known: also those from before the
    operator had a certificate.
    """
    own = load_identity().anchors
    before = settings.SIGNING_DIR / "development" / certificates.ROOT
    earlier = before.read_text("ascii") if before.is_file() else ""
    return own if earlier in own else own + earlier
