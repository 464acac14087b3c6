"""A published tally beside the record's own count, as its page shows it: two bars on one scale, the incidents that only
the record has and those that the tally's report or counter tells too, each with the words of its reports, and what is
missing since the counter's tally before."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vigie.desk.review_view import incident_title
from vigie.desk.sentences import Sentences
from vigie.desk.source_view import key_of
from vigie.desk.tally_view import Told
from vigie.exports import phrasing
from vigie.exports.labels import Labels
from vigie.exports.tally_checks import definition_words
from vigie.model import Quantity, Span
from vigie.model.record import Quoted, RecordIncident, TallyStep
from vigie.record.tallies import definition
from vigie.store.inquiry import Inquiry, Kept
from vigie.store.tally_checks import CheckedTally

_OPEN = 1.15  # how far a bar without an upper bound reaches beyond its lower one
_PRINTINGS = 4  # reports of one incident that are shown
_TELLING = ("killed", "injured", "weapons", "type", "place", "date")
"""Fields by whose words the sentence that tells of an incident is found, the first one that has any."""
_LONGEST = 300  # characters of a sentence that are shown


@dataclass(frozen=True, slots=True)
class Bar:
    """A count as a bar: percentages of the scale at which it surely and at most ends."""

    sure: float
    most: float


@dataclass(frozen=True, slots=True)
class Counted:
    """One incident of the record that a tally counts, `sure` or perhaps; `toll` in words where people are counted.
    `printings` are its reports, each with the sentence that tells of it; `more` are left out."""

    id: str
    title: str
    sure: bool
    toll: str
    printings: tuple[tuple[Kept, Quoted], ...]
    more: int


@dataclass(frozen=True, slots=True)
class Gap:
    """What the counter has added since its tally before, of which the record lacks `missing`."""

    first: dt.date
    last: dt.date
    added: int
    here: tuple[int, int]
    missing: int


@dataclass(frozen=True, slots=True)
class TallyView:
    """One tally. `counter` counted it, `speaker` is their key where the record holds what they say; `reports` print it;
    `published` and `own` are both counts in words. What the record has is None or empty where it was not gone through;
    `missing` is how many more the tally counts than the record can, negative for how many fewer than it must.
    `only_here` are incidents that neither the tally's report nor its counter tells of, `in_both` the others; `hidden`
    are counted and not listed."""

    told: str
    quoted: Quoted | None
    counter: str | None
    speaker: str | None
    reports: tuple[Kept, ...]
    definition: str
    dated: bool
    published: str
    own: str | None = None
    missing: int = 0
    bars: tuple[Bar, Bar] | None = None
    only_here: tuple[Counted, ...] = ()
    in_both: tuple[Counted, ...] = ()
    hidden: int = 0
    gap: Gap | None = None


def tally_views(
    inquiry: Inquiry, listed: Iterable[Told], checked: Iterable[CheckedTally], labels: Labels, most: int | None = None
) -> list[TallyView]:
    """The views of tallies in their order, beside the record those that were counted; `most` of their incidents are
    listed of each kind."""
    by_first = {id(each.told[0]): each for each in checked}
    cut = {key: _cut(each, most) for key, each in by_first.items()}
    wanted = {
        report: None
        for key, groups in cut.items()
        for incident in itertools.chain.from_iterable(groups)
        for report in by_first[key].counted[incident].reports[:_PRINTINGS]
    }
    texts = {id: _Text(kept) for id, kept in inquiry.reports(list(wanted)).items()}
    return [
        _beside(_alone(inquiry, told, labels), by_first[id(told[0])], cut[id(told[0])], texts, labels)
        if id(told[0]) in by_first
        else _alone(inquiry, told, labels)
        for told in listed
    ]


class _Text:
    """A report, and the sentences in it, which are looked for once they are asked for."""

    def __init__(self, report: Kept) -> None:
        self.report = report
        self._sentences: Sentences | None = None

    def sentence(self, words: Span) -> Span:
        """The sentence that some words are in; the words themselves where it is too long to be shown."""
        if self._sentences is None:
            self._sentences = Sentences(self.report.text, self.report.language)
        start, end = self._sentences.with_words([words])[0]
        quote = self.report.text[start:end]
        return Span(start, end, quote) if len(quote) <= _LONGEST else words


def _alone(inquiry: Inquiry, told: Told, labels: Labels) -> TallyView:
    published = told[0].published
    tally, defined = published.tally, definition(published)
    return TallyView(
        told=tally.text,
        quoted=Quoted(published.report_id, tally.evidence[0]) if tally.evidence else None,
        counter=published.counter,
        speaker=key_of(inquiry, published.counter) if published.counter else None,
        reports=tuple(each.report for each in told),
        definition=definition_words(defined, labels),
        dated=defined.since is not None,
        published=phrasing.bounds(tally.lower, tally.upper, labels) or labels.table["quantity"]["unknown"],
    )


def _beside(
    view: TallyView,
    each: CheckedTally,
    cut: tuple[Sequence[str], Sequence[str]],
    texts: Mapping[str, _Text],
    labels: Labels,
) -> TallyView:
    check, tally = each.check, each.check.published.tally
    most = max(_reach(tally.lower, tally.upper), _reach(check.lower, check.upper), 1.0)
    only_here, in_both = (tuple(_counted(each, ids, texts, labels)) for ids in cut)
    return replace(
        view,
        own=phrasing.bounds(check.lower, check.upper, labels) or labels.table["quantity"]["unknown"],
        missing=check.missing,
        bars=(_bar(tally.lower, tally.upper, most), _bar(check.lower, check.upper, most)),
        only_here=only_here,
        in_both=in_both,
        hidden=len(each.counted) - len(only_here) - len(in_both),
        gap=_gap(each.step),
    )


def _cut(each: CheckedTally, most: int | None) -> tuple[Sequence[str], Sequence[str]]:
    """The incidents that are listed: those that only the record has, and the others; the sure ones first."""
    here = frozenset(each.elsewhere)
    ids = (*each.check.sure, *each.check.perhaps)
    return [id for id in ids if id in here][:most], [id for id in ids if id not in here][:most]


def _reach(lower: int | None, upper: int | None) -> float:
    return float(upper) if upper is not None else (lower or 0) * _OPEN


def _bar(lower: int | None, upper: int | None, most: float) -> Bar:
    return Bar(round(100 * (lower or 0) / most, 2), round(100 * min(_reach(lower, upper), most) / most, 2))


def _counted(each: CheckedTally, ids: Iterable[str], texts: Mapping[str, _Text], labels: Labels) -> Iterator[Counted]:
    sure, unit = frozenset(each.check.sure), each.check.definition.counts
    for id in ids:
        incident = each.counted[id]
        toll = incident.value(unit) if unit in ("killed", "injured") else None
        words = _words(incident, unit)
        shown = tuple(
            (texts[report].report, Quoted(report, texts[report].sentence(words[report].span)))
            for report in incident.reports[:_PRINTINGS]
            if report in words and report in texts
        )
        yield Counted(
            id=id,
            title=incident_title(incident, labels),
            sure=id in sure,
            toll=phrasing.bounds(toll.lower, toll.upper, labels) if isinstance(toll, Quantity) else "",
            printings=shown,
            more=len(incident.reports) - len(shown),
        )


def _words(incident: RecordIncident, unit: str) -> dict[str, Quoted]:
    """Words of each report that tell of an incident: those of what is counted, else of the act, else any that a source
    says there."""
    found: dict[str, Quoted] = {}
    for name in (unit, *_TELLING):
        value = incident.fields.get(name)
        for quoted in value.evidence if value is not None else ():
            found.setdefault(quoted.report_id, quoted)
    for account in incident.accounts:
        for statement in account.statements:
            for quoted in statement.evidence:
                found.setdefault(quoted.report_id, quoted)
    return found


def _gap(step: TallyStep | None) -> Gap | None:
    if step is None or not step.missing or step.before.as_of is None or step.after.as_of is None:
        return None
    here = len(step.sure), len(step.sure) + len(step.perhaps)
    return Gap(step.before.as_of, step.after.as_of, step.added, here, step.missing)
