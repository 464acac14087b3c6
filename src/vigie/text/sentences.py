"""Paragraphs and sentences of a normalised text.

A paragraph is a line, save where a text was broken at a fixed width: then the lines of a block are joined.
A sentence ends at a full stop, question or exclamation mark or ellipsis, with the quotation marks and brackets
that close after it, when what follows can begin a sentence. Which full stops end nothing (titles, months,
initials, "U.S.") is decided by the closed lists below: they are typography, not vocabulary of the subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from vigie.text.segments import Sentence

# A full stop after these never ends a sentence: a name or a number follows.
_TITLES = {
    "fr": "m mm mme mmes mlle mlles dr drs pr prs me mgr st ste gén gal col cdt cne lt ltn adj sgt cap no n° nos art "
    "av bd env cf fig vol chap p pp r sr mr ms",
    "en": "mr mrs ms messrs dr drs prof gen lt col maj sgt cpl capt cmdr cdr brig adm gov sen rep reps rev st ft "
    "mt hon pres spc pfc pvt supt insp det amb sec vs no nos fig vol pp cf approx est ret mt rt",
}
# A full stop after these ends a sentence only when an ordinary sentence opener follows.
_SHORT = {
    "fr": "etc janv févr fév avr juil sept oct nov déc tél apr av j.-c u.s u.k e.-u o.n.u n.b",
    "en": "etc inc corp co ltd jr sr bros dept univ ave blvd jan feb mar apr jun jul aug sep sept oct nov dec a.m p.m "
    "u.s u.k u.n u.s.a e.u d.c b.c a.d i.e e.g",
}
_OPENERS = {
    "fr": "le la les l' un une des ce cette ces cet il elle ils elles on selon d'après mais dans en au aux à pour par "
    "sur depuis après avant plusieurs deux trois quatre aucun aucune l'un toutes tous son sa ses leur leurs nous je si "
    "quand lorsque alors cela c'est et",
    "en": "the a an it he she they we this that these those there in on at for from by with after before since during "
    "according but and however his her their its our i you no not one two three several many some when while as if "
    "police officials authorities",
}
_NEVER = {language: frozenset(words.split()) for language, words in _TITLES.items()}
_SELDOM = {language: frozenset(words.split()) for language, words in _SHORT.items()}
_OPENER = {language: frozenset(words.split()) for language, words in _OPENERS.items()}

_LINE = re.compile(r"[^\n]+")
_STOP = re.compile(
    r"""
    (?P<mark>[.!?…]{1,8})
    (?P<closing>(?:\ ?[»”"')\]])*)
    (?P<gap>\s+(?P<dash>[–—-]\s+)?)
    (?=(?P<next>[«“"(\[–—•*-]*\s?\S))
    """,
    re.VERBOSE,
)
_WORD_BEFORE = re.compile(r"[\w°.'-]{0,14}$")
_WORD_AFTER = re.compile(r"[«“\"(\[\s–—•*-]{0,4}([^\W\d_]+'?(?:[^\W\d_]+)?)")
_FINAL = re.compile(r"[.!?…:;,][\s»”\"')\]]*$")
_CALENDAR_LINE = re.compile(r"\b(?:19|20)\d\d\b")
_WORDY = re.compile(r"\w")
_BRACKET = re.compile(r"[()]")

# A parenthesis holds a sentence break only when it is longer than this; shorter ones stay in one piece.
_LONGEST_ASIDE = 240
# The longest of 18,700 sentences of news had 900 characters. What goes on beyond this is a list or a text without
# full stops; it is cut, so that the time it takes grows no faster than its length.
_LONGEST_SENTENCE = 1200
_CLAUSE_ENDS = ("; ", ", ", " ")
# Lines of a text broken at a fixed width are about as long as one another, and this long.
_WRAPPED = (50, 110)


def split_sentences(text: str, language: str) -> tuple[Sentence, ...]:
    """The sentences of `text` (normalised), in order; every character that is no white space lies in exactly one.

    `language` is a code with rules ("fr", "en"); any other is read with the English ones.
    """
    rules = language if language in _NEVER else "en"
    found: list[Sentence] = []
    for number, (start, end, title) in enumerate(_paragraphs(text)):
        for a, b in _no_longer(text, _cut(text, start, end, rules)):
            if found and found[-1].paragraph == number and not _WORDY.search(text, a, b):
                # Marks alone (a dash, a stray quotation mark) belong to the sentence before them.
                found[-1] = Sentence(len(found) - 1, found[-1].start, b, number, title)
            else:
                found.append(Sentence(len(found), a, b, number, title))
    return tuple(found)


def _paragraphs(text: str) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether a headline) of each paragraph, without white space at its ends."""
    blocks: list[list[tuple[int, int]]] = []
    for m in _LINE.finditer(text):
        line = m[0]
        if not line.strip():
            continue
        bounds = (m.start() + len(line) - len(line.lstrip()), m.end() - len(line) + len(line.rstrip()))
        if blocks and text.count("\n", blocks[-1][-1][1], bounds[0]) == 1:
            blocks[-1].append(bounds)
        else:
            blocks.append([bounds])
    if blocks and _is_title(text, blocks):
        title = blocks[0].pop(0)
        yield title[0], title[1], True
    for block in blocks:
        if block:
            yield from _join(text, block)


def _is_title(text: str, blocks: list[list[tuple[int, int]]]) -> bool:
    """The first line is a headline: no final mark, not a date, and a body follows."""
    start, end = blocks[0][0]
    line = text[start:end]
    alone = len(blocks) == 1 and len(blocks[0]) == 1
    if alone or len(line) > 200 or _FINAL.search(line) or line[-1] in "–—-" or _wrapped(text, blocks[0]):
        return False
    return not (_CALENDAR_LINE.search(line) and len(line.split()) <= 5)


def _wrapped(text: str, block: list[tuple[int, int]]) -> bool:
    """Whether the lines of a block were broken at a fixed width."""
    body = block[:-1]
    lengths = [end - start for start, end in body]
    unfinished = sum(1 for start, end in body if not _FINAL.search(text[start:end]))
    return (
        len(block) >= 3
        and all(_WRAPPED[0] <= n <= _WRAPPED[1] for n in lengths)
        and min(lengths) >= 0.6 * max(lengths)
        and unfinished * 2 > len(lengths)
    )


def _join(text: str, block: list[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """Paragraphs of a block of lines without a blank one: a line each, or all one where the text was wrapped."""
    if _wrapped(text, block):
        yield block[0][0], block[-1][1], False
        return
    start, end = block[0]
    for a, b in block[1:]:
        if text[a].islower() and not _FINAL.search(text[start:end]) and end - start >= 30:
            end = b
            continue
        yield start, end, False
        start, end = a, b
    yield start, end, False


def _cut(text: str, start: int, end: int, rules: str) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences of one paragraph."""
    asides: list[tuple[int, int]] | None = None
    position = start
    for m in _STOP.finditer(text, start, end):
        if not _ends(text, m, position, rules):
            continue
        if asides is None:
            asides = _asides(text, start, end)
        if any(a < m.start() < b - 1 for a, b in asides) and not m["closing"].strip().endswith(")"):
            continue
        # A dash after the stop ("12 mai 2017. – Une bombe…") is the date line's, not the next sentence's.
        stop = m.end("closing") if not m["dash"] else m.end("gap")
        stop = len(text[:stop].rstrip()) if text[stop - 1].isspace() else stop
        yield position, stop
        position = m.end()
    if position < end:
        yield position, end


def _no_longer(text: str, sentences: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sentences, the overlong ones cut where a clause or at least a word ends."""
    for start, end in sentences:
        while end - start > _LONGEST_SENTENCE:
            low, high = start + _LONGEST_SENTENCE // 2, start + _LONGEST_SENTENCE
            at = next((k + len(m) for m in _CLAUSE_ENDS if (k := text.rfind(m, low, high)) >= 0), high)
            yield start, at - 1 if text[at - 1] == " " else at
            start = at
        if start < end:
            yield start, end


def _asides(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Short pairs of round brackets, innermost ones included."""
    opened: list[int] = []
    found: list[tuple[int, int]] = []
    for m in _BRACKET.finditer(text, start, end):
        if m[0] == "(":
            opened.append(m.start())
        elif opened:
            first = opened.pop()
            if m.end() - first <= _LONGEST_ASIDE:
                found.append((first, m.end()))
    return found


def _ends(text: str, m: re.Match[str], position: int, rules: str) -> bool:
    """Whether the mark found ends a sentence."""
    after = m["next"]
    first = after[-1]
    if first.islower():
        return False
    mark = m["mark"]
    closing = m["closing"].strip()
    if mark[-1] in "!?":
        return True
    if mark != ".":
        return first.isupper() or first.isdigit() or not first.isalnum()
    if closing:
        return True
    before = _WORD_BEFORE.search(text, max(position, m.start() - 14), m.start())
    word = before[0].strip("'").rsplit("'", 1)[-1].lower() if before else ""
    if not word:
        return True
    if word in _NEVER[rules] and not _title_is_word(word, text, m):
        return False
    single = len(word) == 1 and word.isalpha()
    dotted = "." in word and len(word) <= 7
    if single or dotted or word in _SELDOM[rules]:
        if single and text[m.start() - 1].islower():
            return True
        return _opens(text, m.end("gap"), rules)
    return True


def _title_is_word(word: str, text: str, m: re.Match[str]) -> bool:
    """ "no." and "no" (the answer), "me.", "art.", "est.": words when no number or name can follow."""
    following = text[m.end() : m.end() + 1]
    if word in {"no", "nos", "n°", "p", "pp", "fig", "vol", "art", "chap"}:
        return not following.isdigit()
    return word in {"me", "ms", "est", "cap", "sec", "det", "mar"} and text[m.start() - len(word)].islower()


def _opens(text: str, position: int, rules: str) -> bool:
    """Whether an ordinary first word of a sentence stands at `position`."""
    m = _WORD_AFTER.match(text, position)
    if not m:
        return False
    word = m[1].lower()
    return word in _OPENER[rules] or word.split("'")[0] + "'" in _OPENER[rules]
