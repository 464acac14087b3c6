"""The closed lists: the same everywhere, complete, and their codes real codes of the other codebooks."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import get_args

import pytest

from vigie.language import schema
from vigie.model import codebooks, coded

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"

LITERALS = {
    "incident_type": schema.IncidentType,
    "weapon": schema.WeaponKind,
    "target_kind": coded.TargetKind,
    "source_kind": coded.SourceKind,
    "terms": coded.Terms,
    "stance": coded.Stance,
    "modality": coded.Modality,
    "mode": coded.Mode,
    "period": coded.Period,
    "responsibility": coded.Responsibility,
    "actor_basis": coded.ActorBasis,
    "outcome": coded.Outcome,
    "damage": coded.Damage,
    "verdict": coded.Verdict,
}
# where each list stands in the contract: the JSON key and the first values, enough to find the right string
CONTRACT = {
    "incident_type": r'"type": "(armed_clash[^"]*)"',
    "weapon": r'"kind": "(rocket[^"]*)"',
    "target_kind": r'"kind": "(military\|civilian[^"]*)"',
    "source_kind": r'"kind": "(military\|government[^"]*)"',
    "terms": r'"terms": "([^"]*)"',
    "stance": r'"stance": "([^"]*)"',
    "modality": r'"modality": "([^"]*)"',
    "mode": r'"mode": "(direct[^"]*)"',
    "period": r'"period": "([^"]*)"',
    "responsibility": r'"responsibility": "([^"]*)"',
    "actor_basis": r'"basis": "(claimed[^"]*)"',
    "outcome": r'"outcome": "([^"]*)"',
    "damage": r'"damage": "([^"]*)"',
    "verdict": r'"verdict": "([^"]*)"',
    "link": r'"kind": "(retaliation[^"]*)"',
}


def shared(path: str) -> Path:
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"{path} is not beside this checkout")
    return found


@pytest.mark.parametrize("name", sorted(LITERALS))
def test_list_equals_the_type_in_the_code(name: str) -> None:
    assert codebooks.codebook(name).ids == get_args(LITERALS[name])


@pytest.mark.parametrize("name", sorted(CONTRACT))
def test_list_equals_the_contract(name: str) -> None:
    text = shared("CONTRACT.md").read_text(encoding="utf-8")
    match = re.search(CONTRACT[name], text)
    assert match is not None
    assert set(codebooks.codebook(name).ids) == set(match[1].split("|"))


def test_developments_of_the_language_packs_are_in_the_list() -> None:
    told = re.search(r"developments\.yaml: [^:]*:(.*)", schema.Term.__doc__ or "", re.DOTALL)
    assert told is not None
    assert set(re.findall(r"[A-Z]{3,}", told[1])) <= set(codebooks.codebook("development").ids)


@pytest.mark.parametrize("name", codebooks.names())
def test_every_value_has_words_in_both_languages(name: str) -> None:
    values = codebooks.codebook(name).values
    for language in ("en", "fr"):
        labels = [v.label.get(language) for v in values]
        assert len(set(labels)) == len(labels), f"two values of {name} read the same in {language}"
    for v in values:
        assert "\n" not in v.definition.en + v.definition.fr
        assert v.definition.en != v.definition.fr


def test_unknown_words_are_refused_with_the_list() -> None:
    with pytest.raises(KeyError, match="armed_clash"):
        codebooks.codes_for("battle")
    with pytest.raises(KeyError, match="car_bomb"):
        codebooks.codes_for("attack", ["sword"])


def test_every_type_maps_to_a_sub_event_type_with_or_without_weapons() -> None:
    table = codebooks.acled_sub_event_types()
    for kind in codebooks.codebook("incident_type").ids:
        for weapons in ([], *([w] for w in codebooks.codebook("weapon").ids)):
            for civilian in (True, False, None):
                codes = codebooks.codes_for(kind, weapons, civilian)
                assert table[codes.acled["sub_event_type"]].event_type == codes.acled["event_type"]
                assert codes.plover["event"] == "ASSAULT"


def test_acled_sub_event_types_are_the_published_ones() -> None:
    rows = list(csv.DictReader(shared("reference/codelists/acled_event_types.csv").open(encoding="utf-8")))
    mine = [(s.event_type, s.sub_event_type, s.disorder_type) for s in codebooks.acled_sub_event_types().values()]
    assert mine == [(r["event_type"], r["sub_event_type"], r["disorder_type"]) for r in rows]


def test_plover_modes_and_quad_codes_are_the_published_ones() -> None:
    rows = list(csv.DictReader(shared("reference/codelists/plover_categories_modes.csv").open(encoding="utf-8")))
    modes = {r["mode"] for r in rows if r["category"] == "ASSAULT"}
    for name in ("incident_type", "weapon"):
        assert {v.plover_mode for v in codebooks.codebook(name).values if v.plover_mode} <= modes
    assert {c: codebooks.quad_code(c) for c in codebooks.codebook("development").ids} == {
        r["category"]: int(r["quad_code"]) for r in rows
    }


def test_cameo_codes_are_the_published_ones() -> None:
    rows = csv.DictReader(shared("reference/codelists/cameo_armed_attack_subset.csv").open(encoding="utf-8"))
    known = {r["cameo"] for r in rows}
    values = [*codebooks.codebook("incident_type").values, *codebooks.codebook("weapon").values]
    assert {v.cameo for v in values if v.cameo} | {"1823", "190", "180"} <= known


@pytest.mark.parametrize(
    ("kind", "weapons", "civilian", "deadly", "sub_event_type"),
    [
        ("disrupted", ["drone"], None, None, "Disrupted weapons use"),
        ("armed_clash", ["aerial_bomb", "firearm"], False, True, "Armed clash"),
        ("shelling_missile", ["rocket"], None, None, "Shelling/artillery/missile attack"),
        ("shelling_missile", ["rocket", "drone"], None, None, "Air/drone strike"),
        ("remote_explosive", ["car_bomb"], True, True, "Remote explosive/landmine/IED"),
        ("suicide_bomb", ["car_bomb", "firearm"], True, True, "Suicide bomb"),
        ("attack", ["knife"], True, False, "Attack"),
        ("attack", ["firearm"], False, True, "Armed clash"),
        ("attack", ["firearm", "bomb"], True, True, "Remote explosive/landmine/IED"),
        ("abduction", [], True, None, "Abduction/forced disappearance"),
        ("abduction", [], True, True, "Attack"),
        ("arson", ["incendiary"], None, False, "Looting/property destruction"),
        ("mob_violence", [], True, True, "Mob violence"),
        ("other_violence", ["aerial_bomb"], False, None, "Air/drone strike"),
    ],
)
def test_acled(kind: str, weapons: list[str], civilian: bool | None, deadly: bool | None, sub_event_type: str) -> None:
    codes = codebooks.codes_for(kind, weapons, civilian, deadly=deadly)
    assert codes.acled["sub_event_type"] == sub_event_type


@pytest.mark.parametrize(
    ("kind", "weapons", "mode", "cameo"),
    [
        ("air_drone_strike", ["aerial_bomb"], "aerial", "195"),
        ("air_drone_strike", ["drone"], "drone", "195"),
        ("shelling_missile", ["mortar"], "heavy-weapons", "194"),
        ("remote_explosive", ["mine"], "explosives", "1833"),
        ("remote_explosive", ["car_bomb"], "explosives", "1832"),
        ("suicide_bomb", ["suicide_vest"], "suicide-attack", "1831"),
        ("attack", ["firearm", "knife"], "firearms", "193"),
        ("attack", ["knife"], "primitive", "182"),
        ("disrupted", ["missile"], "heavy-weapons", "194"),
        ("disrupted", [], None, None),
        ("other_violence", [], None, None),
    ],
)
def test_plover_and_cameo(kind: str, weapons: list[str], mode: str | None, cameo: str | None) -> None:
    codes = codebooks.codes_for(kind, weapons)
    assert (codes.plover["mode"], codes.cameo) == (mode, cameo)


@pytest.mark.parametrize(
    ("civilian", "actor", "target", "expected"),
    [
        (True, True, None, 3),
        (True, False, None, 3),
        (True, None, None, None),
        (False, True, None, 1),
        (False, False, True, 1),
        (False, False, False, 2),
        (False, False, None, None),
        (None, True, None, None),
    ],
)
def test_ucdp_type_of_violence(
    civilian: bool | None, actor: bool | None, target: bool | None, expected: int | None
) -> None:
    codes = codebooks.codes_for("attack", ["firearm"], civilian, actor, target_is_state=target)
    assert codes.ucdp["type_of_violence"] == expected


def test_what_was_intercepted_is_never_in_ucdp() -> None:
    assert codebooks.codes_for("disrupted", ["rocket"], True, True).ucdp["type_of_violence"] is None


def test_every_rule_named_is_a_rule_told_and_every_rule_can_be_reached() -> None:
    seen: set[str] = set()
    for kind in codebooks.codebook("incident_type").ids:
        for civilian in (True, False, None):
            for state in (True, False, None):
                for weapons in ([], ["firearm"], ["aerial_bomb"]):
                    for deadly in (True, None):
                        _, used = codebooks.codes_and_rules(
                            kind, weapons, civilian, state, target_is_state=False, deadly=deadly
                        )
                        seen.update(used)
    assert seen == set(codebooks.rules())
