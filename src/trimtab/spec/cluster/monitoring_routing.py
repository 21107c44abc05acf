"""Whom an alert reaches: the owner by mail, and the pipeline that retrains the model."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.secret import DnsName, SecretKey
from trimtab.spec.units import Minutes


class KeyOfSecret(SpecModel):
    """A key of a secret that stands in the component's namespace already."""

    secret: DnsName
    key: SecretKey


class Mail(SpecModel):
    """How mail leaves the cluster: over TLS, as a user whose password is a secret."""

    smarthost: Annotated[
        str,
        Field(pattern=r"^[A-Za-z0-9_.-]+:[0-9]{2,5}$", description="HOST:PORT of the mail server, email-smtp.…:587"),
    ]
    sender: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", description="An e-mail address.")]
    username: Annotated[str, Field(min_length=1, max_length=128)]
    password: KeyOfSecret


class Routing(SpecModel):
    """How alerts are told."""

    mail: Mail
    repeat_minutes: Minutes = 240
    """How long until an alert that still fires is told again."""
    group_wait_seconds: Annotated[int, Field(ge=1, le=600)] = 30
    """How long alerts of one model are collected before the first message."""
