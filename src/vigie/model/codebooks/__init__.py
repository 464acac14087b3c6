"""The closed lists as data, and what an incident is called in ACLED, PLOVER, CAMEO and UCDP.

Each YAML file here but two holds one list: for every value a label and a one-line definition in English and French,
and, for incident types and weapons, its codes elsewhere. `acled.yaml` ranks ACLED's sub-event types, `rules.yaml` says
which rules are applied on top and where each comes from; `codes_and_rules` gives the rules used with the codes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from vigie.errors import PackError
from vigie.model.coded import Codes

Language = Literal["en", "fr"]
T = TypeVar("T")

# The C loader reads the same YAML ten times faster; it is absent where PyYAML was built without libyaml.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_FILES = MappingProxyType(
    {
        "incident_type": "incident_types",
        "period": "periods",
        "weapon": "weapons",
        "outcome": "outcomes",
        "target_kind": "targets",
        "damage": "damages",
        "actor_basis": "actor_bases",
        "responsibility": "responsibility",
        "source_kind": "sources",
        "terms": "terms",
        "stance": "stances",
        "modality": "modalities",
        "mode": "modes",
        "verdict": "verdicts",
        "link": "link_kinds",
        "development": "developments",
    }
)
_MODE_ORDER = (
    "suicide-attack", "drone", "aerial", "heavy-weapons", "explosives", "unconventional", "firearms", "primitive",
)  # fmt: skip
_CAMEO_ORDER = ("2041", "1831", "1832", "1833", "195", "194", "183", "193")
_BY_WEAPON = frozenset({"armed_clash", "attack", "remote_explosive", "disrupted", "other_violence"})


class Words(BaseModel):
    """The same words in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    en: str = Field(min_length=1)
    fr: str = Field(min_length=1)

    def get(self, language: Language) -> str:
        """The words in one language."""
        return self.fr if language == "fr" else self.en


class Value(BaseModel):
    """One value of a closed list. The codes are set only in the lists that have them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    label: Words
    definition: Words
    acled: str | None = None
    plover_mode: str | None = None
    cameo: str | None = None
    ucdp: bool | None = None
    civilian: bool | None = None
    quad_code: Literal[1, 2, 3, 4] | None = None


class Codebook(BaseModel):
    """One closed list: what it is of, where it comes from, its values in their order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    about: str
    origin: str
    values: tuple[Value, ...] = Field(min_length=1)

    @property
    def ids(self) -> tuple[str, ...]:
        """The values as they stand in a coded report."""
        return tuple(v.id for v in self.values)

    def value(self, id: str) -> Value:
        """One value; raises KeyError for a word that is not in the list."""
        for v in self.values:
            if v.id == id:
                return v
        raise KeyError(f"{id!r} is no {self.name}: {', '.join(self.ids)}")


class SubEventType(BaseModel):
    """One of ACLED's sub-event types; `rank` 1 is the highest and absorbs all below."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rank: int
    event_type: str
    sub_event_type: str
    disorder_type: str


class Rule(BaseModel):
    """A rule of coding into another codebook, and whether that codebook states it or this project reads it so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    codebook: Literal["acled", "plover", "cameo", "ucdp"]
    rule: str
    origin: str


def names() -> tuple[str, ...]:
    """The names of all closed lists, in the order of the coded report."""
    return tuple(_FILES)


@cache
def codebook(name: str) -> Codebook:
    """The closed list of that name (see `names`). Raises KeyError for another name, PackError for a faulty file."""
    book = _parse(_FILES[name], lambda data: Codebook.model_validate(data))
    if book.name != name or len(set(book.ids)) != len(book.ids):
        raise PackError(f"codebooks/{_FILES[name]}.yaml: its name must be {name!r} and its values all different")
    return book


def label(name: str, id: str, language: Language) -> str:
    """What a reader is shown for a value: `label("weapon", "car_bomb", "fr")` is "voiture piégée"."""
    return codebook(name).value(id).label.get(language)


def quad_code(development: str) -> int:
    """PLOVER's quad code of a category: 1 verbal, 2 material cooperation, 3 verbal, 4 material conflict."""
    code = codebook("development").value(development).quad_code
    if code is None:
        raise PackError(f"codebooks/developments.yaml: {development} has no quad_code")
    return code


@cache
def acled_sub_event_types() -> Mapping[str, SubEventType]:
    """ACLED's sub-event types by name, highest rank first."""
    found = _parse("acled", lambda data: [SubEventType.model_validate(x) for x in data["sub_event_types"]])
    return MappingProxyType({s.sub_event_type: s for s in sorted(found, key=lambda s: s.rank)})


@cache
def rules() -> Mapping[str, Rule]:
    """The rules of `rules.yaml` by id, in their order."""
    found = _parse("rules", lambda data: [Rule.model_validate(x) for x in data["rules"]])
    return MappingProxyType({r.id: r for r in found})


