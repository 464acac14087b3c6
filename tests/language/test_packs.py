"""The violence vocabulary of the language packs: every entry's own examples, clean forms, parity, time."""

from __future__ import annotations

import gc
import importlib.util
import itertools
import time
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest
import yaml

import vigie.language
from vigie.language.folding import fold
from vigie.language.pack import FILES as PACK_FILES
from vigie.language.pack import Pack, expand, languages, load_pack
from vigie.language.schema import Entry, Harm, IncidentType, Term, Trigger, Weapon, WeaponKind

FILES = ("triggers", "harm", "weapons", "actors", "targets", "modality", "frames", "developments")
# Every entry of these files has at least one example; long lists of names (actors) are tried together below.
WITH_EXAMPLES = ("triggers", "harm", "weapons", "targets", "modality", "frames", "developments")
LANGUAGES = languages()
DATA = Path(vigie.language.__file__).parent / "data"
MODALITY_MARKS = {
    "elsewhere",
    "negation", "conditional", "hedge", "threat", "plan", "hypothetical", "foiled", "intercepted", "failed",
    "habitual", "background", "current", "definite", "another", "unclaimed", "claim", "deny", "accuse", "plain",
    "retaliation", "no_harm", "no_damage", "damage", "exercise", "series", "suspected", "near", "outside",
    "inside", "towards", "from",
}  # fmt: skip
FRAME_MARKS = {
    "sport", "film", "cyber", "accident", "disaster", "verbal", "business", "medical", "animal", "trial",
    "tribute", "history", "exercise", "sting", "no_attack", "protest", "metaphor", "plain",
}  # fmt: skip
DEVELOPMENT_MARKS = {
    "CONSULT", "AGREE", "REQUEST", "REJECT", "THREATEN", "ACCUSE", "SANCTION", "MOBILIZE", "RETREAT", "COERCE",
    "SUPPORT", "CONCEDE", "COOPERATE", "AID", "PROTEST",
}  # fmt: skip


