"""Is a known name a place here, and which one: the evidence round it, as points.

A country is a place by itself; a big town nearly so; a small town, or a name that is also a word or a person's
name, needs a locative preposition, the name of its country or region beside it, or a noun such as "village".
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from vigie.mentions.gazetteer import Gazetteer, Reading
from vigie.mentions.place_keys import ARABIC_ARTICLES, name_key
from vigie.mentions.place_scan import Candidate, Tokens
from vigie.mentions.place_words import PlaceWords, TypeNoun
from vigie.model.places import PlaceRelation

ACCEPT = 3.0
# Points; chosen so that a town of 300,000 is accepted alone, one of 5,000 with "à", and a common word never alone.
_STRONG, _WEAK, _CONTAINER, _NOUN, _CONTEXT, _TITLE, _DATELINE = 3.0, 1.0, 4.0, 4.0, 1.0, 0.0, 3.0
_COMMON, _PERSON, _GIVEN_THEN_CAP, _THEN_CAP, _PARTIAL = -2.0, -5.0, -4.0, -1.5, -8.0
# In powers of ten of people: a country named once outweighs a namesake ten times the size, never one of a hundred.
_CONTEXT_WEIGHT, _MORE_CONTEXT, _NEIGHBOUR_WEIGHT, _HOME_WEIGHT, _CAPITAL_WEIGHT = 1.1, 0.6, 0.4, 1.0, 0.7
_CONTAINED_WEIGHT, _NOUN_WEIGHT, _EXACT_WEIGHT = 8.0, 2.5, 0.3
# A report is about a country that is named twice or more; a namesake elsewhere must then be this big to be meant.
_ABOUT, _NAMESAKE_NEAR, _NAMESAKE, _NAMESAKE_ALONE = 2.0, 15_000, 150_000, 60_000
_NOBILIARY = frozenset(("van", "von", "der", "bin", "ben", "ibn", "da", "dos"))
_COMPOUND = frozenset(("non", "pro", "anti", "ex", "franco", "afro", "post", "pre", "inter", "trans", "mid", "mi"))


@dataclass(frozen=True)
class Before:
    """What stands before a name: the preposition's relation (None if none), if it is one that also stands
    before persons, and the first word of it; `of`: only a "de" or "of"."""

    relation: PlaceRelation | None
    weak: bool
    of: bool
    first: int


@dataclass(frozen=True)
class Scene:
    """A report's words with all that is known before any name is judged. `votes`: how often each country is
    named or plainly meant; `surnames`: keys of words that stand in the text as a person's last name."""

    tokens: Tokens
    words: PlaceWords
    gazetteer: Gazetteer
    candidates: tuple[Candidate, ...]
    votes: Mapping[str, float]
    surnames: frozenset[str]
    home: str | None
    demonyms: Mapping[str, str]

    def at(self, i: int) -> Candidate | None:
        """The candidate that holds word i."""
        return self._by_word.get(i)

    @cached_property
    def _by_word(self) -> dict[int, Candidate]:
        return {i: c for c in self.candidates for i in range(c.first, c.last)}


def before(tokens: Tokens, words: PlaceWords, first: int) -> Before:
    """The preposition right before word `first`, articles passed over."""
    k = first - 1
    if k < 0 or not tokens.near(first):
        return Before(None, False, False, first)
    if tokens.keys[k] in words.articles and not (k == 0 or tokens.opens(k)) and tokens.near(k):
        k -= 1
    for n in range(5, 0, -1) if tokens.keys[k] in words.preposition_ends else ():
        start = k - n + 1
        if start < 0 or not tokens.run(start, k + 1):
            continue
        key = " ".join(tokens.keys[start : k + 1])
        if (relation := words.prepositions.get(key)) is not None:
            return Before(relation, key in words.weak, False, start)
    return Before(None, False, k >= 0 and tokens.keys[k] in words.of, k + 1)


def person_names(tokens: Tokens, words: PlaceWords, taken: frozenset[int]) -> frozenset[str]:
    """Keys of words used as a last name: after a given name or a title, or after a capitalised word that is
    neither a sentence's opener nor part of a known name (`taken`: words of candidates)."""
    found = set()
    for i in [i for i, capital in enumerate(tokens.caps) if capital and i]:
        if tokens.gap(i) not in (" ", ". "):
            continue
        first = tokens.keys[i - 1]
        titled = first in words.titles and (tokens.gap(i) == " " or len(first) <= 4)
        if titled or (tokens.gap(i) == " " and tokens.caps[i - 1] and first in words.given_names):
            found.add(tokens.keys[i])
            continue
        if tokens.gap(i) != " " or not tokens.caps[i - 1] or first in words.openers or i - 1 in taken:
            continue
        if first in words.directions or first in words.before or first in words.titles or tokens.opens(i - 1):
            continue
        if _behind_where(tokens, words, i - 1):
            continue  # "in Shah Wali Kot": the words of a place may stand side by side like those of a person
        found.add(tokens.keys[i])
    return frozenset(found)


