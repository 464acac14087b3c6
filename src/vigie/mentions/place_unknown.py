"""Names that no list knows and that their surroundings make places."""

from __future__ import annotations

from collections.abc import Mapping

from vigie.mentions import place_evidence, place_phrases
from vigie.mentions.place_evidence import Scene
from vigie.mentions.place_found import PHRASE_GAP, Found, holds
from vigie.mentions.place_keys import ARABIC_ARTICLES
from vigie.mentions.place_routes import end_of_route
from vigie.mentions.place_words import TypeNoun

_NAME_WORDS = 3  # in the longest unknown name taken behind a word for where


def find_unknown(scene: Scene, known: list[Found]) -> list[Found]:
    """Names the gazetteer does not know that their surroundings make places."""
    tokens = scene.tokens
    covered = {i: f.readings[0].sort if f.readings else "" for f in known for i in range(f.first, f.last)}
    found: list[Found] = []
    keys, caps = tokens.keys, tokens.caps
    time = scene.words.openers & scene.words.adverbs
    free = 1  # the first word that no name before has taken
    for i in [i for i, key in enumerate(keys) if caps[i] or key in ARABIC_ARTICLES]:
        if i < free or i in covered or tokens.gap(i) == "-" or tokens.opens(i):
            continue
        end = place_phrases.chain(tokens, i)
        end = next((j for j in range(i, end) if j in covered or (j > i and caps[j] and tokens.keys[j] in time)), end)
        whole = end > i and (caps[end - 1] or tokens.gap(end - 1) in ("-", "'"))
        place = _unknown_at(scene, i, end, covered) if whole else None
        if place is not None:
            found.append(place)
            covered.update(dict.fromkeys(range(place.first, place.last), ""))
            free = place.last
    return found


def _unknown_at(scene: Scene, i: int, end: int, covered: Mapping[int, str]) -> Found | None:
    tokens, words = scene.tokens, scene.words
    before = place_phrases.noun_before(tokens, words, i)
    named = before is not None and before.noun.precision in ("settlement", "district") and not before.noun.keep
    if tokens.gap(end) == "-" and end < len(tokens) and not _part_of_name(scene, end):
        if not named:
            return None  # "in rebel-held", "in Moro-controlled areas": an adjective
        end += 1  # « le village de Tin-akoff »
    if _stop(scene, i, end, named=named):
        return None
    if before is not None and " ".join(tokens.keys[before.first : end]) in words.stop_names:
        return None  # « gare de Lyon »
    stop = end_of_route(tokens, words, i, end, covered)
    if stop is not None and not _person(scene, i, stop):
        return Found(i, stop, i, (), "settlement", None)
    after = place_phrases.noun_after(tokens, words, end)
    prep = place_evidence.before(tokens, words, i)
    named = before is not None and tokens.keys[i - 1] in words.apposed  # « le village X »
    if before is not None and (before.tied or before.noun.keep or words.direction_before or named):
        noun = before.noun
        if noun.keep and noun.precision != "site":
            return None  # "campagne de X", "bande de X": of a person or a thing as well
        return Found(before.first if noun.keep else i, end, i, (), noun.precision, None)
    last = _noun_within(scene, i, end)
    if last is not None and (prep.relation is not None or _owned(scene, i, covered)):
        return Found(i, end, i, (), last.precision, None)  # "in New Lyme Township"
    told = prep.relation is not None or _behind_owner(scene, i)
    if after is not None and (told or tokens.keys[end] not in words.after_weak):
        return Found(i, after[1] if after[0].keep else end, i, (), after[0].precision, None)
    if tokens.keys[i] in words.venues or tokens.keys[end - 1] in words.venues:
        return None  # "in Hicken Road, Brixton"
    if prep.relation is not None and (not prep.weak or _locates(scene, prep, i, end)):
        holder = next((c for c in scene.candidates if end <= c.first <= end + PHRASE_GAP), None)
        if holder is not None and tokens.gap(end) in (", ", " (") and holds(scene, end, holder):
            best, _ = place_evidence.ranked(scene, holder, None, ())
            return Found(i, end, i, (), "settlement", best[0].country)
        if _apposed(scene, end) or _locates(scene, prep, i, end):
            return Found(i, end, i, (), "settlement", None)
    given = any(k in words.given_names or k in words.titles for k in tokens.keys[i:end])
    if _owned(scene, i, covered) and _ends(scene, end) and not given and end - i <= _NAME_WORDS:
        return Found(i, end, i, (), "settlement", None)
    if prep.relation is None and _apposed(scene, end) and not tokens.opens(i) and not _person(scene, i, end):
        return Found(i, end, i, (), "settlement", None)
    if covered.get(i - 1 - (tokens.keys[i - 1] in words.conjunctions)) == "town" and _in_list(scene, i, end, covered):
        return Found(i, end, i, (), "settlement", None)
    return None


