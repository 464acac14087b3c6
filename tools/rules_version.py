"""Whether the rules of the record still give what they gave under their version.

Stores derive anew when `vigie.store.usual_rules.VERSION` is another: a change of the rules that leaves it as it is
would leave stores with a record that nothing derives any more. So what the rules make of fixed reports is kept as a
hash beside the version; `tests/store/test_rules_version.py` compares. Run this after raising VERSION, or after a change
of the reports that the hash is made of:

    python tools/rules_version.py
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path

import invented
import linked_corpora
import told_reports
from vigie.model import CodedReport
from vigie.model.contract import coded_report_json
from vigie.store.keeping import Arrival
from vigie.store.store import Store
from vigie.store.usual_rules import VERSION

KEPT = Path(__file__).resolve().parents[1] / "tests/store/rules_version.json"
EVENTS = 12


def found() -> dict[str, str]:
    """The version of the rules, a hash of the reports, and a hash of the record that is derived from them."""
    given = reports()
    with tempfile.TemporaryDirectory() as folder, Store.create(str(Path(folder) / "vigie.db")) as store:
        store.add([Arrival(coded, "fixed") for coded in given], "fixed/1")
        record = store.fingerprint()
    return {
        "version": VERSION,
        "reports": _hash([coded_report_json(coded) for coded in given]),
        "record": _hash(record),
    }


def reports() -> list[CodedReport]:
    """The sample stream as coded by hand, the small world of the tests, invented reports: no coder has a part in it."""
    return [*linked_corpora.stream_by_hand().coded, *told_reports.world(), *invented.reports(EVENTS)]


def kept() -> dict[str, str]:
    """What was found when this was last run."""
    found: dict[str, str] = json.loads(KEPT.read_text("utf-8"))
    return found


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


if __name__ == "__main__":
    KEPT.write_text(json.dumps(found(), indent=2) + "\n", "utf-8")
