"""The vocabulary of the project as frozen values: no behaviour beyond algebra."""

from vigie.model.coded import (
    Actor,
    Claim,
    CodedReport,
    Codes,
    Development,
    Difference,
    DifferenceValue,
    GroupHarm,
    Incident,
    Link,
    Rejection,
    Source,
    Strength,
    Tally,
    Target,
    WeaponUse,
)
from vigie.model.dates import ReportedDate
from vigie.model.places import Place
from vigie.model.quantities import Quantity
from vigie.model.report import Report, WireIdentity
from vigie.model.spans import Span

__all__ = [
    "Actor",
    "Claim",
    "CodedReport",
    "Codes",
    "Development",
    "Difference",
    "DifferenceValue",
    "GroupHarm",
    "Incident",
    "Link",
    "Place",
    "Quantity",
    "Rejection",
    "Report",
    "ReportedDate",
    "Source",
    "Span",
    "Strength",
    "Tally",
    "Target",
    "WeaponUse",
    "WireIdentity",
]
