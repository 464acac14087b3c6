"""Rules that derive another record carry another version, so that stores are derived anew (`vigie migrate`)."""

from __future__ import annotations

import rules_version


def test_the_rules_derive_what_they_derived_under_their_version() -> None:
    found, kept = rules_version.found(), rules_version.kept()
    assert found["version"] == kept["version"], "the version was raised: run `python tools/rules_version.py`"
    assert found["reports"] == kept["reports"], "other reports are hashed: run `python tools/rules_version.py`"
    assert found["record"] == kept["record"], (
        "the same reports give another record: raise VERSION in vigie/store/usual_rules.py, say so in the changelog, "
        "then run `python tools/rules_version.py`"
    )
