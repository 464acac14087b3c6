"""The default extractor: rules over mentions and parses, no learned parts but the parser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vigie.coding.annotated import AnnotatedReport
from vigie.coding.attributions import find_attributions
from vigie.coding.claims import build_claims
from vigie.coding.confidence import with_confidence
from vigie.coding.context import (
    find_developments,
    find_links,
    find_strengths,
    rejection,
)
from vigie.coding.extractor import Extractor
from vigie.coding.incidents import day_of, lead_setting
from vigie.coding.joining import Group, join
from vigie.coding.on_record import speakers_on_record
from vigie.coding.owning import with_claims
from vigie.coding.screening import keep_groups
from vigie.coding.tallies import counted_words, find_tallies
from vigie.coding.tellings import find_tellings
from vigie.coding.toll_totals import without_totals
from vigie.coding.weighing import build_incident
from vigie.language.grammar import load_grammar
from vigie.model import CodedReport, Rejection


class RuleExtractor:
    """Codes by rules that hold of the language; see the modules of this package for each."""

    name = "rules"
    version = "1"

    def extract(self, report: AnnotatedReport) -> CodedReport:
        """Sources, claims, incidents, tallies, strengths, developments, links and rejections of one report."""
        return with_confidence(self.unweighed(report))

    def unweighed(self, report: AnnotatedReport) -> CodedReport:
        """What `extract` gives, but the confidence of incidents is the screening's own likelihood and values have
        none."""
        language = report.report.language or report.pack.language
        if not report.parses and not report.matches:
            return CodedReport(replace(report.report, origin=report.report.origin or report.report.id))
        if report.dismissed:
            return _dismissed(report, report.dismissed)
        grammar = load_grammar(language)
        attributed = find_attributions(report)
        tallies = find_tallies(report, attributed, grammar)
        tellings, undone = find_tellings(report, attributed, grammar, counted_words(tallies))
        groups, dropped = keep_groups(report, join(tellings, day_of(report.report.published)))
        if tallies and not groups:  # nothing else to tell of: what is counted is what the report is about
            tellings, undone = find_tellings(report, attributed, grammar, ())
            groups, dropped = keep_groups(report, join(tellings, day_of(report.report.published)))
            groups = [g for g in groups if not _over_a_year(g)]
        without_totals(groups)
        rejections = [rejection(report, act.start, act.end, act.text, reason) for act, reason in undone]
        rejections += dropped
        setting = lead_setting(report, groups, tellings, attributed)
        incidents = [build_incident(report, groups, k, setting, attributed, grammar) for k in range(1, len(groups) + 1)]
        claims, incidents = build_claims(report, groups, incidents, with_claims(report, attributed, grammar), grammar)
        told = {t.sentence for g in groups for t in g.tellings}
        return CodedReport(
            report=replace(report.report, origin=report.report.origin or report.report.id),
            sources=speakers_on_record(report, attributed, groups, claims),
            claims=tuple(claims),
            incidents=tuple(incidents),
            tallies=tuple(t.tally for t in tallies),
            strengths=tuple(find_strengths(report)),
            developments=tuple(find_developments(report, told)),
            links=tuple(find_links(report, groups, incidents)),
            rejections=tuple(_unique(rejections)),
        )


def _over_a_year(group: Group) -> bool:
    """Dated by nothing shorter than a season or a year: what is counted over that long is no single act."""
    days = [d.date for d in group.dates() if d.date is not None]
    return bool(days) and all(d.grain in {"season", "year"} for d in days)


def _dismissed(report: AnnotatedReport, reason: Rejection) -> CodedReport:
    """The coding of a report that is left out by its words alone."""
    return CodedReport(
        report=replace(report.report, origin=report.report.origin or report.report.id),
        strengths=tuple(find_strengths(report)),
        developments=tuple(find_developments(report, set())),
        rejections=(reason,),
    )


def _unique(rejections: Sequence[Rejection]) -> list[Rejection]:
    return list(dict.fromkeys(rejections))


RULES: Extractor = RuleExtractor()
