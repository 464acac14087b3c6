"""The files that pages need: style sheets, scripts, fonts, outlines. Each is served under the hash of all of them, so
that a browser keeps them for good and never mixes two versions."""

from __future__ import annotations

import hashlib
import mimetypes
from pathlib import Path

FOLDER = Path(__file__).with_name("static")
_TYPES = {".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".woff2": "font/woff2"}
_VENDOR = "vendor/leaflet/leaflet.js"


class Assets:
    """The files under a folder as they are when the desk starts."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder
        found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
        self._files = {path.relative_to(folder).as_posix(): path for path in sorted(found)}
        digest = hashlib.sha256()
        for name, path in self._files.items():
            digest.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
        self.version = digest.hexdigest()[:16]

    def url(self, name: str) -> str:
        """Where a file is served. Raises KeyError where there is none of that name (a slip in a template)."""
        if name not in self._files:
            raise KeyError(f"no file {name!r} under {self.folder.name}/")
        return f"/static/{self.version}/{name}"

    def has(self, name: str) -> bool:
        """Whether there is a file of that name."""
        return name in self._files

    def file(self, name: str) -> tuple[Path, str] | None:
        """A file and its media type; None for a name that is not one of ours, whatever is on the disk."""
        path = self._files.get(name)
        if path is None:
            return None
        return path, _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"

    @property
    def complete(self) -> bool:
        """Whether the front-end packages were copied in when the package was built (hatch_build.py)."""
        return self.has(_VENDOR)
