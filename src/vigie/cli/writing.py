"""Where a command writes: standard output, or a file that is there only when it is complete."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO


@contextlib.contextmanager
def writing(output: Path | None, *, as_terminal: bool) -> Iterator[IO[str]]:
    """Standard output, as UTF-8 but for a terminal, which is given what it can show; or a file, as UTF-8, that appears
    under its name only when it is complete. Raises OSError where the file cannot be written."""
    if output is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            encoding = sys.stdout.encoding if as_terminal else "utf-8"
            sys.stdout.reconfigure(encoding=encoding, errors="replace", newline="\n")
        yield sys.stdout
        return
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="\n", dir=output.parent, prefix=f".{output.name}.", delete=False
    ) as stream:
        try:
            yield stream
            stream.flush()
            os.chmod(stream.name, 0o666 & ~_umask())
            os.replace(stream.name, output)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(stream.name)
            raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
