"""What is told: from what a saved filter has told of incidents, and what these are now, to notices. Pure functions.

- `new`: the filter wants an incident that it has not told of.
- `changed`: one that it has told of (or that was there when it began) has another value in a field it looks at, or has
  become one with another.
- `withdrawn`: no report of it counts any more: its provider has taken it back, or a later version leaves it out.
- `left`: it is there, and the filter does not want it any more: another place, another type, parted from others.

An incident keeps its thread through other ids: the id of a record incident is that of its first report, and an earlier
report can come in later.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from vigie.language.folding import fold
from vigie.model.contract import plain
from vigie.model.record import RecordIncident
from vigie.record.field_values import FIELDS
from vigie.runs.watching.plan import SavedFilter
from vigie.store.asking import ReportLine
from vigie.store.watch_notices import Judged, Notice, NoticeKind, Seen, Told
from vigie.store.watch_times import stamp

WATCHED = (*FIELDS, "disputed", "independent")
"""What a filter can look at for changes: the fields of the record, whether accounts conflict, and how many of them are
witnesses of their own."""
SCHEMA = "vigie/notice/1"
_REPORTS = 10  # named in a notice, the latest first


class Telling:
    """What one saved filter tells; a `vigie.store.watch_notices.Teller`. `now` is the time that notices are made at."""

    def __init__(self, saved: SavedFilter, now: dt.datetime) -> None:
        self._saved, self._made_at, self._change = saved, stamp(now), 0

    def snapshot(self, seen: Seen) -> dict[str, Any]:
        """An incident as it is remembered: the value of each field, what stands of it, and its reports and parts by
        id."""
        return snapshot(seen)

    def judge(
        self, told: Mapping[str, Told], seen: Mapping[str, Seen], moved: Mapping[str, str | None], change: int
    ) -> Judged:
        """Notices on incidents that have changed, in the order of their ids, and what is noted as told."""
        self._change = change
        notices: list[Notice] = []
        noted: dict[str, Told | None] = {}
        earlier = {id: told[id] for id in seen if id in told}
        joined: dict[str, list[str]] = {}
        for old, home in sorted(moved.items()):
            noted[old] = None
            if home is None or home not in seen:
                notices += self._gone(old, told[old])
            elif home in earlier:
                joined.setdefault(home, []).append(old)
            else:
                earlier[home] = told[old]  # the same incident under the id of a report that came in later
        parents = {**{id: told[id] for id in told}, **earlier}
        for id, now in sorted(seen.items()):
            notice, after = self._judged(id, now, earlier.get(id), _formerly(told, joined.get(id, ())), parents)
            if notice is not None:
                notices.append(notice)
            if after is not None:
                noted[id] = after
        return Judged(tuple(n for n in notices if n.kind in self._saved.kinds), noted)

    # --- one incident -------------------------------------------------------------------------------------------------

    def _judged(
        self, id: str, now: Seen, before: Told | None, joined: Sequence[str], parents: Mapping[str, Told]
    ) -> tuple[Notice | None, Told | None]:
        after = snapshot(now)
        if before is None:
            if not now.fresh or now.standing != "counts":
                return None, None
            parted = _parted(id, now.incident, parents)
            return self._notice("new", id, now, None, after, {"parted_from": parted} if parted else {})
        kind = self._kind(now, before, after, joined)
        if kind is None:
            # What is not looked at may have changed: what was told stays what the next change is measured by.
            return None, Told(before.revision, before.kind, before.snapshot)
        if before.revision == 0 and not now.fresh and kind == "changed":
            return None, Told(0, before.kind, after)
        return self._notice(kind, id, now, before, after, {"joined": list(joined)} if joined else {})

    def _kind(self, now: Seen, before: Told, after: Mapping[str, Any], joined: Sequence[str]) -> NoticeKind | None:
        off = before.kind in ("withdrawn", "left")
        if now.standing != "counts":
            return None if before.kind == "withdrawn" else "withdrawn"
        if not now.wanted:
            return None if off else "left"
        if off or joined or changed_fields(before.snapshot, after, self._saved.fields):
            return "changed"
        return None

    def _notice(
        self,
        kind: NoticeKind,
        id: str,
        now: Seen,
        before: Told | None,
        after: dict[str, Any],
        more: Mapping[str, Any],
    ) -> tuple[Notice, Told]:
        known = before.snapshot if before is not None else {}
        fields = changed_fields(known, after, frozenset(WATCHED)) if known else ()
        if known and known["standing"] != after["standing"]:
            fields = ("standing", *fields)
        body = {
            "incident": after,
            "changes": [_change(field, known, after, now.incident) for field in fields],
            "reports": [_report(line, known) for line in now.reports[:_REPORTS]],
            **more,
        }
        if known and known["id"] != id:
            body["formerly"] = known["id"]
        revision = (before.revision if before is not None else 0) + 1
        return self._made(kind, id, revision, body), Told(revision, kind, after)

    def _gone(self, id: str, before: Told) -> list[Notice]:
        """Of an incident that no report tells of any more."""
        if before.kind in ("withdrawn", "left"):
            return []
        body = {"incident": before.snapshot, "changes": [], "reports": [], "gone": True}
        return [self._made("withdrawn", id, before.revision + 1, body)]

    def _made(self, kind: NoticeKind, id: str, revision: int, body: Mapping[str, Any]) -> Notice:
        name = self._saved.name
        words = "\n".join((name, id, str(self._change), self._made_at))
        key = hashlib.sha256(words.encode()).hexdigest()[:32]
        head = {"schema": SCHEMA, "key": key, "filter": name, "kind": kind, "revision": revision}
        return Notice(key, name, id, kind, self._made_at, {**head, "made_at": self._made_at, **body})


def snapshot(seen: Seen) -> dict[str, Any]:
    """See `Telling.snapshot`."""
    incident = seen.incident
    values = {field: _reduced(field, incident.value(field)) for field in FIELDS}
    return {
        "id": incident.id,
        **values,
        "standing": seen.standing,
        "disputed": seen.disputed,
        "independent": incident.independent,
        "reports": list(incident.reports),
        "parts": list(incident.ids),
    }


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any], fields: Iterable[str]) -> tuple[str, ...]:
    """Which of some fields have another value, in the order of WATCHED. Names are the same whatever their case and
    accents, lists whatever their order, a place whatever it is called where its point or its gazetteer entry is."""
    wanted = frozenset(fields)
    return tuple(
        field
        for field in WATCHED
        if field in wanted and _compared(field, before.get(field)) != _compared(field, after.get(field))
    )


def _reduced(field: str, value: Any) -> Any:
    """A field's value as JSON without the spans it rests on."""
    if value is None:
        return None
    told = plain(value)
    if field in ("date", "launch_date"):
        return {"start": told["start"], "end": told["end"]}
    if field in ("place", "launch_place"):
        return {name: told[name] for name in ("name", "country", "admin1", "lat", "lon", "precision", "gazetteer")}
    if field in ("killed", "injured", "attackers_killed"):
        return {"lower": told["lower"], "upper": told["upper"]}
    if field in ("actors", "targets"):
        return [{"name": row["name"], _KIND[field]: row[_KIND[field]]} for row in told]
    if field == "weapons":
        return [{name: row[name] for name in ("kind", "lower", "upper", "outcome")} for row in told]
    return told


