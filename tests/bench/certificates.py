"""A certificate for this machine alone, made for one run by the openssl command."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.slack import tls


def made(folder: Path) -> tuple[Path, Path] | None:
    """The certificate and its key; None where there is no openssl command."""
    openssl = shutil.which("openssl")
    if openssl is None:
        return None
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    names = ("-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost")
    files = ("-keyout", str(key), "-out", str(certificate))
    command = (openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names, *files)
    subprocess.run(command, check=True, capture_output=True)
    return certificate, key


@contextmanager
def trusted(certificate: Path) -> Iterator[None]:
    """While this lasts, the product's one TLS context trusts the certificate, as an operator would let it."""
    before = os.environ.get("SSL_CERT_FILE")
    os.environ["SSL_CERT_FILE"] = str(certificate)
    tls.cache_clear()
    try:
        yield
    finally:
        os.environ.pop("SSL_CERT_FILE")
        if before:
            os.environ["SSL_CERT_FILE"] = before
        tls.cache_clear()