def _behind_where(tokens: Tokens, words: PlaceWords, i: int) -> bool:
    """True when the capitalised words that word i belongs to stand behind a preposition of places."""
    while i and tokens.caps[i - 1] and tokens.gap(i) == " ":
        i -= 1
    opening = before(tokens, words, i)
    locative = " ".join(tokens.keys[opening.first : i]) in words.locative
    return opening.relation is not None and (locative or not opening.weak)


def is_named_after(scene: Scene, c: Candidate) -> bool:
    """True when the name is the last part of a person's or body's name ("Hillary Clinton", "M. Paris")."""
    tokens, words = scene.tokens, scene.words
    i = c.first
    if i == 0:
        return False
    key = tokens.keys[i - 1]
    gap = tokens.gap(i)
    if gap == ". ":
        return key in words.titles and len(key) <= 4
    if gap != " ":
        return False
    if key in words.titles:
        return True
    if not tokens.caps[i - 1] or key in words.openers or key in words.directions or key in words.before:
        return False
    if scene.at(i - 1) is not None and key not in words.given_names:
        return scene.at(i - 2) is None and i >= 2 and tokens.gap(i - 1) == " " and _is_name(scene, i - 2)
    return not tokens.opens(i - 1) or key in words.given_names


def _is_name(scene: Scene, i: int) -> bool:
    """True when word i is capitalised and no word of the language that may open a sentence or a place's name."""
    tokens, words = scene.tokens, scene.words
    key = tokens.keys[i]
    known = key in words.openers or key in words.directions or key in words.before or key in words.common
    return tokens.caps[i] and not known and key not in scene.demonyms and len(key) > 2


def _then_capital(scene: Scene, c: Candidate) -> bool:
    """True when an unknown capitalised word follows as if part of the same name ("Leon van Biljon" too)."""
    tokens, i = scene.tokens, c.last
    if i + 1 < len(tokens) and tokens.keys[i] in _NOBILIARY and tokens.near(i) and tokens.near(i + 1):
        i += 1
    follower = scene.at(i)
    if follower is not None and tokens.keys[c.first] in scene.words.given_names and c.last == c.first + 1:
        follower = follower if any(r.sure for r in follower.readings) else None
    return (
        i < len(tokens)
        and tokens.gap(i) == " "
        and tokens.caps[i]
        and follower is None
        and tokens.keys[i] not in scene.words.after
        and tokens.keys[i] not in scene.words.openers
    )


def _partial(scene: Scene, c: Candidate) -> bool:
    """True when a hyphen ties the name to a capitalised word that is no place of its own."""
    tokens = scene.tokens
    if tokens.gap(c.first) == "-":
        key = tokens.keys[c.first - 1]
        if scene.at(c.first - 1) is None and key not in _COMPOUND and key not in scene.words.directions:
            if tokens.caps[c.first - 1] or tokens.gap(c.first - 1) == "-":
                return True
            if key not in ARABIC_ARTICLES:
                return True
    if tokens.gap(c.last) != "-":
        return False
    if tokens.caps[c.last]:
        return scene.at(c.last) is None
    return tokens.gap(c.last + 1) == "-"


