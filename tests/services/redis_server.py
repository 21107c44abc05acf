"""A real Redis as ElastiCache runs it: TLS only, and a password."""

from __future__ import annotations

import datetime as dt
import shutil
import socket
import ssl
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.services.processes import free_port, service

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOST = "localhost"
PONG = b"+PONG"


@dataclass(frozen=True)
class RunningRedis:
    """A Redis that runs.

    Attributes:
        port: where it listens, with TLS.
        authority: certificate that its own is signed with; it signs itself.
    """

    port: int
    authority: Path
    password: str

    def ask(self, *words: str) -> bytes:
        """Send one command after the password; return the raw answer."""
        context = ssl.create_default_context(cafile=str(self.authority))
        with (
            socket.create_connection((HOST, self.port), timeout=5) as plain,
            context.wrap_socket(plain, server_hostname=HOST) as tls,
        ):
            tls.sendall(_encoded("AUTH", self.password) + _encoded(*words))
            answer = b""
            while answer.count(b"\r\n") < 2:
                answer += tls.recv(4096)
            return answer.split(b"\r\n", 1)[1]


@contextmanager
def redis_server(folder: Path, password: str) -> Iterator[RunningRedis]:
    """Run Redis; the test is skipped where its Debian package is not installed."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed: apt-get install redis-server")
    certificate, key = _certificate(folder)
    running = RunningRedis(free_port(), certificate, password)
    command = [program, "--port", "0", "--tls-port", str(running.port), "--bind", "127.0.0.1", "::1"]
    command += ["--tls-cert-file", str(certificate), "--tls-key-file", str(key), "--tls-auth-clients", "no"]
    command += ["--requirepass", password, "--save", "", "--appendonly", "no", "--dir", str(folder)]

    def ready() -> bool:
        try:
            return running.ask("PING").startswith(PONG)
        except OSError:
            return False

    with service("redis", command, log=folder / "redis.log", env={}, ready=ready):
        yield running


def _encoded(*words: str) -> bytes:
    parts = [f"*{len(words)}", *(line for word in words for line in (f"${len(word)}", word))]
    return "".join(f"{part}\r\n" for part in parts).encode()


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(minutes=5))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "redis.crt", folder / "redis.key"
    files[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return files