_KIND = {"actors": "basis", "targets": "kind"}


def _compared(field: str, value: Any) -> Any:
    if value is None:
        return None
    if field in ("place", "launch_place"):
        where = value["gazetteer"] or (value["lat"], value["lon"])
        return (where, value["country"]) if where != (None, None) else (fold(value["name"]), value["country"])
    if field in ("actors", "targets"):
        return tuple(sorted({fold(row["name"]) for row in value}))
    if field == "weapons":
        return tuple(sorted(tuple(map(str, row.values())) for row in value))
    return tuple(value.items()) if isinstance(value, dict) else value


def _change(
    field: str, before: Mapping[str, Any], after: Mapping[str, Any], incident: RecordIncident
) -> dict[str, Any]:
    change = {"field": field, "before": before.get(field), "after": after.get(field)}
    found = incident.fields.get(field)
    if found is not None:
        change["why"] = {"en": found.why_en, "fr": found.why_fr}
    return change


def _report(line: ReportLine, known: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": line.id,
        "title": line.title,
        "outlet": line.outlet,
        "language": line.language,
        "url": line.url,
        "published": line.published,
        "standing": line.standing,
        "new": line.id not in known.get("reports", ()),
    }


def _formerly(told: Mapping[str, Told], joined: Iterable[str]) -> tuple[str, ...]:
    """Of the incidents that became part of another, those that were told of, or were there to be."""
    return tuple(id for id in joined if told[id].kind not in ("withdrawn", "left"))


def _parted(id: str, incident: RecordIncident, parents: Mapping[str, Told]) -> str | None:
    """The incident that was told of and of which this one was a part."""
    own = set(incident.ids)
    for other, known in sorted(parents.items()):
        if other != id and not own.isdisjoint(known.snapshot["parts"]):
            return other
    return None
