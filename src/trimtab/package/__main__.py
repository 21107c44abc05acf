"""What the engine runs: the provider of the package's components."""

from __future__ import annotations

import sys

from pulumi.provider import main

from trimtab.package.provider import Components

if __name__ == "__main__":
    main(Components(), sys.argv[1:])
