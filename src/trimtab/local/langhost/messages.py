"""The SDK's protocol messages without the SDK around them.

Importing anything below `pulumi` runs `pulumi/__init__.py`, which loads the whole SDK: half a second that every engine
command would pay for a host that needs the messages alone. So this process gets `pulumi` and `pulumi.runtime` as bare
packages, which have the SDK's folders and none of its code. The program's own process loads the real ones.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

_BARE = {"pulumi": "", "pulumi.runtime": "runtime"}


def load_messages_only() -> None:
    """Make `pulumi.runtime.proto` importable without the SDK; to be called before anything imports `pulumi`.

    Raises:
        ImportError: the SDK is not installed for this Python.
    """
    found = find_spec("pulumi")
    if found is None or not found.submodule_search_locations:
        message = f"the Pulumi SDK is not installed for {sys.executable}; run `make setup`"
        raise ImportError(message)
    root = Path(found.submodule_search_locations[0])
    for name, folder in _BARE.items():
        package = ModuleType(name)
        package.__path__ = [str(root / folder)]
        sys.modules[name] = package
