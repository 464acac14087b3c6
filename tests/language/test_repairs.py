"""Each repair on a tree with the fault it mends, and on one it must leave alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigie.errors import PackError
from vigie.language import clefts, repairs
from vigie.language.parse import Parse, Token
from vigie.language.repairs import REPAIRS, attach, is_tree, load_repairs
from vigie.language.syntax import Syntax, load_syntax

PART = "Tense=Past|VerbForm=Part"
FIN = "Mood=Ind|VerbForm=Fin"


def tree(rows: str) -> Parse:
    """A parse from "word/POS/relation/head[/morphology]" items; morphology "P" is a participle, "F" finite."""
    tokens, start = [], 0
    for i, row in enumerate(rows.split()):
        text, pos, dep, head, *morph = row.split("/")
        features = {"P": PART, "F": FIN}.get(morph[0], morph[0]) if morph else ""
        tokens.append(Token(i, start, start + len(text), text, text, pos, dep, int(head), features))
        start += len(text) + 1
    return Parse(tuple(tokens), 0, max(0, start - 1))


def links(parse: Parse) -> dict[str, str]:
    """Word → relation and head, for words that stand once."""
    return {t.text: f"{t.dep}>{parse.tokens[t.head].text}" for t in parse}


def mended(repair: Callable[[Parse, Syntax], Parse], rows: str, language: str = "fr") -> dict[str, str]:
    parse = tree(rows)
    result = repair(parse, load_syntax(language))
    assert sum(t.head == t.index for t in result) == 1
    assert all(result.path_to_root(t.index)[-1] == result.root for t in result)
    assert [(t.start, t.end, t.text) for t in result] == [(t.start, t.end, t.text) for t in parse]
    return links(result)


def test_voice_of_etre_verbs() -> None:
    got = mended(repairs.voice, "roquette/NOUN/nsubj:pass/2 est/AUX/aux:pass/2/F tombée/VERB/root/2/P")
    assert got["roquette"] == "nsubj>tombée"
    assert got["est"] == "aux>tombée"


def test_voice_of_passives() -> None:
    got = mended(repairs.voice, "soldat/NOUN/nsubj/3 a/AUX/aux/3/F été/AUX/aux/3/P tué/VERB/root/3/P")
    assert got["soldat"] == "nsubj:pass>tué"
    got = mended(repairs.voice, "soldier/NOUN/nsubj/2 was/AUX/aux:pass/2/F killed/VERB/root/2/P", "en")
    assert got["soldier"] == "nsubj:pass>killed"


def test_voice_of_perfects_and_reflexives() -> None:
    got = mended(repairs.voice, "combats/NOUN/nsubj:pass/2 ont/AUX/aux/2/F éclaté/VERB/root/2/P")
    assert got["combats"] == "nsubj>éclaté"
    got = mended(repairs.voice, "camps/NOUN/nsubj:pass/3 se/PRON/obj/3 sont/AUX/aux:pass/3/F affrontés/VERB/root/3/P")
    assert got["camps"] == "nsubj>affrontés"
    assert got["se"] == "expl>affrontés"


def test_voice_leaves_progressives_alone() -> None:
    rows = "rebels/NOUN/nsubj/2 were/AUX/aux/2/F advancing/VERB/root/2/Tense=Pres|VerbForm=Part"
    assert mended(repairs.voice, rows, "en")["rebels"] == "nsubj>advancing"


def test_cleft() -> None:
    rows = "That/PRON/nsubj:pass/4 's/AUX/aux:pass/4 when/ADV/advmod/4 officers/NOUN/nsubj:pass/4 fired/VERB/root/4/P"
    assert mended(clefts.cleft, rows, "en")["officers"] == "nsubj>fired"
    hit = (
        "That/PRON/nsubj/5 's/AUX/cop/5 when/ADV/advmod/5 boys/NOUN/nsubj:pass/5 were/AUX/aux:pass/5 shot/VERB/root/5/P"
    )
    assert mended(clefts.cleft, hit, "en")["boys"] == "nsubj:pass>shot"
    rows = "officers/NOUN/nsubj:pass/2 were/AUX/aux:pass/2 shot/VERB/root/2/P when/ADV/advmod/4 fleeing/VERB/advcl/2"
    assert mended(clefts.cleft, rows, "en")["officers"] == "nsubj:pass>shot"


def test_joined_subject() -> None:
    got = mended(repairs.joined_subject, "a/AUX/aux/2/F -t-il/PRON/obj/0 ajouté/VERB/root/2/P")
    assert got["-t-il"] == "nsubj>ajouté"
    got = mended(repairs.joined_subject, "dit/VERB/root/0/F -on/PRON/obj/0")
    assert got["-on"] == "nsubj>dit"


def test_relative_pronoun() -> None:
    got = mended(repairs.relative_pronoun, "tirs/NOUN/root/0 qui/PRON/obj/3 ont/AUX/aux/3/F visé/VERB/acl/0/P")
    assert got["qui"] == "nsubj>visé"
    got = mended(repairs.relative_pronoun, "homme/NOUN/root/0 à/ADP/case/2 qui/PRON/obl/3 parle/VERB/acl/0/F")
    assert got["qui"] == "obl>parle"


def test_relative_inversion() -> None:
    got = mended(
        repairs.relative_inversion,
        "tirs/NOUN/root/0 qu'/PRON/nsubj/3 ont/AUX/aux/3/F menés/VERB/acl/0/P les/DET/det/5 rebelles/NOUN/obj/3",
    )
    assert (got["qu'"], got["rebelles"]) == ("obj>menés", "nsubj>menés")
    got = mended(
        repairs.relative_inversion,
        "dépôt/NOUN/root/0 où/ADV/nsubj/3 étaient/AUX/aux:pass/3/F cachées/VERB/acl/0/P "
        "des/ADP/case/5 armes/NOUN/obl/3",
    )
    assert got["armes"] == "nsubj:pass>cachées"
    rows = "tirs/NOUN/root/0 que/PRON/obj/4 les/DET/det/3 rebelles/NOUN/nsubj/4 ont/VERB/acl/0/F"
    assert mended(repairs.relative_inversion, rows)["rebelles"] == "nsubj>ont"


def test_date_is_no_argument() -> None:
    got = mended(repairs.date_is_no_argument, "a/AUX/aux/1/F frappé/VERB/root/1/P mardi/NOUN/obj/1 camp/NOUN/obj/1")
    assert (got["mardi"], got["camp"]) == ("obl>frappé", "obj>frappé")


def test_des_object() -> None:
    got = mended(
        repairs.des_object,
        "armée/NOUN/nsubj/2 a/AUX/aux/2/F bombardé/VERB/root/2/P des/ADP/case/4 positions/NOUN/obl/2",
    )
    assert (got["positions"], got["des"]) == ("obj>bombardé", "det>positions")


def test_des_object_of_a_joined_verb() -> None:
    got = mended(
        repairs.des_object,
        "ont/AUX/aux/1/F tiré/VERB/root/1/P et/CCONJ/cc/3 blessé/VERB/conj/1/P des/ADP/case/5 gens/NOUN/obl/3",
    )
    assert got["gens"] == "obj>blessé"


@pytest.mark.parametrize(
    "rows",
    [
        "il/PRON/nsubj/1 parle/VERB/root/1/F des/ADP/case/3 combats/NOUN/obl/1",
        "tirés/VERB/root/0/P des/ADP/case/2 hauteurs/NOUN/obl/0",
        "il/PRON/nsubj/3 s'/PRON/expl/3 est/AUX/aux/3/F chargé/VERB/root/3/P des/ADP/case/5 combats/NOUN/obl/3",
        "a/AUX/aux/1/F pris/VERB/root/1/P l'/DET/det/3 arme/NOUN/obj/1 des/ADP/case/5 combats/NOUN/nmod/3",
    ],
)
def test_des_that_is_no_article(rows: str) -> None:
    parse = tree(rows)
    assert repairs.des_object(parse, load_syntax("fr")) == parse


def test_inverted_speaker() -> None:
    got = mended(
        repairs.inverted_speaker,
        "tué/VERB/root/0/P ,/PUNCT/punct/0 a/AUX/aux/3/F indiqué/VERB/parataxis/0/P une/DET/det/5 source/NOUN/obj/3",
    )
    assert got["source"] == "nsubj>indiqué"
    got = mended(
        repairs.inverted_speaker,
        "left/VERB/ccomp/3/P ,/PUNCT/punct/0 ”/PUNCT/punct/0 said/VERB/root/3/F a/DET/det/5 source/NOUN/obj/3",
        "en",
    )
    assert got["source"] == "nsubj>said"


def test_inverted_speaker_behind_whom_it_was_said_to() -> None:
    got = mended(
        repairs.inverted_speaker,
        "tué/VERB/root/0/P ,/PUNCT/punct/0 a/AUX/aux/3/F dit/VERB/parataxis/0/P à/ADP/case/6 l'/DET/det/6 "
        "AFP/PROPN/obl/3 mardi/NOUN/obl/3 un/DET/det/9 témoin/NOUN/nmod/6",
    )
    assert got["témoin"] == "nsubj>dit"


def test_a_speaker_above_the_verb_of_speech() -> None:
    got = mended(
        repairs.inverted_speaker,
        "tué/VERB/root/0/P ,/PUNCT/punct/0 a/AUX/aux/3/F dit/VERB/acl/5/P un/DET/det/5 témoin/NOUN/conj/0",
    )
    assert (got["témoin"], got["dit"]) == ("nsubj>dit", "conj>tué")


def test_an_object_of_a_verb_of_speech_stays_one() -> None:
    rows = "armée/NOUN/nsubj/2 a/AUX/aux/2/F annoncé/VERB/root/2/P la/DET/det/4 mort/NOUN/obj/2"
    assert mended(repairs.inverted_speaker, rows)["mort"] == "obj>annoncé"


def test_bare_object() -> None:
    got = mended(
        repairs.bare_object,
        "a/AUX/aux/1/F tué/VERB/root/1/P sur/ADP/case/4 le/DET/det/4 coup/NOUN/obl/1 un/DET/det/6 garde/NOUN/nmod/4",
    )
    assert got["garde"] == "obj>tué"


def test_reduced_relative() -> None:
    got = mended(
        repairs.reduced_relative,
        "raids/NOUN/nsubj/1 launched/VERB/root/1/P by/ADP/case/3 rebels/NOUN/obl/1 destroyed/VERB/advcl/1/P "
        "bridges/NOUN/obj/4",
        "en",
    )
    assert got == {
        "raids": "nsubj>destroyed",
        "launched": "acl>raids",
        "by": "case>rebels",
        "rebels": "obl>launched",
        "destroyed": "root>destroyed",
        "bridges": "obj>destroyed",
    }
    rows = "rebels/NOUN/nsubj/1 fled/VERB/root/1/P after/SCONJ/mark/3 losing/VERB/advcl/1/VerbForm=Ger"
    assert mended(repairs.reduced_relative, rows, "en")["rebels"] == "nsubj>fled"
    rows = "man/NOUN/nsubj/1 entered/VERB/root/1/P ,/PUNCT/punct/3 fled/VERB/advcl/1/P"
    assert mended(repairs.reduced_relative, rows, "en")["man"] == "nsubj>entered"


def test_second_subject() -> None:
    got = mended(
        repairs.second_subject,
        "X/PROPN/nsubj/6 ,/PUNCT/punct/3 un/DET/det/3 chef/NOUN/nsubj/6 ,/PUNCT/punct/3 a/AUX/aux/6/F "
        "fui/VERB/root/6/P",
    )
    assert (got["X"], got["chef"]) == ("nsubj>fui", "appos>X")


def test_agent_of_passive() -> None:
    got = mended(
        repairs.agent_of_passive, "a/AUX/aux/2 été/AUX/aux:pass/2 tué/VERB/root/2/P par/ADP/case/4 balles/NOUN/obl/2"
    )
    assert got["balles"] == "obl>tué"
    got = mended(
        repairs.agent_of_passive,
        "a/AUX/aux/2 été/AUX/aux:pass/2 pris/VERB/root/2/P pour/ADP/case/4 cible/NOUN/obl/2 par/ADP/case/6 "
        "rebelles/NOUN/nmod/4",
    )
    assert got["rebelles"] == "obl:agent>pris"
    got = mended(
        repairs.agent_of_passive, "was/AUX/aux:pass/1 hit/VERB/root/1/P by/ADP/case/3 rockets/NOUN/obl/1", "en"
    )
    assert got["rockets"] == "obl:agent>hit"


def test_no_agent_of_an_active_verb() -> None:
    got = mended(repairs.agent_of_passive, "a/AUX/aux/1/F frappé/VERB/root/1/P par/ADP/case/3 missile/NOUN/obl:agent/1")
    assert got["missile"] == "obl>frappé"


def test_quantity_head() -> None:
    got = mended(repairs.quantity_head, "175/NUM/nsubj/2 tirs/NOUN/nmod/0 visent/VERB/root/2/F")
    assert (got["175"], got["tirs"]) == ("nummod>tirs", "nsubj>visent")


def test_attach_never_makes_a_loop() -> None:
    parse = tree("a/NOUN/root/0 b/NOUN/nmod/0 c/NOUN/nmod/1")
    got = attach(parse, 0, 2, "nmod")
    assert links(got) == {"a": "nmod>c", "b": "nmod>a", "c": "root>c"}
    assert got.root == 2


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_repairs_keep_any_tree_a_tree(data: st.DataObject) -> None:
    """Words of the lists, in any tree, with any relation and part of speech."""
    pool = "le des tombé tiré indiqué a été est , » source mardi par qui que où s' -t-il deux soldats et launched fell"
    words = data.draw(st.lists(st.sampled_from(pool.split()), min_size=1, max_size=9))
    order = data.draw(st.permutations(range(len(words))))
    deps = (
        "nsubj nsubj:pass obj obl nmod case det aux aux:pass advcl xcomp acl conj punct obl:agent ccomp nummod".split()
    )
    heads = {order[0]: order[0]}
    for k, i in enumerate(order[1:], 1):
        heads[i] = order[data.draw(st.integers(0, k - 1))]
    tokens = []
    for i, word in enumerate(words):
        dep = "root" if heads[i] == i else data.draw(st.sampled_from(deps))
        pos = data.draw(st.sampled_from("NOUN VERB AUX DET ADP PUNCT PRON NUM ADJ PROPN".split()))
        morph = data.draw(st.sampled_from(["", PART, FIN, "Mood=Ind|Tense=Past|VerbForm=Fin"]))
        tokens.append(Token(i, i * 9, i * 9 + len(word), word, word, pos, dep, heads[i], morph))
    parse = Parse(tuple(tokens), 0, len(words) * 9)
    for language in ("fr", "en"):
        syntax = load_syntax(language)
        for repair in REPAIRS:
            assert is_tree(repair(parse, syntax)), repair.__name__


def test_is_tree() -> None:
    assert is_tree(tree("a/NOUN/root/0 b/NOUN/nmod/0"))
    assert not is_tree(tree("a/NOUN/root/0 b/NOUN/nmod/2 c/NOUN/nmod/1"))
    assert not is_tree(tree("a/NOUN/root/0 b/NOUN/root/1"))


@pytest.mark.parametrize("repair", REPAIRS, ids=lambda r: r.__name__)
def test_every_repair_bears_any_tree(repair: Callable[[Parse, Syntax], Parse]) -> None:
    """The empty tree, a word alone, and repairing twice."""
    syntax = load_syntax("fr")
    for parse in (Parse((), 0, 0), tree("des/ADP/root/0"), tree("par/ADP/case/1 qui/PRON/root/1")):
        once = repair(parse, syntax)
        assert repair(once, syntax) == once
    assert repair.__doc__


def test_word_lists() -> None:
    assert "indiquée" in load_syntax("fr").speech
    assert "tombées" in load_syntax("fr").etre
    assert "said" in load_syntax("en").speech
    with pytest.raises(PackError, match=r"syntax\.yaml"):
        load_syntax("xx")
    parse = tree("tirs/NOUN/root/0")
    assert load_repairs("en")(parse) == parse
