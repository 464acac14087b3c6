"""Which reports print one copy, kept up to date: index of bands, verdicts, families and what stands of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, and_, bindparam, delete, insert, or_, select

from vigie.mentions.place_keys import name_key
from vigie.model import CodedReport
from vigie.model.contract import plain
from vigie.model.record import Family, ReportCard
from vigie.record.families import is_withdrawal
from vigie.store import schema as s
from vigie.store.candidates import Index, number_of
from vigie.store.components import Pair, reached
from vigie.store.keeping import coded_of, dumped
from vigie.store.loading import Loader, Memory, card_json, packed_shingles
from vigie.store.many import apply, chosen
from vigie.store.rules import Rules


class Copied(NamedTuple):
    """What a change makes of copies: the reports whose family it may change, pairs of reports that are copies now, and
    pairs that are not compared any more."""

    reports: set[int]
    new: set[Pair]
    gone: set[Pair]


class Copies:
    """Keeps copies and families in one writing transaction."""

    def __init__(self, connection: Connection, rules: Rules, loader: Loader, memory: Memory) -> None:
        self._connection, self._rules, self._loader, self._memory = connection, rules, loader, memory
        self._index = Index(connection, s.bands, s.copies, rules.crowd)

    def remove(self, reports: Collection[int]) -> Copied:
        """Take out what was derived of reports that are coded anew."""
        if not reports:
            return Copied(set(), set(), set())
        near = {report for pair in self._pairs_with(reports) for report in pair} - set(reports)
        change = self._index.remove(reports)
        for table in (s.cards, s.standings):
            apply(self._connection, delete(table), table.c.report, reports)
        new = self._judge(self._open(change.due))
        return Copied(near | {report for pair in new for report in pair}, new, set())

    def add(self, reports: Mapping[int, tuple[int, CodedReport]]) -> Copied:
        """Put reports in, each with the number of its coding."""
        if not reports:
            return Copied(set(), set(), set())
        cards = {number: self._rules.card(coded.report) for number, (_, coded) in reports.items()}
        rows = []
        for number, card in cards.items():
            coding = reports[number][0]
            self._memory.cards.put(coding, card)
            packed = packed_shingles(card.shingles)
            rows.append({"report": number, "coding": coding, "json": card_json(card), "shingles": packed})
        self._connection.execute(insert(s.cards), rows)
        self._connection.execute(insert(s.standings), [_standing(number, card) for number, card in cards.items()])
        change = self._index.add({number: (number_of(card.id), self._keys(card)) for number, card in cards.items()})
        by_slug = self._pairs_by_slug(cards)
        gone = change.gone - self._taken_back_by_slug(change.gone)
        gone = gone & self._pairs_with({report for pair in gone for report in pair})
        for a, b in gone:
            self._connection.execute(delete(s.copies).where(s.copies.c.a == a, s.copies.c.b == b))
        new = self._judge(self._open(change.due) | by_slug)
        return Copied({*reports, *(report for pair in (*gone, *new) for report in pair)}, new, gone)

    def regroup(self, reports: Collection[int]) -> set[int]:
        """Work out anew the families that some reports are in; the reports whose family or standing is not as it was,
        and all those of such a family."""
        changed: set[int] = set()
        some: set[int] = set()
        for group in reached(reports, self._pairs_with):
            some |= group
            if len(some) >= _TOGETHER:
                changed |= self._regroup(some)
                some = set()
        return changed | (self._regroup(some) if some else set())

    def differences(self, reports: Collection[int]) -> Iterator[tuple[str, str]]:
        """Where what is kept of some reports is not what it would be derived as: the card, the bands, the verdicts on
        their copies."""
        c, k = s.cards.c, s.codings.c
        query = (
            select(c.report, c.json, c.shingles, k.json.label("coding"), s.reports.c.text)
            .join(s.codings, k.seq == c.coding)
            .join(s.reports, s.reports.c.seq == c.report)
        )
        bands = self._index.keys_of(reports)
        for row in chosen(self._connection, query, c.report, reports):
            card = self._rules.card(coded_of(row.coding, row.text).report)
            if (card_json(card), packed_shingles(card.shingles)) != (row.json, row.shingles):
                yield card.id, "the card by which its copies are told is not that of its coding"
            if bands[row.report] != set(self._keys(card)):
                yield card.id, "its bands are not those of its words"
        pairs = self._pairs_with(reports)
        ends = {report for pair in pairs for report in pair}
        cards = self._loader.cards(ends)
        kept = {(v.a, v.b): v for v in self._loader.verdicts(ends)}
        for a, b in sorted(pairs):
            verdict = self._rules.near_copy(cards[a], cards[b])
            if verdict is None or kept.get((verdict.a, verdict.b)) != verdict:
                yield (
                    f"{cards[a].id}, {cards[b].id}",
                    "whether they are copies is not told by their words",
                )

    def _keys(self, card: ReportCard) -> Iterable[int]:
        """Bands of the words, and the story's key on the wire."""
        keys = [number_of(f"band {band}") for band in self._rules.bands(card.signature)]
        if card.wire is not None and card.wire.key is not None:
            keys.append(number_of(f"wire {card.wire.key}"))
        return keys

    def _open(self, pairs: set[Pair]) -> set[Pair]:
        """Of pairs that an index gives, those that may turn out to be copies: by their words, or as versions of one
        story. Most share a common turn of phrase and no more, and need not be read."""
        ends = {report for pair in pairs for report in pair}
        shingles = self._loader.shingles(ends)
        r = s.reports.c
        query = select(r.seq, r.wire_key).where(r.wire_key.is_not(None))
        story = {row.seq: row.wire_key for row in chosen(self._connection, query, r.seq, ends)}

        def is_open(a: int, b: int) -> bool:
            x, y = shingles[a], shingles[b]
            return x is None or y is None or self._rules.may_copy(x, y) or story.get(a, a) == story.get(b, b)

        return {(a, b) for a, b in pairs if is_open(a, b)}

    def _judge(self, pairs: set[Pair]) -> set[Pair]:
        """Compare pairs of reports and keep the verdicts; the pairs that turned out to print one copy."""
        cards = self._loader.cards({report for pair in pairs for report in pair})
        found: dict[Pair, str] = {}
        for a, b in sorted(pairs):
            verdict = self._rules.near_copy(cards[a], cards[b])
            if verdict is not None:
                found[a, b] = dumped(plain(verdict))
        if found:
            rows = [{"a": a, "b": b, "json": verdict} for (a, b), verdict in found.items()]
            self._connection.execute(insert(s.copies), rows)
        return set(found)

    # --- kill notices that name a story by its slug: no band leads from the one to the other ---

    def _pairs_by_slug(self, cards: Mapping[int, ReportCard]) -> set[Pair]:
        found: set[Pair] = set()
        c = s.standings.c
        for number, card in cards.items():
            slug = _slug(card)
            if slug is None:
                continue
            query = select(c.report).where(c.slug == slug, c.report != number)
            if not is_withdrawal(card):
                query = query.where(c.takes_back)
            elif card.published is not None:
                first, last = (card.published.start - _DAY).isoformat(), (card.published.end + _DAY).isoformat()
                query = query.where(or_(c.published.is_(None), and_(c.published >= first, c.published <= last)))
            found |= {(min(number, other), max(number, other)) for other in self._connection.scalars(query)}
        return found

    def _taken_back_by_slug(self, pairs: set[Pair]) -> set[Pair]:
        """Pairs that a slug makes due, whatever the index says."""
        numbers = {report for pair in pairs for report in pair}
        cards = self._loader.cards(numbers)
        return {
            (a, b)
            for a, b in pairs
            if (is_withdrawal(cards[a]) or is_withdrawal(cards[b]))
            and _slug(cards[a]) is not None
            and _slug(cards[a]) == _slug(cards[b])
        }

    # --- families -----------------------------------------------------------------------------------------------------

    def _pairs_with(self, reports: Collection[int]) -> set[Pair]:
        """The pairs of copies that one of some reports is in."""
        c = s.copies.c
        rows = (row for end in (c.a, c.b) for row in chosen(self._connection, select(c.a, c.b), end, reports))
        return {(row.a, row.b) for row in rows}

    def _regroup(self, reports: set[int]) -> set[int]:
        """The same for whole groups."""
        cards = self._loader.cards(reports)
        numbers = {card.id: number for number, card in cards.items()}
        families = self._rules.families(cards.values(), self._loader.verdicts(reports))
        c = s.standings.c
        rows = chosen(self._connection, select(c.report, c.family, c.standing), c.report, reports)
        before = {row.report: (row.family, row.standing) for row in rows}
        after = {numbers[m]: (family.id, _standing_in(family, m)) for family in families for m in family.members}
        changed = {number for number, value in after.items() if before.get(number) != value}
        if changed:
            self._connection.execute(
                s.standings.update()
                .where(c.report == bindparam("which"))
                .values(family=bindparam("new_family"), standing=bindparam("new_standing")),
                [{"which": n, "new_family": after[n][0], "new_standing": after[n][1]} for n in sorted(changed)],
            )
        told = {family.id: dumped(plain(family)) for family in families if _tells_something(family)}
        stale = self._replace_families({family for family, _ in before.values()} | set(numbers), told)
        return changed | {numbers[m] for family in families if family.id in stale for m in family.members}

    def _replace_families(self, old: set[str], new: Mapping[str, str]) -> set[str]:
        """Put the rows of families in the place of older ones; the ids of those that are not as they were."""
        c = s.families.c
        there = {row.id: row.json for row in chosen(self._connection, select(c.id, c.json), c.id, old)}
        stale = {family for family in {*there, *new} if there.get(family) != new.get(family)}
        apply(self._connection, delete(s.families), c.id, stale)
        rows = [{"id": family, "json": new[family]} for family in sorted(stale & set(new))]
        if rows:
            self._connection.execute(insert(s.families), rows)
        return stale


_DAY = dt.timedelta(days=1)
_TOGETHER = 500  # reports whose families are worked out in one go


def _slug(card: ReportCard) -> str | None:
    return (name_key(card.wire.slug or "") or None) if card.wire is not None else None


def _standing(number: int, card: ReportCard) -> dict[str, object]:
    return {
        "report": number,
        "family": card.id,
        "standing": "counts",
        "published": card.published.start.isoformat() if card.published is not None else None,
        "slug": _slug(card),
        "takes_back": is_withdrawal(card),
    }


def _standing_in(family: Family, report_id: str) -> str:
    if report_id in family.withdrawn:
        return "withdrawn"
    return "superseded" if report_id in family.superseded else "counts"


def _tells_something(family: Family) -> bool:
    return len(family.members) > 1 or bool(family.withdrawn)
