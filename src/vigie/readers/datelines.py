"""The grammar of a dateline: place, date and agency in any usual order, then a dash or the end of the line."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from vigie.errors import DateError
from vigie.language.folding import fold
from vigie.language.head import HeadWords, head_words
from vigie.model import ReportedDate
from vigie.readers.published import read_published

_ISO = r"\d{4}-\d{2}(?:-\d{2})?(?![\d-])"
_YEAR = r"(?:19|20)\d{2}(?!\d)"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:\s?(?:er|st|nd|rd|th))?(?!\d)"
_TIME = (
    r"(?:,?\s{1,2}(?:à\s|at\s)?\d{1,2}\s?(?:h|:|\.)\s?(?:[0-5]\d)?"
    r"(?:\s?(?:am|pm|a\.m\.|p\.m\.))?(?:\s?(?:UTC|GMT)(?:\s?[+-]\d{1,2})?)?)?"
)
# A place: capitalised words, with the small ones that stand inside a name; a second part after a comma is a country
# or a state, a slash joins two places.
_NAME = r"[A-ZÀ-ÖØ-ÞŒ][\w'.-]{0,30}"
_SMALL = r"(?:d'|l'|de|du|des|la|le|les|of|the|al|el|ez|az|as|ash|sur|en|-)"
_PLACE = rf"{_NAME}(?:(?:\s{_SMALL}){{0,2}}\s{_NAME}){{0,3}}"
_PLACES = (
    rf"{_PLACE}(?:\s?/\s?{_PLACE}){{0,2}}(?:,\s{_PLACE})?"
    rf"(?:\s\({_PLACE}(?:,\s{_PLACE})?\)|\s\[{_PLACE}(?:,\s{_PLACE})?\])?"
)
_DASH = re.compile(r"\s{0,2}\.?\s{0,2}(?:[–—]|-{1,2})\s{0,2}")
# What opens a story as a dash does, behind a date or a bracket, or a place all in capitals.
_STOP = re.compile(r"\s?[:.]\s{1,2}")
_OPENING_MARK = re.compile(rf"{_DASH.pattern}|:\s")
_BRACKET = re.compile(r"\s[(\[][^()\[\]\n]*[)\]]$")
_SHORT = 4
_COUNTRY = rf"(?:,\s{_NAME}(?:\s{_NAME}){{0,3}})?"
_CAPITALS = re.compile(rf"[A-ZÀ-ÖØ-ÞŒ'’-]{{4,}}(?:[ -][A-ZÀ-ÖØ-ÞŒ'’-]{{2,}}){{0,3}}{_COUNTRY}(?=\s-\s|\.\s)")
_DIGIT = re.compile(r"\d")
_INITIALS = re.compile(r"[A-Z]{2,6}")
_GLUE = re.compile(r"[\s,.;|·•:]{0,4}")
_CLOSING = re.compile(r"[^()\n/\]]{0,40}[)/\]]")
_WORD_START = re.compile(r"(?<!\w)\w")
_TOWN = re.compile(rf"{_NAME}(?:[ -](?:{_SMALL}[ -])?{_NAME}){{0,2}}")
_SENTENCE = re.compile(r"\s[\"«“]?\s?[A-ZÀ-ÖØ-ÞŒ][\w'’]{0,20}\s[a-zà-öø-ÿœ]")
_FOLLOWS = re.compile(r"[\"'«“(\[]{0,2}\s?[A-ZÀ-ÖØ-ÞŒ0-9]")


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a dateline, with its offsets; `date` where it is a date with a year."""

    kind: Literal["place", "date", "agency"]
    start: int
    end: int
    date: ReportedDate | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    """A dateline: its pieces in order, and where the story goes on (the end of the paragraph for a lone line)."""

    pieces: tuple[Piece, ...]
    end: int


@dataclass(frozen=True, slots=True)
class Stamp:
    """A line that says when the report was published or changed."""

    kind: Literal["published", "updated"]
    pieces: tuple[Piece, ...]


