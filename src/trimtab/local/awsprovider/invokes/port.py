"""What a data source is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from trimtab.local.awsprovider.clients import Clients
from trimtab.local.awsprovider.values import Props

# (clients, region, arguments) -> result; raises botocore's errors as they come
Invoke: TypeAlias = Callable[[Clients, str, Props], Props]
