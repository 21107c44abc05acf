"""What lets a client of this machine, and nobody else, talk to the embedded API server."""

from __future__ import annotations

import ipaddress
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from trimtab.local.atomic import write_text

if TYPE_CHECKING:
    from pathlib import Path

_OWNER_ONLY = 0o600
_VALID = timedelta(days=3650)
_HOST = "127.0.0.1"


@dataclass(frozen=True)
class Credentials:
    """Files of one folder.

    Attributes:
        certificate: the server's, signed by itself; clients trust it alone.
        key: its private key.
        service_accounts: private key that signs service accounts' tokens.
        tokens: the server's list of tokens; it holds one, of an administrator.
    """

    certificate: Path
    key: Path
    service_accounts: Path
    tokens: Path

    @property
    def token(self) -> str:
        return self.tokens.read_text(encoding="utf-8").split(",")[0]


def credentials(folder: Path) -> Credentials:
    """Those of `folder`, made where they are missing."""
    files = Credentials(folder / "server.crt", folder / "server.key", folder / "accounts.key", folder / "tokens.csv")
    # The list of tokens is written last, so where it is the others are.
    if not files.tokens.exists():
        key = ec.generate_private_key(ec.SECP256R1())
        write_text(files.key, _private(key), _OWNER_ONLY)
        write_text(files.certificate, _self_signed(key))
        write_text(files.service_accounts, _private(ec.generate_private_key(ec.SECP256R1())), _OWNER_ONLY)
        write_text(files.tokens, f'{secrets.token_hex(32)},trimtab,trimtab,"system:masters"\n', _OWNER_ONLY)
    return files


def _private(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    ).decode()


def _self_signed(key: ec.EllipticCurvePrivateKey) -> str:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "trimtab embedded cluster")])
    now = datetime.now(UTC)
    names = [x509.IPAddress(ipaddress.ip_address(_HOST)), x509.DNSName("localhost")]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + _VALID)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    return certificate.public_bytes(serialization.Encoding.PEM).decode()