class HeadGrammar:
    """Recognises datelines, bylines and date stamps in one language."""

    def __init__(self, words: HeadWords) -> None:
        self.words = words
        months = _either(words.months)
        weekdays = _either(words.weekdays)
        before = _either(words.before_date)
        week = rf"(?:{weekdays}\.?,?\s)?"
        forms = (
            rf"(?:date\s)?(?P<iso>{_ISO})",
            rf"(?:{before}\s)?{week}(?:{before}\s)?(?P<d1>{_DAY})\s(?P<m1>{months})\.?,?(?:\s(?P<y1>{_YEAR}))?{_TIME}",
            rf"(?:{before}\s)?{week}(?P<m2>{months})\.?\s(?P<d2>{_DAY})(?:,?\s(?P<y2>{_YEAR}))?{_TIME}",
            rf"(?P<d3>{_DAY})[/.](?P<n3>0?[1-9]|1[0-2])[/.](?P<y3>{_YEAR}){_TIME}",
        )
        # Matched against folded text, which has the same length: "fev" finds "Fév".
        self._date = re.compile("|".join(f"(?:{f})" for f in forms), re.IGNORECASE)
        self._place = re.compile(_PLACES)
        self._byline = re.compile(rf"(?:{_either(words.byline)})\s:?\s?(?P<name>[^\n]{{3,120}})", re.IGNORECASE)
        self._agency = re.compile(rf"{_PLACE}(?:/{_PLACE}){{0,2}}(?=\s?[)\]])")
        self._agency_word = re.compile(rf"\b{_either(words.agency_words)}\b")
        where = _either(words.byline_place)
        self._person = re.compile(
            rf"(?:{where}\s)?{_PLACE}(?:(?:,|\s(?:et|and|&|avec|with|{where}))\s{_PLACE}){{0,4}}\.?"
        )
        self._published = re.compile(rf"(?:{_either(words.published)})\s?:?\s", re.IGNORECASE)
        self._updated = re.compile(rf"(?:{_either(words.updated)})\s?:?\s", re.IGNORECASE)

    def prefix(self, text: str, start: int, end: int, agencies: Sequence[tuple[int, int]]) -> Prefix | None:
        """The dateline that text[start:end] begins with, or None. `agencies` are offsets of agency names in it."""
        pieces: list[Piece] = []
        at = start
        bracketed = False
        for _ in range(5):
            glue = _GLUE.match(text, at, end)
            next_at = glue.end() if glue else at
            opened = next_at < end and text[next_at] in "(/["
            piece = self._piece(text, next_at + opened, end, agencies, pieces, opened=opened)
            if piece is None or (piece.kind == "date" and _runs_on(text, pieces, at, next_at)):
                break
            pieces.append(piece)
            at = piece.end
            if opened:
                closing = _CLOSING.match(text, at, end)
                if closing is None:
                    return None
                at = closing.end()
                bracketed = bracketed or piece.kind == "agency"
        if not pieces:
            return None
        found = self._accept(text, start, at, end, pieces, bracketed=bracketed)
        if found and found.end < end and [p.kind for p in pieces] == ["agency"]:
            more = self.prefix(text, found.end, end, agencies)  # "(ANSA) - ROME, MAY 3 - "
            return Prefix(found.pieces + more.pieces, more.end) if more else found
        return found

    def stamp(self, text: str, start: int, end: int) -> Stamp | None:
        """The line text[start:end] as "Publié le 3 mars 2024" or "Last updated: March 3, 2024", or None."""
        if end - start > 160:
            return None
        flat = fold(text[start:end])
        for kind, pattern in (("updated", self._updated), ("published", self._published)):
            found = pattern.match(flat)
            if found is None:
                continue
            piece = self._date_piece(text, start + found.end(), end)
            if piece is None and kind == "published":
                return None
            pieces = (piece,) if piece else ()
            return Stamp("updated" if kind == "updated" else "published", pieces)
        return None

    def date_in(self, line: str) -> ReportedDate | None:
        """The first date with a day and a year in a line ("STOCKHOLM, Aug 29, 2014 (AFP) -"), or None."""
        flat = fold(line)
        for word in _WORD_START.finditer(flat):
            found = self._date.match(flat, word.start())
            date = self._day(found) if found else None
            if date is not None and date.grain == "day":
                return date
        return None

    def is_byline(self, line: str) -> bool:
        """Whether a line names the writer: "Par Jean Dupont à Bagdad", "By Jane Doe and John Roe"."""
        found = self._byline.fullmatch(fold(line))
        if found is None:
            return False
        name = line[found.start("name") :].strip()
        return bool(self._person.fullmatch(name)) and not name.endswith(("!", "?")) and len(name.split()) <= 14

    def _piece(
        self,
        text: str,
        at: int,
        end: int,
        agencies: Sequence[tuple[int, int]],
        so_far: Sequence[Piece],
        *,
        opened: bool,
    ) -> Piece | None:
        kinds = {p.kind for p in so_far}
        agency = next((a for a in agencies if a[0] == at and a[1] <= end), None)
        if agency is None and opened:
            named = self._agency.match(text, at, end)
            if named and (
                self._agency_word.search(fold(named.group()))
                or _before_dash(text, named.end(), so_far)
                or (kinds == {"place", "date"} and _INITIALS.fullmatch(named.group()))
            ):  # "Karimpur, May 22 (NWB) A guard was killed"
                agency = (at, named.end())
        if agency and "agency" not in kinds:
            return Piece("agency", *agency)
        date = self._date_piece(text, at, end)
        if date and "date" not in kinds:
            return date
        if "place" not in kinds and (not opened or so_far or _bracketed_town(text, at, end)):
            bracket = text.find("(", at, end)
            if bracket >= 0 and self._agency_word.search(fold(text[bracket : bracket + 40].split(")")[0])):
                end = bracket
            return self._place_piece(text, at, min([end, *(a[0] for a in agencies if a[0] > at)]))
        return None

    def _place_piece(self, text: str, at: int, end: int) -> Piece | None:
        """Place words, cut before a comma that a date follows ("ADEN, March 3")."""
        found = self._place.match(text, at, end)
        if found is None:
            return None
        stop = found.end()
        flat = fold(text[at:stop])
        for comma in re.finditer(r",\s", flat):
            if self._date.match(fold(text[at : min(end, stop + 40)]), comma.end()):
                stop = at + comma.start()
                break
        name = _CAPITALS.match(text, at, stop)  # "BEYROUTH - L'explosion", "MOSSOUL. Il": the story begins behind it
        if name is not None:
            stop = name.end()
        words = text[at:stop].rstrip(" .")
        if (
            not words
            or words in ("UTC", "GMT")
            or self._date.match(fold(words))
            or fold(words.split()[0]) in self.words.function_words
        ):
            return None
        return Piece("place", at, at + len(words))

    def _date_piece(self, text: str, at: int, end: int) -> Piece | None:
        if _DIGIT.search(text, at, min(end, at + 80)) is None:  # there is one in every form of a date
            return None
        found = self._date.match(fold(text[at : min(end, at + 80)]))
        if found is None:
            return None
        return Piece("date", at, at + len(found.group().rstrip()), self._day(found))

    def _day(self, found: re.Match[str]) -> ReportedDate | None:
        """The date a match stands for; None where it has no year or is on no calendar."""
        if found["iso"]:
            try:
                return read_published(found["iso"])
            except DateError:
                return None
        month = self.words.months.get(found["m1"] or found["m2"] or "") or (int(found["n3"]) if found["n3"] else None)
        year = found["y1"] or found["y2"] or found["y3"]
        number = re.match(r"\d+", found["d1"] or found["d2"] or found["d3"] or "")
        if not month or not year or number is None:
            return None
        if int(number.group()) > calendar.monthrange(int(year), month)[1]:
            return None
        day = dt.date(int(year), month, int(number.group()))
        return ReportedDate(day, day, "day", "stated", found.group().strip())

    def _accept(
        self, text: str, start: int, at: int, end: int, pieces: Sequence[Piece], *, bracketed: bool
    ) -> Prefix | None:
        """The pieces as a dateline where what follows them shows that they are one."""
        kinds = {p.kind for p in pieces}
        whole = Prefix(tuple(pieces), end)
        dash = _DASH.match(text, at, end)
        rest = text[at:end].strip(" .:,-–—|")
        if not rest:  # a line of its own
            dated = any(p.date for p in pieces)
            return whole if dated or ("date" in kinds and len(kinds) > 1) or bracketed else None
        if dash and _FOLLOWS.match(text, dash.end(), end):
            goes_on = Prefix(tuple(pieces), dash.end())
            if "agency" in kinds or "date" in kinds:
                return goes_on
            place = text[pieces[0].start : pieces[0].end]
            spaced = text[at] == " " and (_capitals(place) or dash.group().strip(" .") in ("–", "—", "--"))
            short = place.isupper() or len(place.split()) <= 2 or _capitals(place)
            return goes_on if _prose(text, start, end) and spaced and short else None
        stop = _STOP.match(text, at, end)
        if stop and _prose(text, start, end) and _FOLLOWS.match(text, stop.end(), end):
            place = text[pieces[0].start : pieces[0].end]
            if pieces[0].kind == "place" and _capitals(place) and (len(pieces) > 1 or len(place) >= _SHORT):
                return Prefix(tuple(pieces), stop.end())
        glue = _GLUE.match(text, at, end)
        after = glue.end() if glue else at
        if bracketed and _FOLLOWS.match(text, after, end) and ("place" in kinds or at - start <= 12):
            return Prefix(tuple(pieces), after)
        if kinds == {"place"} and text[start] == "(" and _prose(text, start, end):
            return Prefix(tuple(pieces), after) if _opens_story(text, pieces[0].start, at, end) else None
        first = fold(text[start : start + 5]) == "date "
        if first and pieces[0].date is not None:
            return Prefix(tuple(pieces), after)
        return None


