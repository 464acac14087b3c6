"""Who a source is: names of one body joined, and what is known of it.

Names are joined by a list of bodies in the package (`data/sources.yaml`), by what a name plainly means (`armée
malienne`, `Malian army`), and by people's decisions (`alias`, `unalias`). Nothing is inferred of how reliable a source
is: the Admiralty grade stays F, "cannot be judged", until a person gives one.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType
from typing import Any, get_args

import yaml

from vigie.mentions.place_keys import sound_key
from vigie.model.coded import Source, SourceKind
from vigie.model.record import Decided, Decision, Reliability, SourceProfile
from vigie.record.names import bracketed, fold_name, meaning

# What a profile decision may set, with the values allowed (empty: any words).
PROFILE_FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "kind": get_args(SourceKind),
        "country": (),
        "side": (),
        "reliability": get_args(Reliability),
        "note": (),
    }
)
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Words for the area that an office is of; some outlets write them and some do not.
_AREAS = frozenset("region province etat state district prefecture ville city gouvernorat governorate oblast".split())


@dataclass(frozen=True, slots=True)
class Sources:
    """The bodies known. `profiles` by folded family name, `families` folded spelling → folded family name."""

    profiles: Mapping[str, SourceProfile]
    families: Mapping[str, str]
    parted: frozenset[str] = field(default_factory=frozenset)

    def family(self, name: str) -> str | None:
        """The folded family name of a named body or person, None where the name tells of nobody in particular
        ("two sources")."""
        for spelling in _spellings(name):
            if spelling in self.families:
                return self.families[spelling]
            if spelling in self.parted:
                return spelling
        for part in name.split(",")[1:]:  # "X, spokesman of Y" speaks for Y
            held = next((run for run in _runs(fold_name(part)) if run in self.families), None)
            if held is not None:
                return self.families[held]
        body = _body(name)
        return self.families.get(body, body) if body is not None else None

    def same(self, a: str, b: str) -> bool:
        """True when two names are of one source family."""
        x, y = self.family(a) or fold_name(a), self.family(b) or fold_name(b)
        return x == y

    def profile(self, name: str) -> SourceProfile:
        """What is known of the body a name stands for; for one that is not known, its name and nothing else."""
        family = self.family(name) or fold_name(name)
        return self.profiles.get(family) or self.profiles.get(fold_name(name)) or SourceProfile(name)

    def known(self) -> tuple[SourceProfile, ...]:
        """All profiles, sorted by name."""
        return tuple(sorted(self.profiles.values(), key=lambda p: fold_name(p.name)))

    def with_decisions(self, decided: Decided) -> Sources:
        """These sources after the alias, unalias and profile decisions that stand, in the order they were made."""
        joined = self
        for decision in decided.aliases:
            joined = joined._joined(decision.names) if decision.kind == "alias" else joined._parted(decision.names)
        profiles = dict(joined.profiles)
        for decisions in decided.profiles.values():
            for decision in decisions:
                family = joined.family(decision.names[0]) or fold_name(decision.names[0])
                profiles[family] = _set(profiles.get(family) or joined.profile(decision.names[0]), decision)
        return replace(joined, profiles=MappingProxyType(profiles))

    def _joined(self, names: Iterable[str]) -> Sources:
        """All the families of these names as one: that of the first."""
        first, *others = [(n, self.family(n) or fold_name(n)) for n in names]
        home = first[1]
        families, profiles = dict(self.families), dict(self.profiles)
        gone = {family for _, family in others} - {home}
        for spelling, family in self.families.items():
            if family in gone:
                families[spelling] = home
        for name, family in [first, *others]:
            for spelling in (fold_name(name), family):
                families[spelling] = home
        merged = profiles.get(home) or SourceProfile(first[0], (first[0],))
        spellings = [*merged.names, *(n for n, _ in others)]
        for family in sorted(gone):
            known = profiles.pop(family, None)
            spellings.extend(known.names if known else ())
        profiles[home] = replace(merged, names=tuple(dict.fromkeys(spellings)))
        return Sources(MappingProxyType(profiles), MappingProxyType(families), self.parted)

    def _parted(self, names: Iterable[str]) -> Sources:
        """Each of these names after the first a family of its own."""
        families, profiles, parted = dict(self.families), dict(self.profiles), set(self.parted)
        first, *others = names
        home = self.family(first) or fold_name(first)
        for name in others:
            spelling = fold_name(name)
            if self.family(name) != home:
                continue
            families.pop(spelling, None)
            parted.add(spelling)
            if home in profiles:
                kept = tuple(n for n in profiles[home].names if fold_name(n) != spelling)
                profiles[home] = replace(profiles[home], names=kept)
            profiles[spelling] = SourceProfile(name, (name,))
        return Sources(MappingProxyType(profiles), MappingProxyType(families), frozenset(parted))


def _set(profile: SourceProfile, decision: Decision) -> SourceProfile:
    given: Mapping[str, Any] = decision.value
    return replace(profile, **{k: v for k, v in given.items() if k in PROFILE_FIELDS})


def _spellings(name: str) -> Iterable[str]:
    """The folded name, and the name in its brackets."""
    yield fold_name(name)
    for inner in bracketed(name):
        yield fold_name(inner)


def found_by(name: str, countries: Iterable[str | None] = ()) -> tuple[str, ...]:
    """Everything by which some list of sources may know a name: its spellings, its family in the package's own list,
    the institution or office it tells (of one of the countries). A decision on names bears on a source only where one
    of these is a spelling or a family that the decision speaks of."""
    found = dict.fromkeys(_spellings(name))
    for part in name.split(",")[1:]:
        found |= dict.fromkeys(_runs(fold_name(part)))
    institution = institution_of(name)
    told = (f"{institution} {c}" for c in countries if c is not None) if institution is not None else ()
    families = (seeded().family(name), _body(name), office_of(name), *told)
    return tuple(key for key in (*found, *families) if key)


def _runs(folded: str) -> Iterable[str]:
    """Runs of a name's words, the longest first; single words of a letter or two are left out."""
    words = folded.split()
    for n in range(len(words), 0, -1):
        for i in range(len(words) - n + 1):
            run = " ".join(words[i : i + n])
            if len(run) > 2:
                yield run


