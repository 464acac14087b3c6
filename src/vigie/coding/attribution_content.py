"""What is said: the stretches of text that an attribution covers, and how they are put."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vigie.coding.annotated import AnnotatedReport
from vigie.coding.attribution_find import Found
from vigie.coding.attribution_words import load_speech_words
from vigie.language.schema import Cue
from vigie.model.coded import Modality, Mode

Stretch = tuple[int, int]
_VIOLENCE = ("triggers", "harm", "weapons")
_WORDY = re.compile(r"\w")
# A subject before an inserted speaker has hardly more words.
_SUBJECT_WORDS = 8
# A quotation of fewer words is a turn of phrase inside indirect speech.
_DIRECT_WORDS = 4


def said_by(report: AnnotatedReport, founds: Sequence[Found]) -> list[tuple[Stretch, ...]]:
    """For each attribution of one sentence (in text order), the stretches of what is said.

    What follows a speaker and verb goes up to the next speaker's words; what stands before an inverted verb or
    "selon" goes back to the end of the one before. A quotation that is touched is taken whole, also where it
    began sentences earlier; after a colon at the sentence's end the quotation that follows is taken.
    """
    if not founds:
        return []
    sentence = report.sentences[founds[0].sentence]
    out: list[tuple[Stretch, ...]] = []
    for n, found in enumerate(founds):
        low, high = found.segment
        previous = max((f.segment[1] for f in founds[:n]), default=sentence.start)
        following = min((f.segment[0] for f in founds[n + 1 :] if f.segment[0] >= high), default=sentence.end)
        before = (min(previous, low), low)
        after = (high, max(following, high))
        forward = found.after
        postposed = found.verb and forward and _postposed(report, sentence.start, before, after)
        if postposed:
            forward = False
        if not found.verb:
            # "Selon X, C" against "C, selon X".
            forward = not report.text[before[0] : before[1]].strip(" ,;:«»“”\"'()–—-") or _opens_clause(report, before)
        stretches = [after] if forward else [before]
        if found.verb and not forward and _worth(report, after) and _quotation_at(report, after[0]):
            stretches.append(after)
        elif not forward and _thrown_in(report, before, after):
            stretches = [before, after]
        if not any(_worth(report, s) for s in stretches):
            stretches = [before if forward else after]
        thrown_in = stretches == [before, after]
        whole = [_with_quotation(report, s) for s in stretches if thrown_in or _worth(report, s)]
        if report.text[high:following].rstrip().endswith(":") or (
            following == sentence.end and report.text[: sentence.end].rstrip().endswith(":")
        ):
            whole = [*whole, *_block(report, sentence.index)]
        out.append(tuple(dict.fromkeys(whole)))
    for n in range(len(founds) - 2, -1, -1):
        if founds[n + 1].citing and not any(_worth(report, s) for s in out[n]):
            out[n] = out[n + 1]  # "Selon l'agence, citant une source, …": both say it
    for n, found in enumerate(founds):
        if not any(_worth(report, s) for s in out[n]):  # "…, villagers and the mayor said": both say it
            beside = (m for m, other in enumerate(founds) if other.cue == found.cue)
            out[n] = next((out[m] for m in beside if any(_worth(report, s) for s in out[m])), out[n])
    return out


def _postposed(report: AnnotatedReport, start: int, before: Stretch, after: Stretch) -> bool:
    """Whether speaker and verb come after what is said ("…, an officer told reporters on Monday"): a comma or a
    quotation stands before the speaker, and only what is before speaks of violence."""
    head = report.text[start : before[1]].rstrip()
    if not head or head[-1] not in ',»”"' or len(report.text[before[0] : before[1]].split()) < 3:
        return False
    return bool(report.matches_in(*before, *_VIOLENCE)) and not report.matches_in(*after, *_VIOLENCE)


def _thrown_in(report: AnnotatedReport, before: Stretch, after: Stretch) -> bool:
    """Whether speaker and cue stand between a subject and its verb ("Les tirs, selon la police, ont duré une heure"):
    no verb before them, a comma on either side."""
    words = report.text[before[0] : before[1]].lower().split()
    if not 0 < len(words) <= _SUBJECT_WORDS or not report.text[: before[1]].rstrip().endswith(","):
        return False
    g = load_speech_words(report.pack.language)
    verbs = (m.entry for m in report.matches_in(*before, "triggers", "harm"))
    if any(getattr(e, "pos", None) == "verb" for e in verbs) or any(w in g.auxiliaries or w in g.be for w in words):
        return False
    return report.text[after[0] : after[1]].lstrip().startswith(",") and _worth(report, after)


def _opens_clause(report: AnnotatedReport, before: Stretch) -> bool:
    """Whether only a few words of transition stand before "selon" ("Cependant, selon la police, …")."""
    words = report.text[before[0] : before[1]].split()
    return len(words) <= 2


def _worth(report: AnnotatedReport, stretch: Stretch) -> bool:
    return len(_WORDY.findall(report.text, stretch[0], min(stretch[1], stretch[0] + 60))) >= 3


def _quotation_at(report: AnnotatedReport, offset: int) -> bool:
    return any(offset <= q.start <= offset + 6 for q in report.quotations)


def _with_quotation(report: AnnotatedReport, stretch: Stretch) -> Stretch:
    """The stretch, trimmed, reaching back to the start of a quotation it begins inside."""
    start, end = stretch
    for q in report.quotations:
        if q.start < start <= q.end:
            start = q.start
        if q.start < end < q.end:
            end = q.end
    text = report.text
    while start < end and (text[start].isspace() or text[start] in ",;:.»”)"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:("):
        end -= 1
    return start, end


def _block(report: AnnotatedReport, index: int) -> list[Stretch]:
    """The quotation after a colon that ends a sentence: the sentences that lie in it, or the next paragraph."""
    if index + 1 >= len(report.sentences):
        return []
    following = report.sentences[index + 1]
    for q in report.quotations:
        if following.start <= q.start <= following.start + 3:
            return [(q.start, q.end)]
    paragraph = [s for s in report.sentences[index + 1 :] if s.paragraph == following.paragraph]
    own = report.sentences[index].paragraph
    if following.paragraph == own:
        return []
    return [(paragraph[0].start, paragraph[-1].end)]


def mode_of(report: AnnotatedReport, stretches: Sequence[Stretch]) -> Mode:
    """direct where the words are quoted, indirect where they are reported."""
    for start, end in stretches:
        for q in report.quotations:
            if q.start < end and q.end > start and len(report.text[q.start : q.end].split()) >= _DIRECT_WORDS:
                return "direct"
    return "indirect"


def modality_of(report: AnnotatedReport, stretches: Sequence[Stretch]) -> Modality:
    """conditional where the press conditional is used, hedged where another hearsay mark stands, else stated."""
    found: Modality = "stated"
    for start, end in stretches:
        for match in report.matches_in(start, end, "cues"):
            if isinstance(match.entry, Cue) and match.entry.kind == "report":
                if match.entry.id == "conditionnel":
                    return "conditional"
                found = "hedged"
    return found