def _capitals(place: str) -> bool:
    """Whether the town is all in capitals, whatever country or agency stands behind it ("MORELIA, Mexico (PCN)")."""
    town = _BRACKET.sub("", place).split(",")[0]
    return town.isupper() and len(town) >= _SHORT


def _bracketed_town(text: str, at: int, end: int) -> bool:
    """Whether a town stands alone in brackets: in capitals before a dash ("(MORELIA) — Four men …"), or right before
    the story ("(Lomé) Quatre hommes …")."""
    town = _CLOSING.match(text, at, end)
    if town is None:
        return False
    if _capitals(town.group()[:-1]):
        return bool(_OPENING_MARK.match(text, town.end()))
    return _opens_story(text, at, town.end(), end)


def _opens_story(text: str, at: int, closed: int, end: int) -> bool:
    """A name of one to three words in brackets, no initials, right before a sentence."""
    name = text[at : closed - 1]
    return bool(_TOWN.fullmatch(name)) and not name.isupper() and bool(_SENTENCE.match(text, closed, end))


def _prose(text: str, start: int, end: int) -> bool:
    """Whether a paragraph ends as a sentence does."""
    return text[start:end].rstrip().endswith((".", "»", "”", '"', "!", "?", "…"))


def _before_dash(text: str, at: int, so_far: Sequence[Piece]) -> bool:
    """Whether a bracket after a place or a date closes right before a dash or a colon: what it holds is the agency,
    known or not ("MOSUL, Iraq, Feb 26 (Agence Ponant) –")."""
    closing = _CLOSING.match(text, at)
    return bool(so_far) and closing is not None and bool(_OPENING_MARK.match(text, closing.end()))


def _runs_on(text: str, so_far: Sequence[Piece], at: int, date_at: int) -> bool:
    """Whether a date follows a place that is not in capitals with no comma: "Évènements du 29 juin"."""
    if not so_far or so_far[-1].kind != "place":
        return False
    return (
        not text[at:date_at].strip() and not text[so_far[-1].start : so_far[-1].end].isupper() and text[at - 1] != ")"
    )


@cache
def head_grammar(language: str) -> HeadGrammar:
    """The grammar of a language. Raises LanguageUnavailable where it has no head words."""
    return HeadGrammar(head_words(language))


def _either(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    names = sorted(words, key=lambda w: (-len(w), w))
    return "(?:" + "|".join(re.escape(name) for name in names) + ")"
