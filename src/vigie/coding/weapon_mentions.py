"""Weapons named in a sentence: whether they are in use, how many there are, and what became of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vigie.coding.annotated import AnnotatedReport, spaced, spaced_phrases, within
from vigie.language.grammar import Grammar
from vigie.language.pack import Match
from vigie.language.schema import Term, Trigger, Weapon
from vigie.mentions.values import QuantityMention
from vigie.model.coded import Outcome
from vigie.text.segments import Sentence

_WORD = re.compile(r"\w+")
# Weapons that hurt from afar or by blast: naming one in use tells of an act.
MUNITIONS = frozenset(
    "rocket missile drone mortar artillery aerial_bomb bomb car_bomb suicide_vest grenade mine".split()
)
# Weapons of which one person may get several shots or stabs.
STRIKES_OFTEN = frozenset({"firearm", "knife"})
_SEIZED_REACH = 64
# Kinds of weapon that a word alone does not show in use; how far before one stands "with" or "armed with", and how many
# words may lie between, also where another tool is named first.
_TOOLS = frozenset({"other", "firearm", "rocket", "grenade", "bomb"})
_MEANS_REACH, _MEANS_WORDS, _MEANS_WORDS_BESIDE = 56, 2, 6
# How far before a weapon a word for where or why it is kept may stand, and how many words back.
_KEPT_REACH, _KEPT_WORDS = 40, 4
# Entries of weapons that are swung by hand, and of rockets that are fired from the shoulder.
HANDHELD = frozenset({"rocket_launcher", "by_rocket"})
HAND_TOOLS = frozenset({"blunt", "blow_of_tool", "knife", "blow_of_blade"})
# How far behind a word for firing what was fired may be told.
_FIRED_REACH = 70


@dataclass(frozen=True, slots=True)
class WeaponMention:
    """A weapon named in a sentence, with how many where said, and what became of it; handheld: fired from the shoulder
    at what is seen, which is no shelling."""

    start: int
    end: int
    kind: str
    quantity: QuantityMention | None = None
    count: int | None = None
    outcome: Outcome = "unknown"
    implied: bool = False
    single: bool = True
    handheld: bool = False


def munition_named(report: AnnotatedReport, match: Match) -> bool:
    """Right beside a bare word for firing ("missiles fired at a vessel"), a munition says what was fired."""
    if match.entry.id not in {"shoot_weak", "fire_weapon", "launch_verb"}:
        return False
    near = report.matches_in(max(0, match.start - 60), match.end + 60, "weapons")
    return any(isinstance(m.entry, Weapon) and m.entry.kind in MUNITIONS for m in near)


def fired_with(report: AnnotatedReport, sentence: Sentence, match: Match, grammar: Grammar) -> bool:
    """What was fired is told behind as the means ("opened fire on the village with rocket launchers")."""
    end = min(sentence.end, match.end + _FIRED_REACH)
    return any(
        isinstance(m.entry, Weapon) and m.entry.kind in MUNITIONS and by_means(report, sentence, m, grammar)
        for m in report.matches_in(match.end, end, "weapons")
    )


def _seized(report: AnnotatedReport, sentence: Sentence, match: Match, grammar: Grammar) -> bool:
    """Taken from somebody, not used: "seized ten rifles and a drone"."""
    low = max(sentence.start, match.start - _SEIZED_REACH)
    stretch = report.normal.folded[low : match.start]
    words = [w for w in _WORD.finditer(stretch) if w[0].startswith(grammar.seizes)]
    return bool(words) and not re.search(r"[,;:.()]", stretch[words[-1].end() :])


def find_weapons(report: AnnotatedReport, sentence: Sentence, grammar: Grammar) -> list[WeaponMention]:
    """Weapons named in a sentence, with the number right before them and their outcome where said."""
    counts = [q for q in within(report.quantities, sentence.start, sentence.end) if q.unit == "count"]
    outcome = _outcome(report, sentence)
    found: list[WeaponMention] = []
    for m in report.matches_in(sentence.start, sentence.end, "weapons"):
        if not isinstance(m.entry, Weapon):
            continue
        count = _count_of(report, m, counts, grammar) if m.entry.countable else None
        used = m.entry.fired or _just_fired(report, m) or (_is_tool(m.entry) and by_means(report, sentence, m, grammar))
        idle = not used or _seized(report, sentence, m, grammar) or _kept(report, m, grammar)
        if not m.entry.fired and m.entry.kind != "other":
            count = None  # "with a rifle": the kind, not how many
        handheld = m.entry.id in HANDHELD
        found.append(WeaponMention(m.start, m.end, m.entry.kind, count, None, outcome, idle, handheld=handheld))
    return found


def _just_fired(report: AnnotatedReport, match: Match) -> bool:
    """Right behind a word for firing ("fired rocket-propelled grenades")."""
    for m in report.matches_in(max(0, match.start - _SEIZED_REACH), match.start, "triggers"):
        fires = isinstance(m.entry, Trigger) and m.entry.object == "weapon" and m.entry.pos == "verb"
        if fires and m.end <= match.start and len(_WORD.findall(report.normal.folded, m.end, match.start)) <= 1:
            return True
    return False


def _is_tool(entry: Weapon) -> bool:
    """A weapon that one may attack "with"; ammunition is what one makes off with."""
    return entry.kind in _TOOLS and (entry.kind != "firearm" or entry.countable)


def by_means(report: AnnotatedReport, sentence: Sentence, match: Match, grammar: Grammar) -> bool:
    """Told as the tool of a deed: "with a hammer", « à coups de marteau », "armed with a knife and an iron bar"."""
    low = max(sentence.start, match.start - _MEANS_REACH)
    stretch = f"{spaced(report.normal.folded[low : match.start])} "
    ends = [at + len(p) for p in spaced_phrases(grammar.by_means) if (at := stretch.rfind(f"{p} ")) >= 0]
    beside = report.matches_in(low, match.start, "weapons")
    between = stretch[max(ends, default=0) :].split()
    return bool(ends) and len(between) <= (_MEANS_WORDS_BESIDE if beside else _MEANS_WORDS)


def _kept(report: AnnotatedReport, match: Match, grammar: Grammar) -> bool:
    """Named only for what has to do with it: "a missile depot", "the bomb squad", « une alerte à la bombe »."""
    folded = report.normal.folded
    behind = _WORD.match(folded, match.end + 1)
    if behind is not None and folded[match.end] in " -" and behind[0] in grammar.kept_behind:
        return True
    before = _WORD.findall(folded[max(0, match.start - _KEPT_REACH) : match.start])[-_KEPT_WORDS:]
    at = next((k for k in range(len(before) - 1, -1, -1) if before[k] not in grammar.kept_joins), None)
    return at is not None and at < len(before) - 1 and before[at] in grammar.kept_before


def _count_of(
    report: AnnotatedReport, match: Match, counts: Sequence[QuantityMention], grammar: Grammar
) -> QuantityMention | None:
    """The number right before the word or within it ("drove over a mine"); across other things told it counts them
    ("an attack with grenades", "seven were hurt and the bomb …")."""
    for q in reversed(counts):
        if match.start <= q.start and q.end <= match.end:
            return q
        if q.end <= match.start:
            gap = report.normal.folded[q.end : match.start]
            words = _WORD.findall(gap)
            opens_of = bool(words) and bool({words[0], f"{words[0]}'"} & grammar.of)
            counted = words[1:] if opens_of else words  # "dozens of rockets"
            across = len(words) > 3 or any(w in grammar.not_counted_across for w in counted)
            return None if across or re.search(r"[,.;:()]", gap) else q
    return None


def _outcome(report: AnnotatedReport, sentence: Sentence) -> Outcome:
    marks = {
        m.entry.mark for m in report.matches_in(sentence.start, sentence.end, "modality") if isinstance(m.entry, Term)
    }
    if "intercepted" in marks:
        return "intercepted"
    if "failed" in marks:
        return "failed"
    if marks & {"near", "outside"}:
        return "fell_near"
    return "unknown"
