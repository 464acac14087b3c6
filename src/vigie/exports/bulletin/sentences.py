"""What the record has of one incident, as sentences: what happened, what it cost, who is said to have done it, and
where the accounts differ. Nothing stands in them that is not in the record; each carries the reports it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vigie.exports.bulletin.names import Names, is_fine
from vigie.exports.bulletin.words import Phrase, Words, capital
from vigie.exports.phrasing import days as days_of
from vigie.exports.record_phrasing import place_name
from vigie.language.folding import fold
from vigie.model import Place, Quantity, ReportedDate, WeaponUse
from vigie.model.record import Account, AccountDifference, FieldValue, RecordIncident, Side, Statement
from vigie.record.accounts import asserts, counts
from vigie.record.field_values import TOLL_FIELDS
from vigie.store.inquiry import Dossier

_NAMED = 2  # accounts named in a sentence; how many more there are is said


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without its notes, the ids of the reports it rests on, and of the incidents it tells of."""

    text: str
    reports: tuple[str, ...]
    incidents: tuple[str, ...] = ()


class Teller:
    """Tells of one incident in one language."""

    def __init__(self, dossier: Dossier, words: Words) -> None:
        self._dossier, self._words = dossier, words
        self._incident: RecordIncident = dossier.incident
        self._names = Names(dossier, words)
        self._accounts: Mapping[str, Account] = {account.id: account for account in self._incident.accounts}

    def sentences(self) -> tuple[Sentence, ...]:
        """Everything that is to be said, in order."""
        return tuple(
            Sentence(capital(text), reports or self._incident.reports, (self._incident.id,))
            for text, reports in self._all()
        )

    def _all(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        yield self._happened()
        yield from self._tolls()
        yield from self._steps()
        yield from self._responsibility()
        yield from self._differences()
        if self._incident.independent <= 1:
            key = "one_account" if self._incident.independent else "no_account"
            yield self._words.say(key), ()

    # --- what happened ------------------------------------------------------------------------------------------------

    def _happened(self) -> tuple[str, tuple[str, ...]]:
        place = self._value("place", Place)
        things = self._things(place)
        subject, verb = self._subject(hits=bool(things))
        hit = self._words.list([thing.text for thing in things])
        where = self._where(place, hit)
        text = " ".join(filter(None, (f"{self._words.when(self._value('date', ReportedDate))},", subject, verb, hit)))
        witnesses = self._witnesses()
        reports = self._reports(("date", "place", "targets", "weapons"), witnesses)
        return f"{text}{where}{self._according(witnesses)}", reports

    def _subject(self, *, hits: bool) -> tuple[str, str]:
        """What was done, and its verb: counted weapons ("2 drones"), else the kind of incident, as its weapon tells."""
        forms: Mapping[str, Any] = self._words.table["event"][self._incident.value("type") or "other_violence"]
        weapons: Sequence[WeaponUse] = self._incident.value("weapons") or ()
        counted: Sequence[str] = self._words.table["counted_weapons"]
        if hits and len(weapons) == 1 and weapons[0].kind in counted and (weapons[0].lower or weapons[0].upper):
            many = weapons[0].upper is None or weapons[0].upper > 1
            return self._weapon(weapons[0]), self._words.say("hit", many=many)
        named = next((str(forms[weapon.kind]) for weapon in weapons if weapon.kind in forms), None)
        many = named is None and bool(forms.get("many"))
        verb = forms.get("hit") if hits else None
        return named or str(forms["np"]), verb or self._words.say("hit" if hits else "happened", many=many)

    def _things(self, place: Place | None) -> list[Phrase]:
        """What was hit, two at most, those the language has a name for first; not the town where it was. A site where
        nothing else is said to have been hit was itself what was hit."""
        own: list[Phrase] = []
        foreign: list[Phrase] = []
        town = fold(place.name) if place is not None and place.precision == "settlement" else None
        for target in self._incident.value("targets") or ():
            phrase = self._names.thing(target)
            if phrase is not None and fold(target.name) != town:
                (own if phrase.own else foreign).append(phrase)
        if not own and place is not None and place.precision == "site" and place.relation == "at":
            return [self._names.determined(self._names.place(place))]
        return (own or foreign[:1])[:2]

    def _where(self, place: Place | None, hit: str) -> str:
        """The place, and its country, after what was hit; a place that this names already is not named again."""
        if place is None:
            return ""
        if place.precision == "country":
            return f" {self._words.country(place.country)}" if place.country else ""
        printed = self._names.place(place)
        if set(fold(printed.name).split()) <= set(fold(hit).replace("'", " ").replace(")", " ").split()):
            return self._words.say("comma_country", country=self._words.country(place.country)) if place.country else ""
        forms: Mapping[str, str] = self._words.table["where"]
        if not is_fine(place):
            key = "region" if printed.determiner else "bare_region"
        elif place.relation == "at":
            key = "at_site" if place.precision == "site" else "at"
        else:
            key = place.relation
        before = forms[key].partition(" {place}")[0]
        where = (
            self._names.with_preposition(before, printed)
            if forms[key] == f"{before} {{place}}"
            else forms[key].format(place=printed.name)
        )
        country = self._words.labels.country(place.country) if place.country else ""
        return f" {where}" + (self._words.say("in_country", country=country) if country else "")

    # --- tolls --------------------------------------------------------------------------------------------------------

    def _tolls(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        disputed = {d.field: d for d in self._incident.differences if d.kind == "count" and d.verdict == "conflict"}
        plain: dict[tuple[str, ...], list[FieldValue]] = {}
        told = False
        for name in TOLL_FIELDS:
            value = self._incident.fields.get(name)
            if value is None or not isinstance(value.value, Quantity):
                continue
            told = True
            if value.decision is None and name in disputed:
                continue
            plain.setdefault(value.accounts if value.decision is None else (f"decision {name}",), []).append(value)
        for values in plain.values():
            yield self._toll(values)
        for name, difference in disputed.items():
            if name in TOLL_FIELDS and not any(v.field == name for group in plain.values() for v in group):
                yield (
                    self._words.say("toll", "disputed", name, sides=self._sides(difference)),
                    self._side_reports(difference),
                )
        if not told:
            yield self._words.say("toll", "untold"), ()

    def _toll(self, values: Sequence[FieldValue]) -> tuple[str, tuple[str, ...]]:
        """Tolls that the same accounts give, or that a person decided."""
        parts = [self._words.counted(v.field, v.value.lower, v.value.upper) for v in values]
        fields = {v.field for v in values}
        nobody = all(v.value.upper == 0 for v in values)
        if values[0].basis == "told":
            text = self._words.say("toll", "joint", parts=self._words.list(parts))
        elif nobody and fields == {"killed", "injured"}:
            text = self._words.say("toll", "none")
        elif nobody and len(fields) == 1 and fields <= {"killed", "injured"}:
            text = self._words.say("toll", f"no_{values[0].field}")
        else:
            text = self._words.say("toll", "made", parts=self._words.list(parts))
        decisions = [d for d in self._dossier.decisions if d.number == values[0].decision]
        if decisions:
            text = self._words.say("toll", "decided", value=text, who=decisions[0].who, n=decisions[0].number)
            return text, tuple(dict.fromkeys(q.report_id for v in values for q in v.evidence))
        accounts = self._known(values[0].accounts)
        reports = tuple(dict.fromkeys(q.report_id for v in values for q in v.evidence))
        return text + self._again(accounts), reports

    def _steps(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """What one account said at first and later."""
        steps: dict[tuple[str, str], list[Any]] = {}
        for update in self._incident.updates:
            if update.field in TOLL_FIELDS and isinstance(update.value, Quantity) and update.account in self._accounts:
                steps.setdefault((update.field, update.account), []).append(update)
        for (name, account), told in steps.items():
            words = [
                self._words.say("toll", "step", n=self._plain(u.value), day=self._words.day(u.as_of))
                if u.as_of is not None
                else self._plain(u.value)
                for u in told
            ]
            speaker = self._names.speaker(self._accounts[account]).text
            joined = self._words.table["toll"]["then"].join(words)
            reports = tuple(dict.fromkeys(u.claim.rpartition("#")[0] for u in told))
            yield self._words.say("toll", "steps", name, name=speaker, steps=joined), reports

    def _plain(self, value: Quantity) -> str:
        if value.lower in (None, 0) and value.upper == 0:
            return self._words.say("toll", "zero")
        return self._words.number(value.lower, value.upper)

    # --- responsibility -----------------------------------------------------------------------------------------------

    def _responsibility(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        value = self._incident.fields.get("responsibility")
        told = value.value if value is not None else "unknown"
        claiming = [a for a in self._incident.accounts if self._said(a, "claims_responsibility")]
        if claiming:
            names = [self._names.speaker(account) for account in claiming[:_NAMED]]
            many = len(names) > 1 or names[0].many
            reports = self._said_in(claiming, "claims_responsibility")
            yield self._words.say("claimed", many=many, names=self._words.list([n.text for n in names])), reports
        elif told == "claimed":
            by = [self._names.actor(a).text for a in self._actors("claimed")]
            text = (
                self._words.say("was_claimed", names=self._words.list(by))
                if by
                else self._words.say("was_claimed_unnamed")
            )
            yield text + self._told_by(value), self._reports(("responsibility", "actors"), ())
        elif told == "unclaimed":
            yield self._words.say("unclaimed") + self._told_by(value), self._reports(("responsibility",), ())
        if told != "claimed":
            for basis in ("accused", "suspected", "stated"):
                to: str = self._words.table["to"][basis]
                named = [self._names.after(to, self._names.actor(a)) for a in self._actors(basis)]
                if named:
                    text = self._words.say(basis, names=self._words.list(named[:_NAMED]))
                    yield text + self._told_by(self._incident.fields.get("actors")), self._reports(("actors",), ())
        yield from self._denials()

    def _denials(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for difference in self._incident.differences:
            if difference.kind not in ("denial", "statement_denied") or not difference.sides:
                continue
            deniers = self._known(difference.sides[-1].accounts)
            if not deniers:
                continue
            names = [self._names.speaker(account) for account in deniers[:_NAMED]]
            key = "disowned" if difference.kind == "statement_denied" else "denies_part"
            key = "denies_it" if difference.field == "incident" else key
            many = len(names) > 1 or names[0].many
            reports = tuple(dict.fromkeys(s.report_id for a in deniers for s in a.statements if counts(s)))
            yield self._words.say(key, many=many, names=self._words.list([n.text for n in names])), reports

    def _actors(self, basis: str) -> list[Any]:
        found = [a for a in self._incident.value("actors") or () if a.basis == basis]
        return [a for a in found if self._names.is_somebody(a)]

    # --- where accounts differ ----------------------------------------------------------------------------------------

    def _differences(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        what: Mapping[str, str] = self._words.table["what"]
        for difference in self._incident.differences:
            value = self._incident.fields.get(difference.field)
            settled = value is not None and value.decision is not None
            if difference.verdict != "conflict" or difference.field not in what or settled:
                continue
            if difference.kind in ("denial", "statement_denied"):
                continue
            sides = self._sides(difference)
            if sides:
                yield (
                    self._words.say("differ", what=what[difference.field], sides=sides),
                    self._side_reports(difference),
                )

    def _sides(self, difference: AccountDifference) -> str:
        """Each value and whose it is."""
        told = [(self._side_value(difference.field, side), self._known(side.accounts)) for side in difference.sides]
        return self._words.say("between_sides").join(
            self._words.say("side", value=value, names=self._speakers(accounts)) for value, accounts in told if accounts
        )

    def _side_value(self, field: str, side: Side) -> str:
        value = side.value
        labels = self._words.labels
        if isinstance(value, Quantity):
            return self._plain(value)
        if isinstance(value, ReportedDate):
            return days_of(value.start, value.end, labels)
        if isinstance(value, Place):
            return place_name(value.name)
        if field == "weapons":
            return self._words.list([self._weapon(use) for use in value])
        if isinstance(value, str):
            word = labels.value(field, value) if field in labels.table["values"] else value
            return word if word.isupper() else word[:1].lower() + word[1:]
        return self._words.list([str(getattr(each, "name", each)) for each in value])

    def _weapon(self, use: WeaponUse) -> str:
        many = use.upper is None or use.upper > 1
        noun = self._words.labels.weapon(use.kind, many=many)
        return f"{self._words.number(use.lower, use.upper)} {noun}" if use.lower or use.upper else noun

    # --- whose words, in which reports --------------------------------------------------------------------------------

    def _witnesses(self) -> list[Account]:
        """Accounts that are witnesses of their own, those with most to say first."""
        found = [a for a in self._incident.accounts if a.rests_on is None and any(asserts(s) for s in a.statements)]
        return sorted(found, key=lambda a: (-len(a.values), -len(a.statements), a.id))

    def _known(self, ids: Iterable[str]) -> list[Account]:
        return [self._accounts[id] for id in ids if id in self._accounts]

    def _according(self, accounts: Sequence[Account]) -> str:
        return self._words.say("according", names=self._speakers(accounts)) if accounts else ""

    def _told_by(self, value: FieldValue | None) -> str:
        return self._again(self._known(value.accounts)) if value is not None else ""

    def _again(self, accounts: Sequence[Account]) -> str:
        """Whose words these are, where it is not the one account that everything rests on."""
        witnesses = self._witnesses()
        alone = len(witnesses) == 1 and {account.id for account in accounts} <= {witnesses[0].id}
        return "" if alone else self._according(accounts)

    def _speakers(self, accounts: Sequence[Account]) -> str:
        shown = accounts if len(accounts) == _NAMED + 1 else accounts[:_NAMED]
        names = list(dict.fromkeys(self._names.speaker(account).text for account in shown))
        rest = len(accounts) - len(shown)
        if rest:
            names.append(self._words.say("more_accounts", many=rest > 1, n=self._words.labels.number(rest)))
        return self._words.list(names)

    def _said(self, account: Account, stance: str) -> list[Statement]:
        return [s for s in account.statements if counts(s) and s.stance == stance]

    def _said_in(self, accounts: Iterable[Account], stance: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(s.report_id for a in accounts for s in self._said(a, stance)))

    def _reports(self, fields: Iterable[str], accounts: Iterable[Account]) -> tuple[str, ...]:
        """The reports in which some values and some accounts stand."""
        found = [q.report_id for f in fields if f in self._incident.fields for q in self._incident.fields[f].evidence]
        found += [s.report_id for a in accounts for s in a.statements if asserts(s)]
        return tuple(dict.fromkeys(r for r in found if self._dossier.reports[r].standing == "counts"))

    def _side_reports(self, difference: AccountDifference) -> tuple[str, ...]:
        accounts = [a for side in difference.sides for a in self._known(side.accounts)]
        told = [s for a in accounts for s in a.statements if asserts(s) and difference.field in s.values]
        return tuple(dict.fromkeys(s.report_id for s in told)) or self._reports((), accounts)

    def _value(self, field: str, kind: type[Any]) -> Any:
        value = self._incident.value(field)
        return value if isinstance(value, kind) else None