def _part_of_name(scene: Scene, end: int) -> bool:
    """True when the word behind a hyphen belongs to the name or is another: "Beni-ville", "Boni-Douentza"."""
    tokens, words = scene.tokens, scene.words
    key = tokens.keys[end]
    return tokens.caps[end] or key in words.before or key in words.after or key in words.directions


def _noun_within(scene: Scene, i: int, end: int) -> TypeNoun | None:
    """The noun for a place that ends a name and is written as a part of it: "New Lyme Township", "Sawara Ward"."""
    tokens, words = scene.tokens, scene.words
    if not words.direction_before or end - i < 2 or tokens.gap(end - 1) != " ":
        return None
    noun = words.after.get(tokens.keys[end - 1])
    own = tokens.keys[i : end - 1]
    plain = any(k in words.venues or k in words.titles or k in words.common for k in own)
    return None if plain or _person(scene, i, end - 1) else noun


def _owned(scene: Scene, i: int, covered: Mapping[int, str]) -> bool:
    """True behind a place, no country, with "'s" where something is told to be: "in Kabul's |X"."""
    tokens, k = scene.tokens, i - 2
    if not _behind_owner(scene, i) or covered.get(k, "country") == "country":
        return False
    while k > 0 and covered.get(k - 1) == covered[k]:
        k -= 1
    return place_evidence.before(tokens, scene.words, k).relation in ("at", "near", "inside")


def _behind_owner(scene: Scene, i: int) -> bool:
    """True right behind "'s": "the capital's |Bakara quarter"."""
    tokens = scene.tokens
    return scene.words.direction_before and i > 1 and tokens.keys[i - 1] == "s" and tokens.gap(i - 1) == "'"


def _ends(scene: Scene, end: int) -> bool:
    """True when no noun follows that the name could belong to ("in Kabul's Serena hotel")."""
    tokens, words = scene.tokens, scene.words
    if tokens.gap(end) != " ":
        return tokens.gap(end)[:1] != "-"
    key = tokens.keys[end]
    starts = {p.split(" ")[0] for p in words.prepositions}
    return key in starts or key in words.conjunctions or key in words.adverbs or key in words.openers


def _locates(scene: Scene, prep: place_evidence.Before, i: int, end: int) -> bool:
    """True when the preposition stands before places alone and the name after it is no person's: "à 30 km de X",
    "near X", "à X"."""
    tokens, words = scene.tokens, scene.words
    key = " ".join(tokens.keys[prep.first : i])
    if key not in words.locative or end - i > _NAME_WORDS or end - i < 1:
        return False
    keys = tokens.keys[i:end]
    return not _person(scene, i, end) and not all(k in words.common for k in keys) and keys[-1] not in words.venues


def _person(scene: Scene, i: int, end: int) -> bool:
    return any(k in scene.surnames or k in scene.words.given_names for k in scene.tokens.keys[i:end])


def _in_list(scene: Scene, i: int, end: int, covered: Mapping[int, str]) -> bool:
    """True when words i..end-1 stand between towns of one list ("X, Y et Z")."""
    tokens, words = scene.tokens, scene.words
    left = tokens.gap(i) in (", ", " ") and tokens.gap(i - 1) in (", ", " ")
    follower = end + (end < len(tokens) and tokens.keys[end] in words.conjunctions)
    return left and tokens.gap(end) in (", ", " ") and covered.get(follower) == "town" and end - i <= 2


def _apposed(scene: Scene, end: int) -> bool:
    """True when ", une petite ville de" or ", a town in" follows word end - 1."""
    tokens, words = scene.tokens, scene.words
    if tokens.gap(end) not in (", ", " (", " - "):
        return False
    for j in range(end, min(end + 4, len(tokens))):
        if tokens.keys[j] in words.apposed:
            return True
        if tokens.keys[j] not in words.adjectives and tokens.keys[j] not in ("a", "an", "un", "une", "the", "la", "le"):
            return False
    return False


def _stop(scene: Scene, i: int, end: int, *, named: bool) -> bool:
    """True for a run of capitals that begins like a sentence, a person's name or a stop name, or is all words
    (unless it is named as a town: "the town of Sake")."""
    keys = scene.tokens.keys
    words = scene.words
    hyphened = i + 1 < end and scene.tokens.gap(i + 1) == "-"  # "Fort-Mabiale", "Saint-Baroulo"
    whole = end - i > 1 and keys[i] in words.name_starts
    if keys[i] in words.given_names and not (named and end - i == 1):
        return True
    if not hyphened and not whole and (keys[i] in words.openers or keys[i] in words.titles):
        return True
    word = scene.tokens.text[scene.tokens.starts[i] : scene.tokens.ends[end - 1]]
    if len(word) <= 5 and word.isupper():
        return True  # a body's initials
    plain = (words.common, words.articles, words.genitive, scene.demonyms)
    if not named and all(any(k in known for known in plain) for k in keys[i:end]):
        return True
    return any(" ".join(keys[i:j]) in words.stop_names for j in range(i + 1, end + 1))
