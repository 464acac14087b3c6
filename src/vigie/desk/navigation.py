"""The pages in the order in which they stand at the head of every page. Those that the app has are shown."""

from __future__ import annotations

from dataclasses import dataclass

from vigie.desk.languages import N_
from vigie.desk.permissions import Permission


@dataclass(frozen=True, slots=True)
class Entry:
    """One page in the navigation: its path, the English name (translated in the template), who sees it, and the keys
    that lead there."""

    path: str
    name: str
    permission: Permission
    keys: str


def entries() -> tuple[Entry, ...]:
    """All pages, whether there yet or not."""
    return (
        Entry("/incidents", N_("Incidents"), Permission.READ, "g i"),
        Entry("/review", N_("Review"), Permission.CODE, "g r"),
        Entry("/sources", N_("Sources"), Permission.READ, "g s"),
        Entry("/tallies", N_("Tallies"), Permission.READ, "g t"),
        Entry("/reports", N_("Reports"), Permission.READ, "g p"),
        Entry("/code", N_("Code a text"), Permission.CODE, "g c"),
        Entry("/gold", N_("Gold"), Permission.CODE, "g o"),
        Entry("/users", N_("Users"), Permission.MANAGE, "g u"),
    )