def evidence(scene: Scene, c: Candidate, noun: TypeNoun | None, contained: bool) -> float:
    """Points for and against the name being a place, its size left out (`size_points`)."""
    tokens, words = scene.tokens, scene.words
    prep = before(tokens, words, c.first)
    points = 0.0
    if prep.relation is not None:
        points += _WEAK if prep.weak else _STRONG
    elif prep.of:
        points += _WEAK
    if noun is not None:
        points += _NOUN
    if contained:
        points += _CONTAINER
    if _dateline(tokens, c):
        points += _DATELINE
    if any(r.country in scene.votes or (scene.home and r.country == scene.home) for r in c.readings):
        points += _CONTEXT
    single = c.last == c.first + 1
    key = tokens.keys[c.first]
    great = any(r.weight >= 1_000_000 for r in c.readings)
    if single and key in words.common:
        points += _COMMON
    if single and not great and (key in words.given_names or key in scene.surnames):
        points += _COMMON
    if is_named_after(scene, c):
        points += 2 * _PERSON if tokens.keys[c.first - 1] in words.given_names else _PERSON
    if _then_capital(scene, c):
        given = single and key in words.given_names
        points += _THEN_CAP if not given else _GIVEN_THEN_CAP if prep.relation else 2.5 * _GIVEN_THEN_CAP
        if is_named_after(scene, c) and scene.at(c.first - 1) is None and prep.relation is None:
            points += _PERSON  # the middle one of a person's three names
    if _partial(scene, c):
        points += _PARTIAL
    if c.first and tokens.near(c.first) and tokens.keys[c.first - 1] in words.venue_bodies:
        points += _COMMON
    if single and key in scene.demonyms:
        points += _PERSON
    if prep.first < c.first and tokens.keys[c.first - 1] == "the" and single:
        points += _COMMON  # English towns have no article
    if _street(scene, c):
        points += _PERSON * 2
    if _in_venue(scene, c):
        points += 2 * _PERSON
    if c.sounded and (_then_capital(scene, c) or not any(r.country in scene.votes for r in c.readings)):
        points += _PARTIAL
    whole = " ".join(tokens.keys[c.first : c.last])  # "(Nord-Ouest)" is a part of the country told of
    if whole in words.directions and (noun is None or noun.precision != "region"):
        points += _PARTIAL
    return points


def is_far_namesake(scene: Scene, c: Candidate, best: Reading) -> bool:
    """True for a small town of a country the report has nothing to do with, while it is plainly about another one:
    the text means a village of that one that the gazetteer does not know."""
    if best.sort != "town" or not best.origin.startswith("geonames:") or not scene.votes:
        return False
    own = scene.votes.get(best.country or "", 0.0) - sum(
        _town_vote(o) for o in scene.candidates if o.readings == c.readings
    )
    if own >= 0.5 or best.country == scene.home or max(scene.votes.values()) < _ABOUT:
        return False
    if c.sounded:
        return True  # a likeness in sound alone says nothing of a country that the report does not speak of
    if best.weight >= _NAMESAKE_NEAR:
        near = scene.gazetteer.neighbours.get(best.country or "", frozenset())
        if any(scene.votes[k] >= 1 for k in near if k in scene.votes):
            return False
    exact = name_key(best.name) == " ".join(scene.tokens.keys[c.first : c.last])
    alone = exact and len({r.country for r in c.readings}) == 1
    return best.weight < (_NAMESAKE_ALONE if alone else _NAMESAKE)


def _street(scene: Scene, c: Candidate) -> bool:
    """True when the name is a street's, a station's or a treaty's: "rue de Lorraine", "accord de Paris"."""
    tokens, words, k = scene.tokens, scene.words, c.first - 1
    for _ in range(2):
        if k >= 0 and tokens.near(k + 1) and (tokens.keys[k] in words.genitive or tokens.keys[k] in words.articles):
            k -= 1
    return k >= 0 and tokens.near(k + 1) and tokens.keys[k] in words.streets and k < c.first


def _in_venue(scene: Scene, c: Candidate) -> bool:
    """True for one of several capitalised words right behind a hotel, a club or the like: "hôtel Mandalay Bay"."""
    tokens, first, last = scene.tokens, c.first, c.last
    while first and tokens.gap(first) == " " and tokens.caps[first - 1]:
        first -= 1
    while last < len(tokens) and tokens.gap(last) == " " and tokens.caps[last]:
        last += 1
    venue = first > 0 and tokens.gap(first) == " " and tokens.keys[first - 1] in scene.words.venues
    return venue and (first < c.first or last > c.last)


def _dateline(tokens: Tokens, c: Candidate) -> bool:
    """True for a name at the head of the text set off like a dateline ("BAGDAD (AFP) -", "Kaboul, 3 mai")."""
    if c.first > 1 or c.last >= len(tokens):
        return False
    gap = tokens.gap(c.last)
    return gap.startswith((" (", " —", " –", " --")) or (gap == ", " and tokens.keys[c.last].isdigit())


