"""An HTTP server on the cluster, with all that belongs to it."""

from __future__ import annotations

from trimtab.components.kube.web.containers import Container, from_secret, scratch
from trimtab.components.kube.web.external_secret import external_secret
from trimtab.components.kube.web.key_secret import key_secret
from trimtab.components.kube.web.reach import to_private
from trimtab.components.kube.web.server import Server, server_labels, web_server

__all__ = [
    "Container",
    "Server",
    "external_secret",
    "from_secret",
    "key_secret",
    "scratch",
    "server_labels",
    "to_private",
    "web_server",
]