@cache
def parity() -> ModuleType:
    """tools/pack_parity.py, which is a script and no package."""
    path = Path(__file__).parents[2] / "tools" / "pack_parity.py"
    spec = importlib.util.spec_from_file_location("pack_parity", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def found(pack: Pack, file: str, entry: Entry, sentence: str) -> bool:
    return any(m.file == file and m.entry.id == entry.id for m in pack.find(sentence))


def spelling_key(entry: Entry, spelling: str) -> str:
    """What the matcher compares: two spellings with one key in one entry would match twice."""
    return spelling if entry.case else spelling.lower() if entry.accents else fold(spelling)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", FILES)
def test_examples_match_and_counter_examples_do_not(language: str, file: str) -> None:
    pack = load_pack(language)
    missed = [(e.id, s) for e in pack.entries[file] for s in e.examples if not found(pack, file, e, s)]
    false_alarms = [(e.id, s) for e in pack.entries[file] for s in e.never if found(pack, file, e, s)]
    assert (missed, false_alarms) == ([], [])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", WITH_EXAMPLES)
def test_every_entry_has_an_example(language: str, file: str) -> None:
    assert [e.id for e in load_pack(language).entries[file] if not e.examples] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_actor_spelling_is_found_as_itself(language: str) -> None:
    pack = load_pack(language)
    for entry in pack.entries["actors"]:
        for spelling in (s for form in entry.forms for s in expand(form)):
            assert found(pack, "actors", entry, f"« {spelling} », x."), (entry.id, spelling)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", FILES)
def test_ids_are_unique(language: str, file: str) -> None:
    ids = [e.id for e in load_pack(language).entries[file]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", FILES)
def test_forms_are_clean(language: str, file: str) -> None:
    """Braces balanced, no stray blanks, and no spelling that one entry lists twice."""
    for entry in load_pack(language).entries[file]:
        seen: set[str] = set()
        for form in entry.forms:
            assert form.count("{") == form.count("}"), (entry.id, form)
            for spelling in expand(form):
                assert spelling == " ".join(spelling.split()), (entry.id, spelling)
                assert "{" not in spelling, (entry.id, spelling)
                key = spelling_key(entry, spelling)
                assert key not in seen, (entry.id, spelling)
                seen.add(key)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", FILES)
def test_no_form_has_two_meanings(language: str, file: str) -> None:
    """A spelling stands in two entries of a file only where it is both noun and verb (frappe, killing)."""
    entries = load_pack(language).entries[file]
    owners: dict[str, list[tuple[Entry, str]]] = defaultdict(list)
    for entry in entries:
        for spelling in (s for form in entry.forms for s in expand(form)):
            owners[fold(spelling)].append((entry, spelling.lower()))
    clashes = {
        (a.id, b.id, spelling)
        for found_here in owners.values()
        for (a, spelling), (b, other) in itertools.combinations(found_here, 2)
        if a.id != b.id and not (a.case or b.case)
        # accents tell the two apart (attaque, attaqué)
        if spelling == other or not (a.accents or b.accents)
        if getattr(a, "pos", None) == getattr(b, "pos", None)
    }
    assert clashes == set()


def test_triggers_reach_every_incident_type_as_noun_and_verb() -> None:
    for language in LANGUAGES:
        triggers = [e for e in load_pack(language).entries["triggers"] if isinstance(e, Trigger)]
        for wanted in get_args(IncidentType):
            assert {t.pos for t in triggers if t.type == wanted} >= {"noun", "verb"}, (language, wanted)


def test_weapons_reach_every_kind() -> None:
    for language in LANGUAGES:
        kinds = {e.kind for e in load_pack(language).entries["weapons"] if isinstance(e, Weapon)}
        assert kinds == set(get_args(WeaponKind)), language


def test_marks_are_the_known_ones_and_all_of_them() -> None:
    wanted = {"modality": MODALITY_MARKS, "frames": FRAME_MARKS, "developments": DEVELOPMENT_MARKS}
    for language in LANGUAGES:
        for file, marks in wanted.items():
            assert {e.mark for e in load_pack(language).entries[file] if isinstance(e, Term)} == marks, language


@pytest.mark.parametrize("file", FILES)
def test_languages_have_the_same_scope(file: str) -> None:
    assert parity().gaps(file, [load_pack(language) for language in LANGUAGES]) == []


@pytest.mark.parametrize("file", WITH_EXAMPLES)
def test_entries_of_one_id_mean_the_same_in_every_language(file: str) -> None:
    """Ids are shared between languages; where they are, slots, kinds and flags agree."""
    ignored = {"forms", "accents", "case", "examples", "never"}
    meanings: dict[str, dict[str, object]] = {}
    for language in LANGUAGES:
        for entry in load_pack(language).entries[file]:
            meaning = entry.model_dump(exclude=ignored)
            assert meanings.setdefault(entry.id, meaning) == meaning, (language, file, entry.id)


@pytest.mark.parametrize(
    ("language", "sentence", "entry", "words"),
    [
        ("fr", "Deux kamikazes se sont fait exploser sur un marché.", "blow_selves_up", "se sont fait exploser"),
        ("fr", "Une attaque au couteau a eu lieu à Lille.", "stabbing", "attaque au couteau"),
        ("fr", "Des tirs de roquettes ont visé la base.", "rocket_fire", "tirs de roquettes"),
        ("fr", "LA VILLE A ÉTÉ BOMBARDÉE.", "bombard_verb", "BOMBARDÉE"),
        ("en", "Two suicide bombers blew themselves up in a market.", "blow_selves_up", "blew themselves up"),
        ("en", "A knife attack took place in Leeds.", "stabbing", "knife attack"),
        ("en", "A rocket attack hit the base.", "rocket_fire", "rocket attack"),
        ("en", "The town was bombed.", "bomb_verb", "bombed"),
    ],
)
def test_the_longest_trigger_wins(language: str, sentence: str, entry: str, words: str) -> None:
    triggers = [m for m in load_pack(language).find(sentence) if m.file == "triggers"]
    assert (entry, words) in [(m.entry.id, m.text) for m in triggers]
    assert all(m.entry.id != "attack" for m in triggers)


@pytest.mark.parametrize(
    ("language", "sentence", "wanted"),
    [
        ("fr", "Le garde est décédé, deux passants sont blessés et un enfant est porté disparu.", ["killed", "injured", "missing"]),
        ("en", "The guard died, two passers-by were injured and a child is reported missing.", ["killed", "injured", "missing"]),
    ],
)  # fmt: skip
def test_harm_words(language: str, sentence: str, wanted: list[str]) -> None:
    assert [m.entry.harm for m in load_pack(language).find(sentence) if isinstance(m.entry, Harm)] == wanted


def test_acronyms_need_their_capitals() -> None:
    assert not any(m.entry.case for m in load_pack("en").find("It is up to us to do it."))
    assert any(m.entry.case for m in load_pack("en").find("Fighters of IS fled."))
    assert any(m.entry.case for m in load_pack("fr").find("Des combattants de l'EI ont fui."))


def _took(work: Callable[[], object]) -> float:
    """Seconds of processor time."""
    start = time.process_time()
    work()
    return time.process_time() - start


@pytest.mark.parametrize("language", LANGUAGES)
def test_time_budget(language: str) -> None:
    """A pack loads in less than six times what its YAML alone takes to read (three times on an idle machine: a quarter
    of a second), and reads 2,000 characters in a twentieth of that. Best of five, one beside the other, so that a busy
    machine slows both."""
    reading, loading, finding = [], [], []
    files = [path.read_text("utf-8") for name in PACK_FILES if (path := DATA / language / f"{name}.yaml").is_file()]
    text = {
        "fr": "Une roquette est tombée près de la base, ont indiqué vendredi des responsables à la presse locale. ",
        "en": "A rocket fell near the base, officials told the local press on Friday after a meeting downtown. ",
    }.get(language, "x " * 50) * 20
    pack = load_pack(language)
    gc.disable()  # what other tests left behind is not to be looked through meanwhile
    try:
        for _ in range(5):
            reading.append(_took(lambda: [yaml.load(f, getattr(yaml, "CSafeLoader", yaml.SafeLoader)) for f in files]))
            loading.append(_took(lambda: load_pack.__wrapped__(language)))
            finding.append(_took(lambda: pack.find(text[:2000])))
    finally:
        gc.enable()
    assert min(loading) < 6 * min(reading)
    assert min(finding) < min(reading) / 20