def size_points(c: Candidate, tokens: Tokens) -> float:
    """Points for the best reading's size: 10 for a country, 4 for a million people, 0 for a village."""
    best = -1.0
    for r in c.readings:
        if r.noun:
            points = -3.0
        elif r.sort == "country" or r.sure:
            points = 10.0
        elif r.weight >= 1_000_000:
            points = 4.0
        elif r.weight >= 300_000:
            points = 3.0
        elif r.weight >= 100_000:
            points = 2.5
        elif r.sort == "region":
            points = 2.0
        elif r.weight >= 15_000:
            points = 1.5
        elif r.weight >= 5_000:
            points = 0.5
        else:
            points = -0.5
        best = max(best, points)
    if c.last > c.first + 1:
        best += 1.0
    if c.sounded:
        best -= 1.0
    return best


def country_votes(
    candidates: tuple[Candidate, ...],
    demonyms: tuple[tuple[int, int, str], ...],
    home: str | None,
    signs: Iterable[str] = (),
) -> dict[str, float]:
    """How strongly the report speaks of each country: names count 1, demonyms, great towns and the countries of `signs`
    (words that are used of one country alone) 0.5."""
    votes: dict[str, float] = defaultdict(float)
    for c in candidates:
        if c.sounded:
            continue
        sure = [r for r in c.readings if r.sort == "country" or r.sure]
        if sure and sure[0].country:
            for r in {r.country for r in sure}:
                votes[r or ""] += 1.0 / len({r.country for r in sure})
        elif c.readings[0].country and (vote := _town_vote(c)):
            votes[c.readings[0].country] += vote
    for country in (*(c for _, _, c in demonyms), *signs):
        votes[country] += 0.5
    if home:
        votes[home] += 0.1
    votes.pop("", None)
    return dict(votes)


def _town_vote(c: Candidate) -> float:
    """What a name that is no country's or other sure name says of the country of its first reading."""
    first = c.readings[0]
    if len({r.country for r in c.readings}) == 1:
        return 0.5 if first.weight >= 100_000 else 0.1
    return 0.4 if first.weight >= 500_000 else 0.0


def ranked(
    scene: Scene, c: Candidate, noun: TypeNoun | None, container: tuple[Reading, ...], holds: str | None = None
) -> tuple[tuple[Reading, ...], bool]:
    """The readings best first, and whether `container` (places named as holding this one) agrees with the first.
    `holds`: country of the place just before, which this one is said to hold ("Atlanta, Georgia").

    Weighed: size (log10 of people), the country's votes, neighbours of voted countries, the outlet's home, the
    place named beside it as holding it, and the noun's precision.
    """
    countries = {r.country for r in container}
    if len(c.readings) == 1:
        only = c.readings[0]
        return c.readings, only.country in countries and only.sort != "country"
    units = {r.admin1 for r in container if r.admin1}
    voted = {k for k, v in scene.votes.items() if v >= 1}
    key = " ".join(scene.tokens.keys[c.first : c.last])
    text = scene.tokens.text[scene.tokens.starts[c.first] : scene.tokens.ends[c.last - 1]]

    def score(r: Reading) -> float:
        points = math.log10(max(r.weight, 100))
        if r.sort == "country":
            points += 1.0
        vote = scene.votes.get(r.country or "", 0.0)
        if r.sort == "country" or r.sure:
            vote = max(0.0, vote - 1.0)  # the mention's own vote
        points += _CONTEXT_WEIGHT * min(vote, 1.0) + _MORE_CONTEXT * min(max(vote - 1.0, 0.0), 1.0)
        if r.sort == "town" and key == name_key(scene.gazetteer.capitals.get(r.country or "", "")):
            rival = any(
                scene.votes.get(o.country or "", 0) >= 1 and o.weight * 10 >= r.weight for o in c.readings if o != r
            )
            points += _CAPITAL_WEIGHT if vote or not rival else 0.0
        if vote < 1 and scene.gazetteer.neighbours.get(r.country or "", frozenset()) & voted:
            points += _NEIGHBOUR_WEIGHT
        if scene.home and r.country == scene.home:
            points += _HOME_WEIGHT
        if container and r.country in countries and r.sort != "country":
            points += _CONTAINED_WEIGHT + (1.0 if r.admin1 in units else 0.0)
        if noun is not None and (r.precision == noun.precision or (noun.precision == "site" and r.sort == "site")):
            points += _NOUN_WEIGHT
        elif r.noun:
            points -= 20
        elif r.sort == "district" and noun is None:
            points -= 1.0
        if holds and r.country == holds:
            points += _CONTAINED_WEIGHT
        if r.name == text:
            points += _EXACT_WEIGHT
        return points

    order = sorted(c.readings, key=lambda r: -score(r))
    agrees = bool(container) and order[0].country in countries and order[0].sort != "country"
    return tuple(order), agrees
