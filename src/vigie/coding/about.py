"""What a report as a whole is about, before any of its tellings is weighed: its frames, its words, and whether it can
tell of an act of violence at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from functools import cache

from vigie.coding.annotated import AnnotatedReport, lead_sentences
from vigie.coding.linear import LinearModel, load_model
from vigie.language.folding import fold
from vigie.language.pack import Match
from vigie.language.schema import Harm, Term, Trigger, Weapon
from vigie.model import Rejection
from vigie.text.segments import Sentence

Features = dict[str, float]
# Reports with fewer words give the model too little to go by: there the rules decide alone. From there on it may leave
# out what they keep, at first only what it finds next to impossible, and from so many words on whatever it doubts.
WORDS_TO_WEIGH = 40
WORDS_ENOUGH = 100
# Where the report as a whole, its tellings left aside, is less likely than this to tell of an incident (its features
# add up to less than -5), none is looked for. Of 1,687 hand-coded reports one that tells of an incident lies below
# (docs/models.md).
_NO_HOPE = 0.0067
# What a word counts that stands in a report more than once.
_OFTEN = 1.5
WORD = re.compile(r"[a-z][a-z'-]{2,}")
# Characters between a negation and what it negates ("have not yet ruled out").
_NEGATED_REACH = 12
# The name of frames that hold of all a report tells ("this was an exercise").
WHOLE = "whole"
# The name of trial words that a suspect's first hearing brings, days after the act.
HEARING = "hearing"
# Frames under which deaths and blasts are no deliberate act unless a strong word says so.
_UNDOING = frozenset(
    {"sport", "film", "cyber", "accident", "disaster", "medical", "animal", "business", "exercise", "protest"}
)


def report_features(report: AnnotatedReport) -> Features:
    """Features that are the same for every group of a report: its words, and how thick violence stands in it."""
    language = report.pack.language
    words = Counter(WORD.findall(report.normal.folded))
    features = {f"{language}:r:{word}": 1.0 if times == 1 else _OFTEN for word, times in words.items()}
    features |= {f"{language}:h:{word}": 1.0 for word in _headline(report)}
    return features | _marked(report, words)


def _headline(report: AnnotatedReport) -> list[str]:
    title = report.report.title
    return WORD.findall(fold(title)) if title else []


def _marked(report: AnnotatedReport, words: Counter[str]) -> Features:
    violent = sum(m.file in {"triggers", "harm", "weapons"} for m in report.matches)
    # Short reports would be thick with violence by one word: fifty words are added to each.
    features = {"density": min(3.0, 50.0 * violent / (50 + sum(words.values())))}
    frames = Counter(mark for m in report.matches if (mark := frame_mark(m)))
    return features | {f"framed={mark}": float(min(4, times)) for mark, times in frames.items()}


def shared_weight(report: AnnotatedReport) -> float:
    """What the shared features of a report add up to in the screening model, without spelling out one for each word.

    Raises CodingError where the language has no screening model.
    """
    model = load_model(f"screen_{report.pack.language}")
    in_text, in_headline = _weights_of_words(report.pack.language)
    words = Counter(WORD.findall(report.normal.folded))
    total = sum([in_text[w] * (1.0 if n == 1 else _OFTEN) for w, n in words.items() if w in in_text])
    total += sum([in_headline[word] for word in set(_headline(report)) if word in in_headline])
    return total + model.weight(_marked(report, words) | _framed(report))


@cache
def _weights_of_words(language: str) -> tuple[dict[str, float], dict[str, float]]:
    """What words weigh in the text and in the headline."""
    weights = load_model(f"screen_{language}").weights
    text, headline = (
        {name.removeprefix(mark): weight for name, weight in weights.items() if name.startswith(mark)}
        for mark in (f"{language}:r:", f"{language}:h:")
    )
    return text, headline


def shared_features(report: AnnotatedReport) -> Features:
    """What the screening model weighs that is the same for every group of a report."""
    return report_features(report) | _framed(report)


def _framed(report: AnnotatedReport) -> Features:
    frame, times = frame_of(report)
    return {
        f"frame={frame}": float(min(5, times)),
        "trial": float(is_trial(report)),
        "exercise": float(is_exercise(report)),
    }


def frame_of(report: AnnotatedReport) -> tuple[str | None, int]:
    """The frame most often marked in a report, and how often."""
    counts = Counter(mark for m in report.matches if (mark := frame_mark(m)) in _UNDOING)
    if not counts:
        return None, 0
    return counts.most_common(1)[0]


def frames_near(report: AnnotatedReport, paragraphs: Collection[int]) -> Counter[str]:
    """How often each undoing frame is marked where a report says what it is about, in its headline and lead, and in
    some of its paragraphs: a match at the end of a weekly digest makes no sport of the raid told at its head. Protests
    are counted wherever they are marked: what is told of a day of them is told all over the report."""
    opening = lead_sentences(report)
    near = [s for s in report.sentences if s.title or s.index in opening or s.paragraph in paragraphs]
    marks = [mark for s in near for m in report.matches_in(s.start, s.end, "frames") if (mark := frame_mark(m))]
    frames = Counter(mark for mark in marks if mark in _UNDOING)
    if protests := sum(frame_mark(m) == "protest" for m in report.marked.get("protest", [])):
        frames["protest"] = protests
    return frames


def frame_mark(match: Match) -> str | None:
    """The frame a match marks, None where it marks none."""
    return match.entry.mark if match.file == "frames" and isinstance(match.entry, Term) else None


def is_exercise(report: AnnotatedReport) -> bool:
    """The lead speaks of an exercise, a drill or a test, and the rest of it again; the headline does; or the report
    says in so many words that what it tells was one."""
    marks = report.marked.get("exercise", [])
    said = next((m for m in marks if isinstance(m.entry, Term) and m.entry.name == WHOLE), None)
    if said is not None and any(m.end <= said.start or said.end <= m.start for m in marks):
        return True
    if marks and any(frame_mark(m) == "exercise" for m in report.title_matches):
        return True
    if len(marks) < 2:
        return False
    return any(s.start <= m.start < s.end for s in _opening(report) for m in marks)


def _opening(report: AnnotatedReport) -> list[Sentence]:
    """The headline and the lead: where a report says what it is about."""
    lead = lead_sentences(report)
    return [s for s in report.sentences if s.title or s.index in lead]


def is_no_attack(report: AnnotatedReport) -> bool:
    """The headline or the lead says that what was taken for an attack was none."""
    if any(frame_mark(m) == "no_attack" for m in report.title_matches):
        return True
    negated = report.marked.get("negation", [])
    for s in _opening(report):
        for m in report.matches_in(s.start, s.end, "frames"):
            near = [n for n in negated if m.start - _NEGATED_REACH <= n.end <= m.start]
            if frame_mark(m) == "no_attack" and not near:
                return True
    return False


def is_sting(report: AnnotatedReport) -> bool:
    """A plot that the police followed from within, or helped along with harmless explosives: nobody was in danger."""
    return bool(report.marked.get("plan")) and any(frame_mark(m) == "sting" for m in report.marked.get("sting", []))


def is_verdict(report: AnnotatedReport) -> bool:
    """A court has more to do with it than to hear a suspect for the first time."""
    marks = [m for m in report.marked.get("trial", []) if m.file == "frames"]
    marks += [m for m in report.title_matches if frame_mark(m) == "trial"]
    return any(isinstance(m.entry, Term) and m.entry.name != HEARING for m in marks)


def is_trial(report: AnnotatedReport) -> bool:
    """The headline, or the lead twice over, speaks of a court: what is judged there happened before."""
    # The title a reader gives apart from the text holds no evidence, but it says what the report is about.
    if any(frame_mark(m) == "trial" for m in report.title_matches):
        return True
    marks = [m for m in report.marked.get("trial", []) if m.file == "frames"]
    if not marks:
        return False
    if any(s.start <= m.start < s.end for s in report.sentences if s.title for m in marks):
        return True
    opening = lead_sentences(report)
    lead = [s for s in report.sentences if s.index in opening]
    return sum(s.start <= m.start < s.end for s in lead for m in marks) > 1


def is_tribute(report: AnnotatedReport) -> bool:
    """The headline or the lead speaks of a ceremony, an anniversary or mourning."""
    if any(frame_mark(m) == "tribute" for m in report.title_matches):
        return True
    marks = report.marked.get("tribute", [])
    return any(s.start <= m.start < s.end for s in _opening(report) for m in marks) if marks else False


def dismissal(report: AnnotatedReport, weight: float) -> Rejection | None:
    """Why no act of violence is looked for in a report of that `shared_weight`, where its words as a whole speak
    against one so clearly that no single telling could outweigh them; None where one is looked for.

    Raises CodingError where the language has no screening model.
    """
    first = next((m for m in report.matches if is_violent(m)), None)
    if first is None or len(report.normal.text.split()) < WORDS_TO_WEIGH:
        return None
    model = load_model(f"screen_{report.pack.language}")
    likelihood = model.probability({}, weight)
    if likelihood >= _NO_HOPE:
        return None
    evidence = (report.normal.span(first.start, first.end),)
    reason = unlikely(model, shared_features(report), likelihood)
    return Rejection(report.text[first.start : first.end], reason, evidence)


def is_violent(match: Match) -> bool:
    """Whether a word can tell of an act of violence."""
    return isinstance(match.entry, Trigger | Weapon) or (isinstance(match.entry, Harm) and match.entry.violent)


def unlikely(model: LinearModel, features: Features, likelihood: float) -> str:
    """Why the model leaves something out: its likelihood and the words of the report that weighed most against it."""
    against = [name.rsplit(":", 1)[-1] for name, part in model.strongest(features, 40) if part < 0 and ":" in name]
    words = ", ".join(dict.fromkeys(w for w in against if not w.startswith("id=")))
    return f"unlikely to be an act of violence by people ({likelihood:.2f}; words: {words[:80] or 'none told'})"
