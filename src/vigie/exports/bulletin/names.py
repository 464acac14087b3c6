"""Names as they stand in the reports, put into a sentence of another text.

They keep the determiner that a report gives them, and are taken from reports in the language that is written in. A name
that only stands in another language is not translated: who or what it is stands in its place ("a military source"),
with the exact words beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vigie.exports.bulletin.words import Phrase, Words, words
from vigie.exports.labels import LANGUAGES
from vigie.exports.phrasing import quoted
from vigie.exports.record_phrasing import place_name
from vigie.language.folding import fold
from vigie.model import Actor, Place, Source, Span, Target
from vigie.model.record import Account
from vigie.record.names import likeness, meaning
from vigie.store.inquiry import Dossier, Kept

_BEFORE = 14  # characters before a name in which its determiner stands
_VOWELS = frozenset("aeiouy")
_FINE = frozenset({"site", "settlement", "district"})


@dataclass(frozen=True, slots=True)
class Printed:
    """A name as one report prints it: its words, the determiner before it (None where there is none that is known), and
    the language of the report."""

    name: str
    determiner: str | None
    language: str | None
    report: str


class Names:
    """The names of one incident, for sentences in one language."""

    def __init__(self, dossier: Dossier, spoken: Words) -> None:
        self._dossier, self._words = dossier, spoken
        self._language = spoken.labels.language

    # --- who speaks ---------------------------------------------------------------------------------------------------

    def speaker(self, account: Account) -> Phrase:
        """Whose account it is, with the determiner that fits a sentence ("a military source", "the Pentagon")."""
        printed = list(self._speakers(account))
        own = [p for p in printed if p.language == self._language and not self._points(p.name)]
        first = (own or printed or [Printed(account.names[0], None, None, "")])[0]
        common = ("named" not in account.terms and "media" not in account.terms) or first.name[:1].islower()
        if not common:
            return self._named(account, first if own else Printed(first.name, None, first.language, first.report))
        phrase = self._common(own[0]) if own else None
        if phrase is not None:
            return phrase
        many = is_plural(first.name, words(first.language) if first.language in LANGUAGES else self._words)
        return self._described(self._words.say("speakers", account.kind, many=many), first.name, many=many)

    def _described(self, kind: str, name: str, *, many: bool = False) -> Phrase:
        """By what it is, with the exact words where they say more."""
        more = "" if fold(name) in fold(kind) else self._words.say("said_so", words=name)
        return Phrase(kind + more, many, own=False)

    def _named(self, account: Account, printed: Printed) -> Phrase:
        """A name of its own; beside a person's, what the person is."""
        if printed.determiner in self._words.table["indefinite"]:
            printed = Printed(printed.name, None, printed.language, printed.report)
        phrase = self.determined(printed)
        kinds: dict[str, str] = self._words.table["kinds"]
        if printed.determiner is None and account.kind in kinds and _is_person(printed.name):
            return Phrase(phrase.text + self._words.say("person", kind=kinds[account.kind]), phrase.many)
        return phrase

    def _common(self, printed: Printed) -> Phrase | None:
        """A common noun with its determiner; None where the report gives it none, and no other will do."""
        if printed.determiner is not None or head(printed.name, self._words)[:1].isupper():
            return self.determined(printed)
        many = is_plural(printed.name, self._words)
        form = "many" if many else "vowel" if fold(printed.name)[:1] in _VOWELS else "one"
        bare: str = self._words.table["bare"][form]
        return Phrase(bare.format(name=printed.name), many) if bare else None

    def _speakers(self, account: Account) -> Iterator[Printed]:
        """The names of an account as its reports print them."""
        for statement in account.statements:
            telling = self._dossier.tellings.get(statement.member)
            if telling is None:
                continue
            named = [source for source in telling.sources if source.name == statement.source_name]
            if named:
                yield from self._printed(statement.source_name, named[0].evidence, statement.report_id)
            else:
                report = self._dossier.reports[statement.report_id]
                yield Printed(statement.source_name, None, report.language, report.id)

    # --- who did it, what was hit, where ------------------------------------------------------------------------------

    def actor(self, actor: Actor) -> Phrase:
        """Who is said to have done it."""
        own = [p for p in self._printed(actor.name, actor.evidence) if p.language == self._language]
        own += [p for p in self._elsewhere(actor) if p.language == self._language and not own]
        if not own:
            foreign = quoted(actor.name, self._words.labels) if actor.name[:1].islower() else actor.name
            return Phrase(foreign, own=False)
        if own[0].name[:1].islower():
            return self._common(own[0]) or Phrase(quoted(own[0].name, self._words.labels))
        if own[0].determiner in self._words.table["indefinite"]:
            return Phrase(own[0].name)
        return self.determined(own[0])

    def is_somebody(self, actor: Actor) -> bool:
        """The name tells of somebody: not of any attacker, nor of a country alone."""
        told = meaning(actor.name)
        return bool(told.named or told.words) or bool(told.kinds - {"attacker", "civilian", "crowd"} and told.countries)

    def thing(self, target: Target) -> Phrase | None:
        """What was hit; None where the name says nothing alone."""
        if self._points(target.name):
            return None
        own = [p for p in self._printed(target.name, target.evidence) if p.language == self._language]
        if own and target.name[:1].isupper():
            return self.determined(own[0])
        phrase = self._common(own[0]) if own else None
        if phrase is not None:
            return phrase
        return self._described(self._words.say("things", target.kind), target.name)

    def place(self, place: Place) -> Printed:
        """A place under the name that reports of the language give it, else under its own; a town without a determiner,
        which belongs to what is said of it ("the Timbuktu garrison")."""
        same = [
            told
            for telling in self._dossier.tellings.values()
            for told in (telling.incident.place, telling.incident.launch_place)
            if told is not None and _one_place(told, place)
        ]
        for told in [place, *same]:
            for printed in self._printed(told.name, told.evidence):
                if printed.language == self._language:
                    determiner = None if place.precision in ("settlement", "country") else printed.determiner
                    return Printed(place_name(printed.name), determiner, printed.language, printed.report)
        return Printed(place_name(place.name), None, None, "")

    def _elsewhere(self, actor: Actor) -> Iterator[Printed]:
        """Other names of one author or of a source that is it, as reports of any language print them."""
        for telling in self._dossier.tellings.values():
            others: tuple[Actor | Source, ...] = (*telling.incident.actors, *telling.sources)
            for other in others:
                if other.name != actor.name and likeness(other.name, actor.name) == "same":
                    yield from self._printed(other.name, other.evidence, telling.report_id)

    # --- words --------------------------------------------------------------------------------------------------------

    def _printed(self, name: str, evidence: Iterable[Span], report: str | None = None) -> Iterator[Printed]:
        """A name where reports print it, in the order of its evidence."""
        reports = [self._dossier.reports[report]] if report is not None else list(self._dossier.reports.values())
        for span in evidence:
            for kept in reports:
                if kept.text[span.start : span.end] == span.quote:
                    yield self._at(name, span, kept)

    def _at(self, name: str, span: Span, report: Kept) -> Printed:
        text = report.text
        inside = fold(span.quote).replace("’", "'").find(fold(name).replace("’", "'"))
        start = span.start + max(inside, 0)
        before = text[max(0, start - _BEFORE) : start].replace("’", "'")
        return Printed(name, self._determiner(before), report.language, report.id)

    def _determiner(self, before: str) -> str | None:
        """The determiner that ends some words, in its plain form."""
        forms: dict[str, str] = self._words.table["determiners"]
        folded = before.lower()
        for form in sorted(forms, key=len, reverse=True):
            ending = form if form.endswith("'") else f"{form} "
            if folded.endswith(ending) and not folded[: -len(ending)][-1:].isalnum():
                return forms[form]
        return None

    def determined(self, printed: Printed) -> Phrase:
        """A name with its determiner."""
        if printed.determiner is None:
            return Phrase(printed.name, is_plural(printed.name, self._words) and not printed.name[:1].isupper())
        gap = "" if printed.determiner.endswith("'") else " "
        many = printed.determiner in self._words.table["many_determiners"]
        return Phrase(f"{printed.determiner}{gap}{printed.name}", many)

    def after(self, preposition: str, phrase: Phrase) -> str:
        """A phrase after a preposition, drawn together with its determiner where the language does."""
        first, _, rest = phrase.text.partition(" ")
        contracted: dict[str, str] = self._words.table["contracted"]
        joined = contracted.get(f"{preposition} {first}")
        return f"{joined} {rest}" if joined is not None else f"{preposition} {phrase.text}"

    def with_preposition(self, preposition: str, printed: Printed) -> str:
        """A place after a preposition, drawn together with its determiner where the language does ("à le" is "au")."""
        definite = None if printed.determiner in self._words.table["indefinite"] else printed.determiner
        if definite is None:
            last = preposition.split(" ")[-1]
            elided: str | None = self._words.table["elided"].get(last)
            if elided is not None and fold(printed.name)[:1] in _VOWELS:
                return f"{preposition.removesuffix(last)}{elided}{printed.name}"
            return f"{preposition} {printed.name}"
        contracted: dict[str, str] = self._words.table["contracted"]
        joined = contracted.get(f"{preposition} {definite}", f"{preposition} {definite}")
        return f"{joined}{'' if definite.endswith(chr(39)) else ' '}{printed.name}"

    def _points(self, name: str) -> bool:
        """The name begins with a word that points back, or says no more than a number of people."""
        return fold(name).split()[:1] in [[fold(word)] for word in self._words.table["pointing"]]


def head(name: str, rules: Words) -> str:
    """The word of a common noun that carries its number, by the rules of its language: "members" of "members of the
    council"."""
    parts = name.split()
    end = next((n for n, part in enumerate(parts) if n and part in rules.table["ends"]), len(parts))
    if not parts:
        return ""
    return parts[0] if rules.table["head"] == "first" else parts[end - 1]


def is_plural(name: str, rules: Words) -> bool:
    """A common noun in the plural, as far as its own letters tell, by the rules of its language."""
    word = head(name, rules)
    if word in rules.table["plurals"]:
        return True
    return word[:1].islower() and word.endswith(("s", "x")) and not word.endswith(("ss", "us"))


def is_fine(place: Place) -> bool:
    """A site or town, not a region or country."""
    return place.precision in _FINE


def _one_place(a: Place, b: Place) -> bool:
    if a.gazetteer is not None and a.gazetteer == b.gazetteer:
        return True
    return (a.country, fold(a.name)) == (b.country, fold(b.name))


def _is_person(name: str) -> bool:
    """Two or three words with a capital: "Elaine Marsh"."""
    parts = name.split()
    return len(parts) in (2, 3) and all(re.match(r"[^\W\d_]", part) and part[0].isupper() for part in parts)
