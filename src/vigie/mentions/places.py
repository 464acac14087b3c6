"""Places named in a text.

Known names come from the gazetteer and must be shown to be places here (`place_evidence`); names it does not
know are taken where their surroundings make them places ("dans le village de X"). Names are given as printed,
without article; a phrase such as "nord de la Syrie" or "base aérienne de X" is one mention.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import replace

from vigie.mentions import place_evidence, place_phrases, place_scan
from vigie.mentions.gazetteer import Reading, load_gazetteer
from vigie.mentions.place_borders import across_border
from vigie.mentions.place_demonyms import find_demonyms, load_demonyms
from vigie.mentions.place_evidence import Scene
from vigie.mentions.place_found import Found, holds
from vigie.mentions.place_keys import name_key
from vigie.mentions.place_longer import is_piece, name_runs_on, runs_on, stands_before_noun
from vigie.mentions.place_scan import Candidate, Tokens
from vigie.mentions.place_unknown import find_unknown
from vigie.mentions.place_words import PlaceWords, TypeNoun, load_place_words
from vigie.mentions.values import PlaceMention
from vigie.model import Place
from vigie.model.places import PlacePrecision, PlaceRelation

__all__ = ["find_demonyms", "find_places", "is_metonym"]

_DOTTED = frozenset((".S.", ".K.", ".C.", ".A."))  # ends of "U.S.", "U.K.", "D.C.", "U.S.A."
_ALTERNATIVES = 5
# An unknown village is of the country named last, if the report speaks of it this much as of the one it is most about.
_RIVAL = 0.5


def find_places(text: str, language: str, home: str | None = None) -> tuple[PlaceMention, ...]:
    """The places named in a normalised text, in text order, not overlapping.

    `home` is the outlet's country (ISO 3166-1 alpha-2), a hint for choosing among namesakes. Raises
    LanguageUnavailable where there are no place words for `language`.
    """
    words = load_place_words(language)
    gazetteer = load_gazetteer()
    tokens = place_scan.tokenise(text)
    names = tuple(place_scan.candidates(tokens, gazetteer, words))
    demonyms = find_demonyms(text, language)
    taken = frozenset(i for c in names for i in range(c.first, c.last))
    scene = Scene(
        tokens,
        words,
        gazetteer,
        names,
        place_evidence.country_votes(names, demonyms, home, words.signs_in(tokens.keys)),
        place_evidence.person_names(tokens, words, taken),
        home,
        load_demonyms(language),
    )
    found = _known(scene)
    found += find_unknown(scene, found)
    found += _areas(scene, demonyms)
    found = _longest(_arrondissements(scene, found))
    countries = _countries_of_unknown(scene, found)
    found = [_one_place(scene, f, countries) for f in found]
    return tuple(_mention(scene, f, countries.get(_key(scene, f))) for f in found)


def _known(scene: Scene) -> list[Found]:
    """The candidates that are places, widened by the words that belong to them."""
    kept: dict[int, Found] = {}
    waiting: list[tuple[int, Candidate, Found, float]] = []
    holds: str | None = None
    for n, c in enumerate(scene.candidates):
        before = place_phrases.noun_before(scene.tokens, scene.words, c.first)
        after = place_phrases.noun_after(scene.tokens, scene.words, c.last)
        noun = before.noun if before else after[0] if after else None
        container = _container(scene, n)
        readings, contained = place_evidence.ranked(scene, c, noun, container, holds)
        scene_holds = holds is not None and readings[0].country == holds
        holds = readings[0].country if contained else None
        points = place_evidence.evidence(scene, c, noun, contained) + place_evidence.size_points(c, scene.tokens)
        if is_piece(scene, c) or stands_before_noun(scene, c, after):
            continue
        if readings[0].noun and (noun is None or noun.precision != "site"):
            continue
        if name_runs_on(scene, c, readings[0]):
            continue  # "in Emerald Mountain"
        tied = before is not None and (before.tied or scene.words.direction_before) and not before.noun.keep
        if tied and scene.tokens.caps[c.first] and before is not None and before.noun.precision == "settlement":
            if runs_on(scene, c):
                continue  # "the village of Dera Wali": a longer name, which the gazetteer does not know
            points = max(points, place_evidence.ACCEPT)
        place = _widen(scene, c, readings, before, after)
        if not contained and not scene_holds and place_evidence.is_far_namesake(scene, c, readings[0]):
            place = replace(place, readings=(), country=None, narrow=False)
        elif container and not contained and _elsewhere(scene, n, container, readings):
            place = replace(place, readings=(), country=container[0].country, narrow=False)
        if points >= place_evidence.ACCEPT:
            kept[n] = place
        elif points >= 0:
            waiting.append((n, c, place, points))
    sure = {scene.tokens.keys[f.core : f.last] for f in kept.values()}
    for n, c, place, points in waiting:
        listed = (n - 1 in kept and _listed(scene, scene.candidates[n - 1], c)) or (
            n + 1 in kept and n + 1 < len(scene.candidates) and _listed(scene, c, scene.candidates[n + 1])
        )
        again = scene.tokens.keys[c.first : c.last] in sure
        if points + (1.5 if listed else 0.0) + (2.0 if again else 0.0) >= place_evidence.ACCEPT:
            kept[n] = place
    return [kept[n] for n in sorted(kept)]


def _listed(scene: Scene, left: Candidate, right: Candidate) -> bool:
    """True when two names stand in one list: "X, Y", "X et Y", "X, à Y"."""
    tokens, between = scene.tokens, range(left.last, right.first)
    if len(between) > 2 or any(
        c in ".!?\n" for c in tokens.text[tokens.ends[left.last - 1] : tokens.starts[right.first]]
    ):
        return False
    return all(
        tokens.keys[i] in scene.words.conjunctions
        or tokens.keys[i] in scene.words.prepositions
        or tokens.keys[i] in scene.words.articles
        for i in between
    )


def _container(scene: Scene, n: int) -> tuple[Reading, ...]:
    """Readings of the country or region that the text names right after candidate n as holding it:
    "X, Irak", "X (Haute-Loire)", "X, dans le nord du Mali", "X in Iraq"."""
    if n + 1 >= len(scene.candidates):
        return ()
    c, d = scene.candidates[n], scene.candidates[n + 1]
    if not holds(scene, c.last, d):
        return ()
    return tuple(r for r in d.readings if r.sort in ("country", "region"))


def _elsewhere(scene: Scene, n: int, container: tuple[Reading, ...], readings: tuple[Reading, ...]) -> bool:
    """True when what holds the name by a word for where is in none of the countries of its readings ("Bali district in
    Taraba state"): the text means a place that the gazetteer does not know."""
    c, d = scene.candidates[n], scene.candidates[n + 1]
    linked = any(k in scene.words.prepositions for k in scene.tokens.keys[c.last : d.first])
    linked = linked and " ".join(scene.tokens.keys[d.first : d.last]) not in scene.words.directions
    countries = {r.country for r in container}
    return linked and readings[0].sort in ("town", "region") and countries.isdisjoint(r.country for r in readings)


def _widen(
    scene: Scene,
    c: Candidate,
    readings: tuple[Reading, ...],
    before: place_phrases.NounBefore | None,
    after: tuple[TypeNoun, int] | None,
) -> Found:
    """The mention round a known name: its site noun or part of the compass taken in."""
    tokens, words = scene.tokens, scene.words
    best = readings[0]
    place = Found(c.first, c.last, c.first, readings, best.precision, best.country)
    if before is not None and _keeps(before.noun, best) and (before.tied or before.noun.precision == "site"):
        return replace(place, first=before.first, precision=before.noun.precision, narrow=best.sort != "site")
    if after is not None and _keeps(after[0], best) and tokens.gap(c.first) != "-":
        return replace(place, last=after[1], precision=after[0].precision, narrow=best.sort != "site")
    if after is not None and best.sort == "town" and after[0].precision == "region":
        if tokens.caps[c.last]:
            return replace(place, last=after[1], precision="region", narrow=True)
        place = replace(place, precision="region")  # "in the Kharkiv region": not the town
    if before is not None and best.sort == "town" and before.noun.precision in ("region", "district"):
        place = replace(place, precision=before.noun.precision)
    compass = place_phrases.direction(tokens, words, c.first)
    if compass is not None and (compass[1] or best.precision in ("country", "region")):
        precision: PlacePrecision = "region" if best.precision in ("country", "region") else "district"
        return replace(place, first=compass[0], precision=precision, narrow=True)
    return place


def _keeps(noun: TypeNoun, reading: Reading) -> bool:
    """True when the noun and the name make one name: not "prison d'Irak"."""
    return noun.keep and not (noun.precision == "site" and reading.sort == "country")


def _areas(scene: Scene, demonyms: Iterable[tuple[int, int, str]]) -> list[Found]:
    """ "désert jordanien", "Iraqi Kurdistan", "banlieue parisienne": a part of a country or town by its adjective."""
    tokens, words = scene.tokens, scene.words
    hits: list[tuple[int, int, str, Reading | None]] = [
        (bisect_left(tokens.starts, a), bisect_left(tokens.ends, b) + 1, code, None) for a, b, code in demonyms
    ]
    cities = words.cities
    for i in [i for i, key in enumerate(tokens.keys) if key in cities]:
        towns = scene.gazetteer.find(name_key(cities[tokens.keys[i]]))
        hits.append((i, i + 1, towns[0].country or "", towns[0]) if towns else (i, i + 1, "", None))
    found = []
    for first, last, country, town in hits:
        span: tuple[int, int] | None = None
        if words.direction_before:
            if (end := place_phrases.area_after(tokens, words, last)) is not None:
                span = first, end
        elif (start := place_phrases.area_before(tokens, words, first)) is not None:
            span = start, last
        if span is not None and country:
            readings = (town,) if town is not None else ()
            found.append(
                Found(span[0], span[1], span[0], readings, "district" if town else "region", country, narrow=True)
            )
    return found


def _arrondissements(scene: Scene, found: list[Found]) -> list[Found]:
    """Adds "19e arrondissement" and "19e arrondissement de Paris"."""
    tokens = scene.tokens
    more = []
    for i in [i for i, key in enumerate(tokens.keys) if key[0].isdigit()]:
        end = place_phrases.ordinal_district(tokens, i)
        if end is None:
            continue
        holder = next(
            (f for f in found if f.core in (end + 1, end + 2) and tokens.keys[end] in scene.words.genitive), None
        )
        if holder is not None:
            more.append(replace(holder, first=i, core=i, precision="district", narrow=True))
        else:
            more.append(Found(i, end, i, (), "district", None))
    return found + more


def _longest(found: list[Found]) -> list[Found]:
    """The longest of those that overlap, in text order."""
    kept: list[Found] = []
    for f in sorted(found, key=lambda f: (f.first - f.last, f.first)):
        if all(f.last <= k.first or f.first >= k.last for k in kept):
            kept.append(f)
    return sorted(kept, key=lambda f: f.first)


def _key(scene: Scene, f: Found) -> tuple[str, ...]:
    return scene.tokens.keys[f.core : f.last]


def _countries_of_unknown(scene: Scene, found: list[Found]) -> dict[tuple[str, ...], str | None]:
    """The country of each name the gazetteer does not know, one for all its mentions: where one of them is said to be
    in a country, that, else what stands around the first."""
    unknown = [f for f in found if not f.readings]
    countries: dict[tuple[str, ...], str | None] = {}
    for f in unknown:
        if f.country:
            countries.setdefault(_key(scene, f), f.country)
    for f in unknown:
        if _key(scene, f) not in countries:
            countries[_key(scene, f)] = _inherited(scene, f, found)
    return countries


def _one_place(scene: Scene, f: Found, countries: Mapping[tuple[str, ...], str | None]) -> Found:
    """A name is of one place throughout a report: a namesake in a country that the report speaks of less gives way."""
    country = countries.get(_key(scene, f))
    own = f.readings[0].country if f.readings else None
    if country is None or own is None or own == country:
        return f
    return f if scene.votes.get(own, 0.0) >= scene.votes.get(country, 0.0) else replace(f, readings=(), country=country)


def _mention(scene: Scene, f: Found, country: str | None) -> PlaceMention:
    """The mention of a place; `country` is that of a name the gazetteer does not know."""
    tokens = scene.tokens
    start, end = tokens.starts[f.first], tokens.ends[f.last - 1]
    if tokens.text[end - 2 : end + 1] in _DOTTED:
        end += 1
    text = tokens.text[start:end]
    relation = _relation(scene, f)
    if not f.readings:
        place = Place(text, text, f.country or country, f.precision, relation=relation)
        return PlaceMention(start, end, place, known=f.country is not None and f.narrow)
    places = [_place(text, r, f, relation) for r in f.readings[: _ALTERNATIVES + 1]]
    places[1:] = [
        p for p in places[1:] if (p.country, p.lat, p.lon) != (places[0].country, places[0].lat, places[0].lon)
    ]
    return PlaceMention(start, end, places[0], tuple(places[1:]))


def _place(text: str, r: Reading, f: Found, relation: PlaceRelation) -> Place:
    precision = f.precision if r is f.readings[0] else r.precision
    fine = not f.narrow or r.sort == "town"
    return Place(
        name=text,
        text=text,
        country=r.country,
        precision=precision,
        admin1=r.admin1,
        lat=r.lat if fine else None,
        lon=r.lon if fine else None,
        relation=relation,
        gazetteer=r.origin or None,
    )


def _relation(scene: Scene, f: Found) -> PlaceRelation:
    """The relation of the preposition before the mention ("at" where there is none)."""
    prep = place_evidence.before(scene.tokens, scene.words, f.first)
    if prep.relation is None and f.first != f.core:
        return "at"
    if prep.relation is None:
        noun = place_phrases.noun_before(scene.tokens, scene.words, f.first)
        if noun is not None:
            prep = place_evidence.before(scene.tokens, scene.words, noun.first)
    return prep.relation or "at"


def _inherited(scene: Scene, f: Found, found: list[Found]) -> str | None:
    """The country of an unknown name: that of an adjective right before it, else of the nearest known place of
    its sentence, else of the one before, if the report speaks of its country much enough, else the country the report
    speaks of most."""
    tokens = scene.tokens
    for key in reversed(tokens.keys[max(0, f.core - 4) : f.core]):  # "the Spanish island of X", "village syrien de X"
        if key in scene.demonyms:
            return scene.demonyms[key]
    borders = scene.words.borders  # « la frontière russe » says nothing of what lies on this side of it
    known = [k for k in found if k.country and not across_border(tokens, scene.words, k.first)]
    known = [k for k in known if borders.isdisjoint(tokens.keys[k.first : k.last])]
    following = [
        k
        for k in known
        if f.last <= k.first <= f.last + 12 and not any(tokens.opens(j) for j in range(f.last, k.first + 1))
    ]
    if following:
        return following[0].country
    preceding = [k for k in known if k.last <= f.first]
    latest = preceding[-1].country if preceding else None
    if scene.votes:
        named = [k.country for k in found if across_border(tokens, scene.words, k.first)]  # only the neighbour
        about = max(sorted(scene.votes), key=lambda k: (scene.votes[k] - named.count(k), k == latest))
        return about if latest is None or scene.votes.get(latest, 0.0) < _RIVAL * scene.votes[about] else latest
    return latest or scene.home


def is_metonym(text: str, mention: PlaceMention, language: str) -> bool:
    """True when a country or a capital stands for its government: the subject of a verb of speech or decision,
    or after "selon"/"according to", with no locative preposition ("Washington a annoncé", "Moscow said")."""
    words = load_place_words(language)
    gazetteer = load_gazetteer()
    place = mention.place
    if place.precision != "country":
        capital = name_key(gazetteer.capitals.get(place.country or "", ""))
        if not any(r.origin == place.gazetteer for r in gazetteer.find(capital)) and place.country != "IL":
            return False
    low = max(0, mention.start - 60)
    tokens = place_scan.tokenise(text[low : mention.end + 80])
    first = next((i for i, s in enumerate(tokens.starts) if s >= mention.start - low), None)
    if first is None:
        return False
    last = next((i for i in range(first, len(tokens)) if tokens.starts[i] >= mention.end - low), len(tokens))
    return _speaks(tokens, words, first, last)


def _speaks(tokens: Tokens, words: PlaceWords, first: int, last: int) -> bool:
    prep = place_evidence.before(tokens, words, first)
    if prep.relation is not None or prep.of:
        key = tokens.keys[prep.first - 1] if prep.first else ""
        return key in words.according
    if first and tokens.near(first) and tokens.keys[first - 1] in words.according:
        return True
    i = last
    while i < len(tokens) and i < last + 4 and tokens.gap(i) in (" ", "'", "-", ", "):
        for n in (3, 2, 1):
            if " ".join(tokens.keys[i : i + n]) in words.government_verbs and i + n <= len(tokens):
                return not (i + n < len(tokens) and tokens.keys[i + n] in words.done_by)
        if tokens.keys[i] not in words.adverbs:
            return False
        i += 1
    return False
