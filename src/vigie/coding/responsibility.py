"""Who answers for an incident: claimed, denied, attributed, said to be unclaimed, or unknown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vigie.coding.annotated import AnnotatedReport, mentions_any
from vigie.coding.attribution_words import load_speech_words
from vigie.coding.attributions import Attributed
from vigie.coding.authors import Author, sentences_of
from vigie.coding.deeds import tells_own_deed
from vigie.coding.joining import Group
from vigie.coding.owning import deniers
from vigie.coding.phrases import GUARDS
from vigie.coding.selves import in_saying
from vigie.coding.statements import denies_act
from vigie.language.folding import fold
from vigie.language.grammar import Grammar
from vigie.language.schema import Body, Term
from vigie.model import Actor, Source
from vigie.model.coded import Responsibility
from vigie.text.segments import Sentence

# Who does not confess: bodies claim.
_BODIES = frozenset({"armed_group", "military", "international", "government", "political"})
# So far before a claim stands its subject, and what makes "personne" somebody.
_SUBJECT_REACH, _SUBJECT_WORDS = 90, 9
_ONE = frozenset({"une", "la", "cette", "chaque", "les"})
# Kinds of speakers whose denial is of the deed itself.
_SIDES = frozenset({"armed_group", "military", "monitor", "other"})
_OUTLAWS = frozenset({"armed_group", "attacker", "crowd", "civilian"})


def responsibility(
    report: AnnotatedReport,
    group: Group,
    groups: Sequence[Group],
    actors: Sequence[Actor],
    claimed: Sequence[Author],
    attributed: Attributed,
    grammar: Grammar,
) -> Responsibility:
    """Who answers for it: claimed, denied, attributed, said to be unclaimed, or unknown. `claimed`: who claims it (see
    owning.py)."""
    told = sentences_of(group, groups, report)
    marks = {m for t in group.tellings for m in t.marks}
    if group.period == "current":  # what nobody has claimed is the act that is news
        marks |= _marks_in(report, told)
    if claimed or any(a.basis == "claimed" for a in actors):
        return "claimed"
    if "unclaimed" in marks and not any(
        _stated_body(report, a, grammar) and not _told_by(group, a, attributed) for a in actors
    ):
        return "unclaimed"
    accusing = {a.source for a in attributed.attributions if a.sentence in told and a.stance == "accuses"}
    owning = _authors_telling(report, group, told, actors, attributed, grammar) - accusing
    # Who tells of the act as his own and denies something else about it ("denied targeting civilians") denies no act.
    denials = (a for a in attributed.attributions if a.sentence in told and a.stance == "denies")
    denying = {a.source for a in denials if denies_act(report, a, grammar)} - owning
    if not _proved(report, told, grammar) and (
        deniers(report, told, attributed, grammar, owning) or (actors and _denied(report, denying, actors, attributed))
    ):
        return "denied"
    if owning or (actors and _in_own_release(report, actors)) or _confessed(report, told, actors, grammar):
        return "claimed"
    if actors and _told_as_ours(report, group, actors, attributed, grammar):
        return "claimed"
    if actors and not all(_nobody_known(a, _who(report, a)[0], grammar) for a in actors):
        return "attributed"
    return "unknown"


def _stated_body(report: AnnotatedReport, actor: Actor, grammar: Grammar) -> bool:
    """A body, or somebody named, that the report itself tells to have done it: its word stands though nobody claims."""
    kind, _ = _who(report, actor)
    known = kind in _BODIES or any(w[:1].isupper() for w in actor.name.split())
    return known and (actor.basis, actor.producer) == ("stated", "rules") and not _nobody_known(actor, kind, grammar)


def _proved(report: AnnotatedReport, told: set[int], grammar: Grammar) -> bool:
    """Whether a court has found somebody guilty: what he pleaded no longer stands against it."""
    return any(mentions_any(report.normal.folded, s, grammar.convicted) for s in report.sentences if s.index in told)


def _confessed(report: AnnotatedReport, told: set[int], actors: Sequence[Actor], grammar: Grammar) -> bool:
    """Whether somebody who is of no body owns up to the deed before police or judges ("admitted stabbing", « est passé
    aux aveux »)."""
    if any(_who(report, a)[0] in _BODIES for a in actors):
        return False
    return any(mentions_any(report.normal.folded, s, grammar.confesses) for s in report.sentences if s.index in told)


def _marks_in(report: AnnotatedReport, told: set[int]) -> set[str]:
    """Whether the sentences that follow a telling say that nobody has claimed the act."""
    return {
        m.entry.mark
        for s in report.sentences
        if s.index in told
        for m in report.matches_in(s.start, s.end, "modality")
        if isinstance(m.entry, Term) and m.entry.mark == "unclaimed"
    } | {"unclaimed" for s in report.sentences if s.index in told and _claimed_by_none(report, s)}


def _claimed_by_none(report: AnnotatedReport, sentence: Sentence) -> bool:
    """Whether the subject of a claim is nobody ("No militant group has so far admitted responsibility", « Aucune
    organisation n'en a assumé la responsabilité »)."""
    none = load_speech_words(report.pack.language).none
    for m in report.matches_in(sentence.start, sentence.end, "modality"):
        if not isinstance(m.entry, Term) or m.entry.mark != "claim":
            continue
        clause = re.split(r"[,;:.()]", report.normal.folded[max(sentence.start, m.start - _SUBJECT_REACH) : m.start])[
            -1
        ]
        words = re.findall(r"[^\W\d_]+", clause)[-_SUBJECT_WORDS:]
        if any(w in none and not (k and words[k - 1] in _ONE) for k, w in enumerate(words)):
            return True
    return False


def _authors_telling(
    report: AnnotatedReport,
    group: Group,
    told: set[int],
    actors: Sequence[Actor],
    attributed: Attributed,
    grammar: Grammar,
) -> set[str]:
    """Ids of the speakers who tell of the act and are its author ("the army said it had struck"), or of his own side:
    a general of what soldiers did, the police of what the police did, a ministry of its country's strike. Not of what
    only others say it did, unless they tell of a deed of their own."""
    telling = {t.sentence for t in group.tellings}
    saying = [a for a in attributed.attributions if a.sentence in told and a.stance in {"asserts", "confirms"}]
    own = {a.source for a in saying if tells_own_deed(report, a, grammar)}
    speaking = {a.source for a in saying if a.sentence in telling} | own
    known = [a for a in actors if not _nobody_known(a, _who(report, a)[0], grammar)]
    weighed = [a for a in known if a.producer == "rules"] or known
    tellers = [_told_by(group, a, attributed) for a in weighed]
    return {
        s.id
        for s in attributed.sources
        if s.id in speaking
        and any(
            (not words or s.id in words | own) and _of_own_side(s, a.name, *_who(report, a), grammar)
            for a, words in zip(weighed, tellers, strict=True)
        )
    }


def _told_by(group: Group, actor: Actor, attributed: Attributed) -> set[str]:
    """Ids of those in whose words alone an actor is told to have done it; none where the report itself tells it."""
    found: set[str] = set()
    for p in (p for t in group.tellings for act in t.acts for p in act.actors if p.name == actor.name):
        heard = {a.source for a in attributed.attributions if any(s <= p.start < e for s, e in a.content)}
        if not heard:
            return set()
        found |= heard
    return found


def _of_own_side(speaker: Source, name: str, kind: str | None, country: str | None, grammar: Grammar) -> bool:
    if set(fold(name).split()) <= set(fold(speaker.name).split()):
        return True
    if kind in _OUTLAWS:
        return False  # a government does not speak for the rebels of its country
    if kind in GUARDS and speaker.kind == kind and (country in {None, speaker.country} or speaker.country is None):
        return True  # "the army", « une source militaire » of no other country speak for the army that is named
    if kind == "military" and country in {None, speaker.country} and set(fold(speaker.name).split()) & grammar.defence:
        return True  # a ministry of defence speaks for the army
    if speaker.kind in GUARDS and set(fold(name).split()) <= grammar.of_any_force:
        return True  # "officers" are those of whoever speaks of them
    return country is not None and speaker.country == country and speaker.kind in {"military", "government"}


def _in_own_release(report: AnnotatedReport, actors: Sequence[Actor]) -> bool:
    """An armed force that puts out the report itself tells of what it did, alone or with allies it leads ("the
    Coalition struck …", in a release of the command). Of another country's force only where the outlet is of it."""
    issuers = [m.entry for m in report.outlet_matches if isinstance(m.entry, Body) and m.entry.kind == "military"]
    if not issuers:
        return False
    countries = {e.country for e in issuers if e.country}
    outlet = set(fold(report.report.outlet or "").split())
    for actor in actors:
        kind, country = _who(report, actor)
        own = country is None or country in countries or bool(outlet & set(fold(actor.name).split()))
        if own and kind in {"military", "international"}:
            return True
    return False


def _told_as_ours(
    report: AnnotatedReport, group: Group, actors: Sequence[Actor], attributed: Attributed, grammar: Grammar
) -> bool:
    """Whether those who did it are called "ours" by the report itself, in nobody's quoted or reported words ("our
    fighters fired …", « nos unités ont frappé »): it is then a release of their own."""
    ours, names = grammar.first_person & grammar.own, {a.name for a in actors}
    for p in (p for t in group.tellings for act in t.acts for p in act.actors if p.name in names):
        beside = report.normal.folded[max(0, p.start - 8) : p.start].split()[-1:] + fold(p.name).split()[:1]
        if ours.isdisjoint(beside) or in_saying(report, p.start) is not None:
            continue
        if not any(s <= p.start < e for a in attributed.attributions for s, e in a.content):
            return True
    return False


def _who(report: AnnotatedReport, actor: Actor) -> tuple[str | None, str | None]:
    """Kind and country of an actor, as far as the words that name it tell."""
    spans = [(m.start, m.end, m.entry) for m in report.matches if m.file == "actors" and _names(m.text, actor.name)]
    kind = next((e.kind for _, _, e in spans if isinstance(e, Body)), None)
    country = next((e.country for _, _, e in spans if isinstance(e, Body) and e.country), None)
    named = next((c for a, b, c in report.demonyms if report.text[a:b] in actor.name), None)
    return kind, country or named or _country_of_that_name(report, actor)


def _names(text: str, name: str) -> bool:
    """Whether a form of the pack, which may have an article ("a deputy"), stands in a name."""
    return text in name or (name in text and len(text.split()) - len(name.split()) == 1)


def _country_of_that_name(report: AnnotatedReport, actor: Actor) -> str | None:
    places = (p for p in report.places if p.place.precision == "country" and report.text[p.start : p.end] in actor.name)
    return next((p.place.country for p in places), None)


def _denied(report: AnnotatedReport, denying: set[str], actors: Sequence[Actor], attributed: Attributed) -> bool:
    """Whoever denies is a side to the violence, shares the name of the accused, or speaks for the accused country
    (« Kigali récuse ») or its forces; officials who deny something else about it do not count."""
    accused = [set(fold(a.name).split()) for a in actors]
    known = [_who(report, a) for a in actors]
    countries = {country for _, country in known if country is not None}
    forces = any(kind in GUARDS for kind, _ in known)
    for s in attributed.sources:
        ours = s.country in countries or (forces and (s.country is None or not countries))
        own = ours and s.kind in {"government", "military"}
        if s.id in denying and (own or s.kind in _SIDES or any(set(fold(s.name).split()) & names for names in accused)):
            return True
    return False


def _nobody_known(actor: Actor, kind: str | None, grammar: Grammar) -> bool:
    """Perpetrators of whom only the deed is told ("des assaillants", "unknown gunmen"): nobody is named. Fighters are
    known as such, however they are armed or clad ("armed rebels")."""
    name = fold(actor.name)
    words = set(name.split())
    if kind == "armed_group":
        words -= grammar.bearing
    return name in grammar.somebody or bool(words & grammar.unnamed)
