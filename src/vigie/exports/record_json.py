"""One incident of the record as a JSON object, with everything it rests on."""

from __future__ import annotations

from typing import Any

from vigie.model.contract import plain
from vigie.record.decisions import to_json
from vigie.store.inquiry import Dossier

SCHEMA = "vigie/incident/1"


def incident_json(dossier: Dossier) -> dict[str, Any]:
    """The incident as `model.record.RecordIncident` has it; its reports without their texts, the families of copies
    with their verdicts, the decisions that bear on it."""
    reports = {id: {k: v for k, v in plain(report).items() if k != "text"} for id, report in dossier.reports.items()}
    return {
        "schema": SCHEMA,
        **plain(dossier.incident),
        "standing": dossier.standing,
        "reports": [reports[id] for id in dossier.incident.reports],
        "families": [plain(family) for family in dossier.families],
        "decisions": [to_json(decision) for decision in dossier.decisions],
    }
