"""The file that KUBECONFIG names: where the embedded API server is, and how to be let in."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

from trimtab.local.atomic import write_text

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.local.kubernetes.credentials import Credentials

CONTEXT = "trimtab-local"
_OWNER_ONLY = 0o600


def write_kubeconfig(path: Path, port: int, credentials: Credentials) -> None:
    """Replace the file; it holds what it names, so that it can be copied."""
    authority = base64.b64encode(credentials.certificate.read_bytes()).decode()
    server = {"server": f"https://127.0.0.1:{port}", "certificate-authority-data": authority}
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": CONTEXT, "cluster": server}],
        "users": [{"name": CONTEXT, "user": {"token": credentials.token}}],
        "contexts": [{"name": CONTEXT, "context": {"cluster": CONTEXT, "user": CONTEXT, "namespace": "default"}}],
        "current-context": CONTEXT,
    }
    # Every YAML reader reads JSON.
    write_text(path, json.dumps(config, indent=2) + "\n", _OWNER_ONLY)
