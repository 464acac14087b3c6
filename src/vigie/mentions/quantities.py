"""Numbers with their hedges, ranges and units."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vigie.language.numeric import Numeric, load_numeric
from vigie.language.token_patterns import Tokens
from vigie.mentions.date_scan import scan_dates
from vigie.mentions.numbers import Number, number_at, part_of_name
from vigie.mentions.values import QuantityMention, Unit
from vigie.model.quantities import Hedge, Quantity, bounds

# A person's age as the press gives it between commas or brackets.
_AGES = range(1, 111)
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class _Counted:
    """A number with what stands round it: token ranges of the whole mention and of its words with the hedge."""

    start: int
    end: int
    low: int | None
    high: int | None
    hedge: Hedge
    kind: str
    unit: Unit = "count"
    partitive: bool = False
    text_end: int | None = None


def find_quantities(text: str, language: str, include_articles: bool = True) -> tuple[QuantityMention, ...]:
    """All numbers in `text` (normalised), in text order, with the bounds their hedge gives
    (vigie.model.quantities.bounds; orders of magnitude as in the coded-report contract).

    A range is one mention. Numbers that are part of a date are left out. With `include_articles`, "un", "une",
    "a", "an" right before a word they can count are quantities of 1 whose words are the article alone.
    Raises LanguageUnavailable for a language without quantities.yaml.
    """
    numeric = load_numeric(language)
    scan = scan_dates(text, language)
    tokens = scan.tokens
    words = tokens.words
    starts = numeric.starts
    spans = iter([(n.first, n.last) for n in scan.named])
    nowhere = (len(words), len(words))
    date = next(spans, nowhere)
    found: list[_Counted] = []
    free = 0  # the first token that no mention and no date before has taken
    for i in [i for i, word in enumerate(words) if word in starts or word[0].isdigit()]:
        while i >= date[0]:
            free, date = max(free, date[1]), next(spans, nowhere)
        counted = _counted(tokens, i, free, date[0], numeric) if i >= free else None
        if counted is not None:
            if include_articles or counted.kind != "article":
                found.append(counted)
            free = max(counted.end, i + 1)
            unit = numeric.units_after.at(words, free) if counted.unit == "percent" else None
            free = free if unit is None else unit[0]  # the "cent" of "pour cent" is no number
    return tuple(_mention(tokens, c) for c in _shared_units(found, tokens, numeric))


def _counted(tokens: Tokens, i: int, used: int, stop: int, numeric: Numeric) -> _Counted | None:
    """The mention whose number begins at token i; `used` is the first token free for its hedge, `stop` the first
    that is taken by a date."""
    if tokens.words[i].isdigit():
        told = _clock(tokens, i, numeric) or _ordinal(tokens, i, numeric)
        if told is not None:
            return told
    number = number_at(tokens, i, numeric)
    if number is None or number.end > stop:
        return None
    compound = _compound_ordinal(tokens, number, numeric)
    if compound is not None:
        return compound
    if number.kind in ("article", "zero", "indefinite") and _opens_hedge(tokens, i, numeric):
        return None
    if number.kind == "ordinal":
        return _Counted(i, number.end, number.low, number.high, "exact", "ordinal", "ordinal")
    counted = _ranged(tokens, number, used, stop, numeric) or _hedged(tokens, number, used, numeric)
    unit = _unit(tokens, number if counted.kind != "range" else replace(number, end=counted.end), counted, numeric)
    partitive = _partitive(tokens, counted, numeric)
    return counted if unit == counted.unit and not partitive else replace(counted, unit=unit, partitive=partitive)


def _opens_hedge(tokens: Tokens, i: int, numeric: Numeric) -> bool:
    """True when the word at token i only begins the hedge of a number ("no fewer than 35", "an estimated 2,500")."""
    hedge = numeric.hedges_before.at(tokens.words, i)
    return hedge is not None and hedge[0] < len(tokens) and number_at(tokens, hedge[0], numeric) is not None


# -- ranges -----------------------------------------------------------------------------------------------------


def _ranged(tokens: Tokens, first: Number, used: int, stop: int, numeric: Numeric) -> _Counted | None:
    """ "entre 10 et 15", "de 5 à 7", "trois ou quatre", "10-15" as one mention."""
    words = tokens.words
    if first.kind not in ("figure", "word", "article", "collective"):
        return None
    for opening, joining in numeric.brackets:
        opened = opening.ending(words, first.start)
        joined = joining.at(words, first.end) if opened is not None and opened[0] >= used else None
        if opened is None or joined is None:
            continue
        if numeric.no_range_after.ending(words, opened[0]) is not None:
            return None
        second = _second(tokens, joined[0], first, stop, numeric)
        if second is not None:
            return _range(opened[0], first, second)
    joined = numeric.joins.at(words, first.end)
    if joined is None:
        return None
    second = _second(tokens, joined[0], first, stop, numeric)
    if second is None or numeric.no_range_after.ending(words, first.start) is not None:
        return None
    if words[first.end] in ("-", "–") and not (tokens.glued(first.end) and tokens.glued(second.start)):
        return None
    whole = _range(first.start, first, second)
    hedge = numeric.hedges_before.ending(words, first.start)
    if hedge is None or hedge[0] < used:
        return whole
    start, kind = hedge
    if kind in ("at_least", "more_than"):
        low, _ = bounds(first.low, kind)
        return replace(whole, start=start, low=low, high=None, hedge=kind)
    return replace(whole, start=start)


def _second(tokens: Tokens, i: int, first: Number, stop: int, numeric: Numeric) -> Number | None:
    """The upper end of a range: a greater number at token i, of which it can be the upper end."""
    if i >= stop or i >= len(tokens):
        return None
    second = number_at(tokens, i, numeric)
    if second is None or second.kind not in ("figure", "word", "collective", "article") or second.end > stop:
        return None
    return second if first.low < second.low or (first.low == second.low and first.value < second.value) else None


def _range(start: int, first: Number, second: Number) -> _Counted:
    high = second.high
    low = int(first.value * _scale(first, second)) if first.kind == "figure" else first.low
    if second.kind == "collective":
        high = bounds(second.low, "order_of")[1]
    return _Counted(start, second.end, low, high, "order_of", "range")


def _scale(first: Number, second: Number) -> int:
    """ "entre 1,7 et 2 millions": the multiplier said once counts for both."""
    if second.kind != "figure" or second.end - second.start < 2 or first.end - first.start > 1:
        return 1
    factor = round(second.low / second.value) if second.value else 1
    return factor if first.value < second.value else 1


# -- hedges -----------------------------------------------------------------------------------------------------


def _hedged(tokens: Tokens, number: Number, used: int, numeric: Numeric) -> _Counted:
    words = tokens.words
    start, end, text_end = number.start, number.end, None
    if number.kind == "plural":
        opened = numeric.openers.ending(words, start)
        start = opened[0] if opened is not None and opened[0] >= used else start
    hedge: Hedge | None = None
    before = numeric.hedges_before.ending(words, start)
    if before is not None and before[0] >= used:
        start, hedge = before
        wider = numeric.hedges_before.ending(words, start)
        if wider is not None and wider[0] >= used:  # "au moins une vingtaine, environ 20 au moins": the outer words too
            start = wider[0]
            hedge = wider[1] if hedge in ("exact", "about") else hedge
    if hedge is None or hedge == "exact":
        after = _hedge_after(tokens, number, numeric)
        if after is not None:
            hedge, after_end, touching = after
            end, text_end = (after_end, None) if touching else (end, after_end)
    low, high, shown = _bounded(number, hedge)
    return _Counted(start, end, low, high, shown, number.kind, text_end=text_end)


def _hedge_after(tokens: Tokens, number: Number, numeric: Numeric) -> tuple[Hedge, int, bool] | None:
    """A hedge right after the number ("20 ou plus") or after the one word it counts ("20 morts au moins"), unless
    it belongs to a number that follows; the last value says whether it touches the number."""
    words = tokens.words
    for skipped in (0, 1):
        at = number.end + skipped
        if skipped and (
            number.end >= len(words) or not words[number.end].isalpha() or words[number.end] in numeric.no_noun
        ):
            return None
        found = numeric.hedges_after.at(words, at)
        if found is None:
            continue
        end, hedge = found
        if end < len(words) and number_at(tokens, end, numeric) is not None:
            return None
        following = (numeric.hedges_before.at(words, i) for i in range(at, end))
        if any(f is not None and f[0] < len(words) and number_at(tokens, f[0], numeric) for f in following):
            return None  # "64 morts et plus de 340 blessés"
        return hedge, end, skipped == 0
    return None


def _bounded(number: Number, hedge: Hedge | None) -> tuple[int | None, int | None, Hedge]:
    """The bounds of one number under its hedge.

    Words that give only an order of magnitude keep their own range unless the hedge opens or closes it ("au moins
    une vingtaine" is 20 or more, "plusieurs dizaines au moins" 20 or more).
    """
    low, high = number.low, number.high
    if number.kind in ("collective", "plural", "indefinite"):
        if hedge in ("at_least", "more_than"):
            return *bounds(low, hedge if number.kind == "collective" else "at_least"), hedge
        if number.kind == "collective":
            if hedge in ("less_than", "at_most", "nearly"):
                return *bounds(low, hedge), hedge
            return *bounds(low, "order_of"), "order_of"
        if hedge in ("less_than", "at_most") and high is not None:
            return 0, high, hedge
        return low, high, "order_of"
    if not number.whole:
        if hedge in ("at_least", "more_than"):
            return low, None, hedge
        if hedge in ("less_than", "at_most"):
            return 0, high, hedge
        return low, high, hedge or "exact"
    if hedge is None:
        return low, high, "exact"
    return *bounds(low, hedge), hedge


# -- units ------------------------------------------------------------------------------------------------------


def _clock(tokens: Tokens, i: int, numeric: Numeric) -> _Counted | None:
    """An hour of the clock, begun by figures alone: "14 h 30", "14:30", "6am", "vers 14 heures"."""
    words = tokens.words
    if len(words[i]) == 4 and words[i] < "2400":  # 1700 UTC
        zone = numeric.clock_after.at(words, i + 1)
        hour = int(words[i][:2])
        return None if zone is None else _Counted(i, zone[0], hour, hour, "exact", "clock", "time")
    if len(words[i]) > 2 or int(words[i]) > 24 or part_of_name(tokens, i):
        return None
    hour, end = int(words[i]), i + 1
    if end >= len(words):
        return None
    said = numeric.hour_words.at(words, end)
    sure = False
    if words[end] == ":" and tokens.glued(end) and _minutes(tokens, end + 1) and tokens.glued(end + 1):
        end, sure = end + 2, True
    elif said is not None:
        end = said[0]
        if _minutes(tokens, end) and (tokens.glued(end) or words[end - 1] == "h"):
            end, sure = end + 1, True
        elif words[end - 1] == "h":
            sure = True
    elif words[end] == "." and tokens.glued(end) and _minutes(tokens, end + 1) and tokens.glued(end + 1):
        end += 2
        said = None
    after = numeric.clock_after.at(words, end)
    if after is not None:
        end, sure = after[0], True
    if not sure and said is not None:
        sure = numeric.clock_before.ending(words, i) is not None
        later = numeric.span_after.at(words, end)
        sure = sure and later is None
    if not sure:
        return None
    return _Counted(i, end, hour, hour, "exact", "clock", "time")


def _minutes(tokens: Tokens, i: int) -> bool:
    return i < len(tokens) and len(tokens.words[i]) == 2 and tokens.words[i].isdigit() and tokens.words[i] < "60"


def _ordinal(tokens: Tokens, i: int, numeric: Numeric) -> _Counted | None:
    """ "3e", "32 e étage", "21st": figures with their ending."""
    words = tokens.words
    if i + 1 >= len(words) or part_of_name(tokens, i):
        return None
    suffix = words[i + 1]
    if suffix not in numeric.ordinal_suffixes:
        return None
    if not tokens.glued(i + 1) and (len(suffix) > 2 or i + 2 >= len(words) or not words[i + 2][0].isalpha()):
        return None
    value = int(words[i])
    return _Counted(i, i + 2, value, value, "exact", "ordinal", "ordinal")


def _compound_ordinal(tokens: Tokens, number: Number, numeric: Numeric) -> _Counted | None:
    """A number in words that ends in an ordinal: "trente-neuvième", "vingt-et-unième", "twenty-first"."""
    if number.kind != "word" or number.low != number.high or number.low is None:
        return None
    i = number.end
    while i < len(tokens) and (tokens.words[i] == "-" or tokens.words[i] in numeric.joiners):
        i += 1
    last = numeric.ordinals.at(tokens.words, i)
    if i == number.end or last is None or not last[1] < 20 <= number.low:
        return None
    value = number.low + last[1]
    return _Counted(number.start, last[0], value, value, "exact", "ordinal", "ordinal")


def _unit(tokens: Tokens, number: Number, counted: _Counted, numeric: Numeric) -> Unit:
    """What the number counts, from the words on either side of it."""
    words = tokens.words
    before = numeric.units_before.ending(words, counted.start) or numeric.units_before.ending(words, number.start)
    end = counted.end
    if before is not None and not (before[1] == "other" and _counts_noun(tokens, end, numeric)):
        return before[1]
    if end < len(words):
        unit = _unit_after(tokens, counted, end, numeric)
        if unit is not None:
            return unit
    if number.kind == "figure":
        return _unit_of_figure(tokens, number, counted, numeric)
    return "count"


def _unit_after(tokens: Tokens, counted: _Counted, end: int, numeric: Numeric) -> Unit | None:
    words = tokens.words
    at = end
    if words[at] == "-" and tokens.glued(at) and at + 1 < len(words):
        at += 1
    linked = numeric.linking.at(words, at) if counted.kind in ("plural", "collective") else None
    if linked is not None and linked[0] < len(words):
        at = linked[0]
    aged = numeric.age_after.at(words, at)
    if aged is not None:
        return "age"
    years = numeric.year_words.at(words, at)
    if years is not None:
        span = (
            not numeric.years_are_age
            or counted.kind in ("article", "indefinite", "plural", "zero")
            or numeric.span_before.ending(words, counted.start) is not None
            or numeric.span_after.at(words, years[0]) is not None
            or (counted.high or 0) > _AGES.stop
        )
        return "duration" if span else "age"
    if numeric.hour_words.at(words, at) is not None:
        return "duration"
    found = numeric.units_after.at(words, at)
    if found is None:
        return None
    stop, unit = found
    single = len(words[stop - 1]) == 1 and words[stop - 1].isalpha()
    if single and stop < len(words) and words[stop] in ("'", "."):
        return None  # "10 m'ont dit", an initial
    return unit


def _unit_of_figure(tokens: Tokens, number: Number, counted: _Counted, numeric: Numeric) -> Unit:
    """Figures without a unit beside them: an age in an aside, a year, a name or a code, else a count."""
    words, i, end = tokens.words, number.start, counted.end
    after = words[end] if end < len(words) else "."
    before = words[i - 1] if i else ""
    aside = before in (",", "(") and after in (",", ")", ".") and number.low in _AGES and counted.start == i > 1
    if aside and tokens.capital(i - 2) and words[i - 2].isalpha() and not numeric.units_after.at(words, i - 2):
        return "age"
    told = numeric.age_told.ending(words, counted.start)
    if told is not None and counted.start == i and number.low in _AGES and not _counts_noun(tokens, end, numeric):
        return "age"  # "He is 15 and was still in hospital"
    if "/" in words[i] or (":" in (before, after) and tokens.glued(end if after == ":" else i)):
        return "other"
    if len(words[i]) > 1 and words[i][0] == "0":
        return "other"
    if after in ("-", "–", ":") and end + 1 < len(words) and words[end + 1][0].isdigit() and tokens.glued(end):
        return "other"  # a score, a code
    if before in ("-", "–", "/", "."):
        return "other" if tokens.glued(i) else "count"
    if number.value != number.low and number.end == i + 1:  # no one counts people or rockets in decimals
        return "other"
    if before == "[" and after == "]":
        return "other"
    counts = _counts_noun(tokens, end, numeric)
    if counts and numeric.four_figures_marked and number.low % 100:
        counts = False
    if words[i].isdigit() and len(words[i]) == 4 and number.low in _YEARS and counted.hedge == "exact" and not counts:
        return "year"
    counts = _counts_noun(tokens, end, numeric)
    if after[0].isalpha() and end < len(words) and tokens.glued(end):
        return "other"  # 4G, 3D
    if counted.start == i and before.isalpha() and tokens.capital(i - 1) and not counts and _inside(tokens, i - 1):
        return "other" if before not in numeric.no_noun else "count"
    return "count"


def _inside(tokens: Tokens, i: int) -> bool:
    """True when token i is not the first word of a sentence or line."""
    return i > 0 and tokens.words[i - 1][0] not in '.!?:\n«"“–'


def _counts_noun(tokens: Tokens, i: int, numeric: Numeric) -> bool:
    """True when token i is a small-letter word that a number before it can count."""
    if i >= len(tokens) or not tokens.words[i][0].isalpha() or tokens.capital(i):
        return False
    return tokens.words[i] not in numeric.no_noun


def _partitive(tokens: Tokens, counted: _Counted, numeric: Numeric) -> bool:
    words = tokens.words
    if numeric.partitive_before.ending(words, counted.start) is not None:
        return True
    return numeric.partitive_after.at(words, counted.end) is not None


def _shared_units(found: list[_Counted], tokens: Tokens, numeric: Numeric) -> list[_Counted]:
    """A unit said once for numbers in a row goes to all of them ("10, 12 et 15 ans")."""
    out = list(found)
    for k in range(len(out) - 2, -1, -1):
        here, following = out[k], out[k + 1]
        between = tokens.words[here.end : following.start]
        joined = len(between) == 1 and (between[0] == "," or numeric.lists.at(between, 0) is not None)
        numbers = here.kind in ("figure", "word") and following.kind in ("figure", "word", "range")
        if here.unit == "count" and joined and numbers and following.unit not in ("year", "other", "ordinal"):
            out[k] = replace(here, unit=following.unit)
    return out


def _mention(tokens: Tokens, counted: _Counted) -> QuantityMention:
    start, end = tokens.starts[counted.start], tokens.ends[counted.end - 1]
    stop = end if counted.text_end is None else tokens.ends[counted.text_end - 1]
    quantity = Quantity(counted.low, counted.high, counted.hedge, tokens.text[start:stop])
    return QuantityMention(start, end, quantity, counted.unit, counted.partitive)