def codes_for(
    incident_type: str,
    weapons: Sequence[str] = (),
    targets_civilian: bool | None = None,
    actor_is_state: bool | None = None,
    *,
    target_is_state: bool | None = None,
    deadly: bool | None = None,
) -> Codes:
    """What an incident is called in other codebooks.

    incident_type, weapons: values of those lists; give the weapons that some account says were used.
    targets_civilian: True for unarmed people, False for combatants, None when not known or neither.
    actor_is_state: True for a state's forces, False for an organised group, None for a lone attacker or unknown.
    target_is_state: whether a combatant target is a state's. deadly: True when somebody was killed.
    Raises KeyError for a type or a weapon that is not in the lists.
    """
    return codes_and_rules(
        incident_type, weapons, targets_civilian, actor_is_state, target_is_state=target_is_state, deadly=deadly
    )[0]


def codes_and_rules(
    incident_type: str,
    weapons: Sequence[str] = (),
    targets_civilian: bool | None = None,
    actor_is_state: bool | None = None,
    *,
    target_is_state: bool | None = None,
    deadly: bool | None = None,
) -> tuple[Codes, tuple[str, ...]]:
    """As `codes_for`, with the ids of the rules (`rules()`) that gave each code: ACLED, PLOVER, CAMEO, UCDP."""
    kind = codebook("incident_type").value(incident_type)
    used = [codebook("weapon").value(w) for w in dict.fromkeys(weapons)]
    sub, acled_rule = _acled(kind, used, targets_civilian, deadly)
    mode, mode_rule = _plover_mode(kind, used)
    cameo, cameo_rule = _cameo(kind, used, actor_is_state, deadly)
    violence, ucdp_rule = _ucdp(kind, targets_civilian, actor_is_state, target_is_state)
    codes = Codes(
        acled={"event_type": acled_sub_event_types()[sub].event_type, "sub_event_type": sub},
        plover={"event": "ASSAULT", "mode": mode},
        cameo=cameo,
        ucdp={"type_of_violence": violence},
    )
    applied = (acled_rule, "plover-assault", mode_rule, cameo_rule, ucdp_rule)
    return codes, tuple(r for r in applied if r is not None)


def _acled(kind: Value, weapons: Sequence[Value], civilian: bool | None, deadly: bool | None) -> tuple[str, str | None]:
    own = kind.acled or "Attack"
    if kind.id == "disrupted":
        return own, "acled-disrupted"
    if kind.id == "armed_clash":
        return own, "acled-battle-absorbs"
    if kind.id in {"attack", "other_violence"} and civilian is False and not _remote_only(kind, weapons):
        return "Armed clash", "acled-combatants"
    if kind.id == "abduction":
        return ("Attack", "acled-killed-after-abduction") if deadly else (own, None)
    if kind.id == "arson":
        return ("Attack" if deadly else own), "acled-deadly-arson"
    if kind.id in {"mob_violence", "sexual_violence"}:
        return own, None
    ranks = acled_sub_event_types()
    candidates = {own, *(w.acled for w in weapons if w.acled is not None)}
    return min(candidates, key=lambda s: ranks[s].rank), "acled-highest-rank"


def _remote_only(kind: Value, weapons: Sequence[Value]) -> bool:
    """Violence of no told kind with weapons that all act from afar: a strike, not a fight."""
    return kind.id == "other_violence" and bool(weapons) and all(w.acled is not None for w in weapons)


def _plover_mode(kind: Value, weapons: Sequence[Value]) -> tuple[str | None, str | None]:
    if kind.id == "air_drone_strike":
        return ("drone" if any(w.id == "drone" for w in weapons) else kind.plover_mode), "plover-uncrewed"
    if kind.plover_mode is not None:
        return kind.plover_mode, None
    return _first(_MODE_ORDER, (w.plover_mode for w in weapons)), "plover-by-weapon"


def _cameo(
    kind: Value, weapons: Sequence[Value], actor_is_state: bool | None, deadly: bool | None
) -> tuple[str | None, str | None]:
    if kind.id in _BY_WEAPON:
        code = _first(_CAMEO_ORDER, (w.cameo for w in weapons))
        if code is not None:
            return code, "cameo-by-weapon"
    if kind.cameo == "182" and deadly:
        return "1823", "cameo-deadly"
    if kind.id == "other_violence":
        return (None if actor_is_state is None else "190" if actor_is_state else "180"), "cameo-untold"
    return kind.cameo, None


def _ucdp(
    kind: Value, civilian: bool | None, actor_is_state: bool | None, target_is_state: bool | None
) -> tuple[int | None, str]:
    if not kind.ucdp:
        return None, "ucdp-none"
    if civilian and actor_is_state is not None:
        return 3, "ucdp-one-sided"
    if civilian is False and (actor_is_state or (actor_is_state is False and target_is_state)):
        return 1, "ucdp-state-based"
    if civilian is False and actor_is_state is False and target_is_state is False:
        return 2, "ucdp-non-state"
    return None, "ucdp-not-derivable"


def _first(order: Sequence[str], found: Iterable[str | None]) -> str | None:
    have = set(found)
    return next((x for x in order if x in have), None)


def _parse(file: str, build: Callable[[Any], T]) -> T:
    path = files("vigie.model.codebooks").joinpath(f"{file}.yaml")
    try:
        return build(yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER))
    except (yaml.YAMLError, ValidationError, KeyError, TypeError) as error:
        raise PackError(f"codebooks/{file}.yaml: {error}") from error