def institution_of(name: str) -> str | None:
    """The institution that a name tells, whatever country's: "police", "the army"; None for any other name."""
    told = meaning(name)
    return _institutions().get(frozenset(told.key.split()) - told.country_words)


def office_of(name: str) -> str | None:
    """The office that a name tells, with the place or country it is of: one person holds it, whoever prints it
    ("préfet de Téra", "prefect of Tera"). None without a place, or for any other name."""
    told = meaning(name)
    words = told.key.split()
    found = max(
        ((len(form), office, form) for form, office in _offices().items() if form <= set(words)),
        key=lambda f: (f[0], f[1]),
        default=None,
    )
    if found is None:
        return None
    rest = [w for w in words if w not in found[2] and w not in told.country_words and w not in _AREAS]
    where = sorted({sound_key(w) or w for w in rest}) + sorted(told.countries)
    return " ".join([f"office {found[1]}", *where]) if where else None


def _body(name: str) -> str | None:
    """The family of a body that its name plainly tells, in any language: one that the language packs name, or an
    institution and its country."""
    told = meaning(name)
    if len(told.named) == 1 and not told.words:
        return f"body {min(told.named)}"
    if len(told.countries) == 1:
        institution = institution_of(name)
        if institution is not None:
            return f"{institution} {min(told.countries)}"
    return None


@cache
def _offices() -> Mapping[frozenset[str], str]:
    return MappingProxyType(
        {frozenset(fold_name(f).split()): str(row["id"]) for row in _read("offices.yaml") for f in row["forms"]}
    )


@cache
def _institutions() -> Mapping[frozenset[str], str]:
    return MappingProxyType(
        {
            frozenset(fold_name(form).split()): str(row["id"])
            for row in _read("institutions.yaml")
            for form in row["forms"]
        }
    )


def _read(file: str) -> list[dict[str, Any]]:
    text = (importlib.resources.files("vigie.record") / "data" / file).read_text("utf-8")
    rows: list[dict[str, Any]] = yaml.load(text, Loader=_Loader)
    return rows


@cache
def seeded() -> Sources:
    """The bodies in the package's own list."""
    profiles: dict[str, SourceProfile] = {}
    families: dict[str, str] = {}
    for row in _read("sources.yaml"):
        names = tuple(dict.fromkeys([row["name"], *row["names"], *row.get("people", ())]))
        home = fold_name(row["name"])
        profiles[home] = SourceProfile(
            name=row["name"], names=names, kind=row["kind"], country=row.get("country"), side=row.get("side")
        )
        for name in names:
            families.setdefault(fold_name(name), home)
        body = _body(row["name"])
        if body is not None:  # a name that only the packs know finds the listed body too
            families.setdefault(body, home)
    return Sources(MappingProxyType(profiles), MappingProxyType(families))


def source_family(source: Source, sources: Sources) -> str | None:
    """The family of a report's source, None for one that is not named: an anonymous source is nobody in particular,
    and no attempt is made to tell who it is."""
    if source.terms == "anonymous":
        return None
    return sources.family(source.name)
