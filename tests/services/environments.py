"""Virtual environments of the services: what `requirements/services` locks, installed once and kept with the builds.

MLflow and Feast want other packages than the product does (Feast pandas 2), as they do on a cluster, where each has an
image of its own.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from trimtab.local.builds import Builds, Recipe
from trimtab.local.home import Home
from trimtab.local.progress import ConsoleProgress
from trimtab.spec.errors import WorldError

LOCKS = Path(__file__).parents[2] / "requirements" / "services"
NEEDS_BYTES = 2 * 2**30
EXPECTED_SECONDS = 60.0
SHOWN = 2000
"""Characters of a failed installation's output that are shown: its end."""


def service_python(name: str) -> Path:
    """Return the interpreter of the environment that `requirements/services/<name>.txt` locks.

    Another lock, or another Python, is another environment.

    Raises:
        WorldError: the packages could not be installed.
    """
    lock = LOCKS / f"{name}.txt"
    key = hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()[:16]
    builds = Builds(Home.from_environment().builds, progress=ConsoleProgress())
    recipe = Recipe(
        name=f"service-{name}",
        version=key,
        title=f"the environment of {name}",
        make=lambda folder: _install(folder, lock),
        needs_bytes=NEEDS_BYTES,
        expected_seconds=EXPECTED_SECONDS,
    )
    return builds.get(recipe) / "bin" / "python"


def _install(folder: Path, lock: Path) -> None:
    uv = [sys.executable, "-m", "uv", "--quiet"]
    # The folder is renamed when it is complete, so its scripts must not name it.
    _run([*uv, "venv", "--relocatable", "--allow-existing", "--python", sys.executable, str(folder)])
    python = str(folder / "bin" / "python")
    _run([*uv, "pip", "install", "--python", python, "--compile-bytecode", "--require-hashes", "-r", str(lock)])


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise WorldError(
            f"{' '.join(command[2:5])} left with {done.returncode}: {done.stderr[-SHOWN:]}",
            remedy="see that the package index can be reached, then run the tests again.",
        )
