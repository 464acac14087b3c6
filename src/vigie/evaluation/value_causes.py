"""Why a value of an incident that was found is missing, wrong or too many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from vigie.evaluation.names import partly_same, same_name
from vigie.evaluation.pairing import closeness
from vigie.evaluation.passages import Passage
from vigie.evaluation.rules import matching_rules
from vigie.evaluation.sheets import Bounds, Days, SheetIncident
from vigie.evaluation.slots import NAMED, TOLLS, Aligned, Fill, Slot, WeaponNumber, agrees, fills, of_slot, same_number
from vigie.evaluation.trace import Scene, Trace

# From the coarsest to the finest place.
_PRECISION = ("country", "region", "district", "settlement", "site")
_ROLES: dict[Slot, Slot] = {"actor": "target", "target": "actor"}


class Fault(NamedTuple):
    """One thing wrong in a slot: a gold value that is missing, a coded one that is too many, or one for the other."""

    gold: Fill | None
    coded: Fill | None


def faults(aligned: Aligned) -> Iterator[Fault]:
    """What is wrong in one slot, the missing and the superfluous values put together where one stands for the other:
    names that share a word, numbers of one weapon kind, or the only one left on each side."""
    extra, missed = list(aligned.extra), list(aligned.missed)
    for gold in aligned.missed:
        coded = next((c for c in extra if _stands_for(c, gold)), None)
        if coded is not None:
            extra.remove(coded)
            missed.remove(gold)
            yield Fault(gold, coded)
    if len(extra) == len(missed) == 1 and extra[0].slot != "weapon_count":
        yield Fault(missed[0], extra[0])
        return
    yield from (Fault(gold, None) for gold in missed)
    yield from (Fault(None, coded) for coded in extra)


def _stands_for(coded: Fill, gold: Fill) -> bool:
    if isinstance(coded.value, WeaponNumber) and isinstance(gold.value, WeaponNumber):
        return coded.value.kind == gold.value.kind
    if coded.slot in NAMED and isinstance(coded.value, str) and isinstance(gold.value, str):
        return partly_same(coded.value, gold.value)
    return False


class PairScene(NamedTuple):
    """Where a fault is looked into: an incident that both codings of a report have."""

    scene: Scene
    slots: Mapping[Slot, Aligned]
    gold: SheetIncident
    coded: SheetIncident

    def cause(self, slot: Slot, fault: Fault) -> Trace:
        """The cause of one fault."""
        if slot == "responsibility":
            return self._responsibility(*fault)
        if slot in ("country", "weapon_count") and (trace := self._follows(slot, fault)):
            return trace
        match fault:
            case Fault(Fill() as gold, Fill() as coded):
                return self._wrong(slot, gold, coded)
            case Fault(Fill() as gold, None):
                return self._missing(gold)
            case Fault(None, Fill() as coded):
                return self._too_many(slot, coded)
        raise ValueError("a fault without a value")

    @property
    def home(self) -> frozenset[int]:
        """The sentences of the incident: those that hold it by hand; where there are none, those it was made from."""
        return frozenset(self.scene.home(self.gold)) or self.scene.made_from(self.coded)

    def _sentence(self, fill: Fill | None) -> str | None:
        """The sentence a value comes from; where that cannot be told, the one that tells of the incident."""
        own = self.scene.first(fill.words) if fill else None
        return own or (self.scene.passages.text(self.scene.home(self.gold)[:1]) if self.scene.passages else None)

    def _missing(self, gold: Fill) -> Trace:
        """Where a value that was not coded stands: in a sentence of the incident, of another one, of none; nowhere."""
        passages = self.scene.passages
        if passages is None:
            return Trace("text_not_given")
        held = frozenset(p.index for p in passages.all if _tells(gold)(p))
        own = held & (self.home | self.scene.made_from(self.coded))
        if own:
            return Trace("not_taken", "", passages.text(own))
        others = [m.coded for m in self.scene.match.incidents if m.coded and m.coded is not self.coded]
        of_others = held & frozenset(i for other in others for i in self.scene.made_from(other))
        if of_others:
            return Trace("elsewhere", "", passages.text(of_others))
        if held:
            return Trace("unread", "", passages.text(held))
        return Trace("unseen", "", passages.text(self.home))

    def _too_many(self, slot: Slot, coded: Fill) -> Trace:
        """Where a value comes from that the gold incident has not."""
        sentence = self._sentence(coded)
        known = self._elsewhere_by_hand(slot, coded)
        if known is not None:
            return known
        if isinstance(coded.value, Days) and coded.value.assumed:
            return Trace("assumed", "", sentence)
        if self._from_elsewhere(coded):
            return Trace("other_sentence", "", sentence)
        return Trace("more", "", sentence)

    def _wrong(self, slot: Slot, gold: Fill, coded: Fill) -> Trace:
        """Why another value was coded than the gold one."""
        sentence = self._sentence(coded)
        if slot == "type":
            rules = matching_rules()
            same = rules.family(self.coded.type) == rules.family(self.gold.type)
            return Trace("family" if same else "confused", f"{gold.shown} → {coded.shown}", sentence)
        if slot in ("weapon", "country"):
            return Trace("confused", f"{gold.shown} → {coded.shown}", sentence)
        if slot in NAMED and partly_same(coded.shown, gold.shown):
            return Trace("partly", "", sentence)
        return self._wrong_number_or_days(gold, coded) or self._wrong_value(slot, gold, coded)

    def _wrong_value(self, slot: Slot, gold: Fill, coded: Fill) -> Trace:
        sentence = self._sentence(coded)
        known = self._elsewhere_by_hand(slot, coded)
        if known is not None:
            return known
        if slot == "place" and (finer := self._finer(gold)) is not None:
            return Trace("finer" if finer else "coarser", "", sentence)
        if self.scene.passages is None:
            return Trace("text_not_given", "", sentence)
        return Trace("other_sentence" if self._from_elsewhere(coded) else "same_sentence", "", sentence)

    def _wrong_number_or_days(self, gold: Fill, coded: Fill) -> Trace | None:
        sentence = self._sentence(coded)
        if isinstance(gold.value, Bounds | WeaponNumber) and isinstance(coded.value, Bounds | WeaponNumber):
            ends = {gold.value.lower, gold.value.upper} & {coded.value.lower, coded.value.upper}
            return Trace("bounds", "", sentence) if ends - {None} else None
        if isinstance(gold.value, Days) and isinstance(coded.value, Days):
            if coded.value.assumed:
                told = self._missing(gold)
                return Trace("assumed", "", told.sentence or sentence)
            if closeness(coded.value, gold.value):
                return Trace("near_days", "", sentence)
        return None

    def _follows(self, slot: Slot, fault: Fault) -> Trace | None:
        """A country lost with its place, a number lost with its weapon kind."""
        some = fault.gold or fault.coded
        trace = Trace("follows", "", self._sentence(some))
        if slot == "country":
            place = self.slots["place"]
            return trace if place.extra or place.missed else None
        lost = {f.shown for f in (*self.slots["weapon"].extra, *self.slots["weapon"].missed)}
        return trace if some and isinstance(some.value, WeaponNumber) and some.value.kind in lost else None

    def _responsibility(self, gold: Fill | None, coded: Fill | None) -> Trace:
        """A responsibility that follows from an author who was not found, or was invented; or one misread."""
        said = f"{gold.shown if gold else 'unknown'} → {coded.shown if coded else 'unknown'}"
        actors = self.slots["actor"]
        sentence = self.scene.first(self.coded.words)
        if gold and gold.value == "attributed" and not coded and actors.missed and not actors.right:
            return Trace("follows", said, sentence)
        if coded and coded.value == "attributed" and not gold and actors.extra and not actors.right:
            return Trace("follows", said, sentence)
        return Trace("confused", said, sentence)

    def _elsewhere_by_hand(self, slot: Slot, coded: Fill) -> Trace | None:
        """The value belongs to another slot of the incident, or to another incident of the report."""
        sentence = self._sentence(coded)
        if slot in TOLLS and isinstance(coded.value, Bounds):
            for name in ("killed", "injured", "attackers_killed"):
                number: Bounds | None = getattr(self.gold, name)
                if name != slot and number is not None and number.stated and same_number(coded.value, number):
                    return Trace("other_slot", name, sentence)
        role = _ROLES.get(slot)
        if role is not None and any(same_name(coded.shown, f.shown) for f in of_slot(fills(self.gold), role)):
            return Trace("other_slot", role, sentence)
        others = (i for i in self.scene.match.gold.incidents if i is not self.gold)
        for other in others:
            if any(agrees(coded, f) for f in of_slot(fills(other), slot)):
                return Trace("of_another", other.label, sentence)
        return None

    def _from_elsewhere(self, coded: Fill) -> bool:
        """Whether a coded value comes from sentences that do not tell of the gold incident."""
        home, own = frozenset(self.scene.home(self.gold)), self.scene.at(coded.words)
        return bool(home and own) and not home & own

    def _finer(self, gold: Fill) -> bool | None:
        """Whether the coded place is finer (True) or coarser (False) than the gold one; None where neither is known."""
        passages, place = self.scene.passages, self.coded.place
        if passages is None or place is None or place.precision not in _PRECISION:
            return None
        seen = [grain for p in passages.all for name, grain in p.places if same_name(name, gold.shown)]
        if not seen or seen[0] not in _PRECISION:
            return None
        ours, theirs = _PRECISION.index(place.precision), _PRECISION.index(seen[0])
        return None if ours == theirs else ours > theirs


def _tells(gold: Fill) -> Callable[[Passage], bool]:
    """Whether a sentence tells a gold value, as far as that can be seen."""
    value = gold.value
    if isinstance(value, Days):
        return lambda p: value in p.days
    if isinstance(value, Bounds):
        return lambda p: p.counts(value)
    if isinstance(value, WeaponNumber):
        return lambda p: p.counts(Bounds(value.lower, value.upper)) and value.kind in p.weapons
    if gold.slot == "weapon":
        return lambda p: value in p.weapons
    return lambda p: p.holds(value)
