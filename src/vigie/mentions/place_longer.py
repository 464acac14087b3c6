"""Known names that are only a part of a longer one, which the gazetteer does not know."""

from __future__ import annotations

from vigie.mentions.gazetteer import Reading
from vigie.mentions.place_evidence import Scene
from vigie.mentions.place_phrases import noun_after
from vigie.mentions.place_scan import Candidate
from vigie.mentions.place_words import TypeNoun

_SMALL = 50_000  # inhabitants of a town whose name is likely to be a part of another


def runs_on(scene: Scene, c: Candidate) -> bool:
    """True when an unknown capitalised word follows the name directly."""
    tokens, i = scene.tokens, c.last
    if i >= len(tokens):
        return False
    if tokens.caps[i] and tokens.keys[i] in scene.words.openers and tokens.keys[i] in scene.words.adverbs:
        return False  # "the city of Beni Saturday night"
    return tokens.gap(i) == "-" or (tokens.gap(i) == " " and tokens.caps[i] and scene.at(i) is None)


def is_piece(scene: Scene, c: Candidate) -> bool:
    """True when a town's name is only a piece of a longer one tied with hyphens: "Mabo-mabo", « Kala-Sorou »."""
    tokens, first, last = scene.tokens, c.first, c.last
    if c.readings[0].sort != "town" or last - first > 1:
        return False
    behind = last < len(tokens) and tokens.gap(last) == "-"
    if behind and (tokens.keys[last] == tokens.keys[first] or (tokens.caps[last] and scene.at(last) is None)):
        return tokens.keys[last] not in scene.words.directions
    before = first > 0 and tokens.gap(first) == "-" and tokens.caps[first - 1] and scene.at(first - 1) is None
    return before and tokens.keys[first - 1] not in scene.words.directions


def stands_before_noun(scene: Scene, c: Candidate, after: tuple[TypeNoun, int] | None) -> bool:
    """True when a longer name, which the gazetteer does not know, stands before a noun of place ("Bala Dorre
    district")."""
    tokens, last = scene.tokens, c.last
    if after is not None or c.readings[0].sort != "town" or last >= len(tokens) or tokens.gap(last) != " ":
        return False
    if not tokens.caps[last] or scene.at(last) is not None or tokens.opens(c.first):
        return False
    noun = noun_after(tokens, scene.words, last + 1)
    return noun is not None and not tokens.caps[last + 1]


def name_runs_on(scene: Scene, c: Candidate, best: Reading) -> bool:
    """True when a small town's name in its country's own shape goes on with a capitalised word that is none of another
    kind: "Emerald Mountain", not "Qalat Saturday", "Qalat Afghan police"."""
    tokens, words, i = scene.tokens, scene.words, c.last
    if best.sort != "town" or best.weight >= _SMALL or not runs_on(scene, c) or tokens.gap(i) != " ":
        return False
    key, text = tokens.keys[i], tokens.text[tokens.starts[i] : tokens.ends[i]]
    other = key in words.openers or key in words.titles or key in scene.demonyms or key in words.after
    given = key in words.given_names or key in scene.surnames
    return not (other or given or text.isupper() or text[0].isdigit()) and scene.votes.get(best.country or "", 0.0) < 1
