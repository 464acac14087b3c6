"""The words of the desk: takes them out of its code and templates and brings the catalogues up to date.

    python tools/catalogues.py            # bring locale/*/LC_MESSAGES/desk.po up to date; says what is to be translated
    python tools/catalogues.py --check    # change nothing; exit code 1 where something is missing, fuzzy or left over

A catalogue is sorted by its messages and says neither when nor where, so that two people who add pages rarely meet.
"""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

DESK = Path(__file__).resolve().parents[1] / "src" / "vigie" / "desk"
_METHODS = [("templates/**.html", "jinja2.ext:babel_extract"), ("**.py", "python")]
_OPTIONS = {"templates/**.html": {"silent": "false", "trimmed": "false"}}
_KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "texts": (1, 2),
}
_HEADER = "# Words of the desk. `python tools/catalogues.py` brings this file up to date; translations are by hand."


def extracted(desk: Path = DESK) -> Catalog:
    """All messages of the code and the templates under `desk`."""
    catalogue = Catalog(project="vigie", fuzzy=False)
    for _, _, message, comments, context in extract_from_dir(
        str(desk), method_map=_METHODS, options_map=_OPTIONS, keywords=_KEYWORDS
    ):
        catalogue.add(message, auto_comments=comments, context=context)
    return catalogue


def files(desk: Path = DESK) -> list[Path]:
    """The catalogues that are kept."""
    return sorted(desk.glob("locale/*/LC_MESSAGES/desk.po"))


def faults(file: Path, words: Catalog) -> list[str]:
    """What is wrong with a catalogue: messages missing, without translation, fuzzy, or no longer used."""
    kept = _read(file)
    found = []
    for message in words:
        if not message.id:
            continue
        here = kept.get(message.id, message.context)
        if here is None:
            found.append(f"missing: {message.id!r}")
        elif here.fuzzy:
            found.append(f"fuzzy: {message.id!r}")
        elif not (all(here.string) if isinstance(here.string, tuple) else here.string):
            found.append(f"not translated: {message.id!r}")
        found.extend(f"{error}: {message.id!r}" for error in (here.check() if here is not None else ()))
    found.extend(f"no longer used: {m.id!r}" for m in kept if m.id and words.get(m.id, m.context) is None)
    return found


def brought_up_to_date(file: Path, words: Catalog) -> str:
    """The catalogue with the messages that there are now, in the words it had for them."""
    old = _read(file)
    new = Catalog(locale=old.locale, project="vigie", fuzzy=False, header_comment=_HEADER)
    for message in words:
        if message.id:
            kept = old.get(message.id, message.context)
            new.add(message.id, kept.string if kept is not None else None, context=message.context)
    out = io.BytesIO()
    write_po(out, new, no_location=True, sort_output=True, width=120, omit_header=True)
    head = "\n".join(
        (
            _HEADER,
            'msgid ""',
            'msgstr ""',
            f'"Language: {old.locale}\\n"',
            '"Content-Type: text/plain; charset=utf-8\\n"',
            f'"Plural-Forms: {old.plural_forms}\\n"',
        )
    )
    return f"{head}\n\n{out.getvalue().decode().strip()}\n"


def _read(file: Path) -> Catalog:
    with file.open("rb") as stream:
        return read_po(stream, locale=file.parents[1].name, domain="desk")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing")
    check = parser.parse_args().check
    words, wrong = extracted(), 0
    for file in files():
        if not check:
            file.write_text(brought_up_to_date(file, words), "utf-8")
        for fault in faults(file, words):
            wrong += 1
            print(f"{file.parents[1].name}: {fault}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
