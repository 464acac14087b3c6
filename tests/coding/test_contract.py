"""What every extractor owes its readers, whatever text it is given: the contract of the coded report.

The texts are the sample reports and the scored corpus of the project, whole and mangled in the ways in which news
reaches a reader. An extractor is put to the same tests by adding it to EXTRACTORS.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import vigie
from vigie.coding.annotate import annotate
from vigie.coding.annotated import AnnotatedReport
from vigie.coding.coder import code_report
from vigie.coding.extractor import Extractor
from vigie.coding.rules import RULES
from vigie.errors import CodingError, EmptyReport, NotText
from vigie.exports.jsonlines import json_line
from vigie.language.schema import Trigger
from vigie.model import (
    Claim,
    CodedReport,
    Incident,
    Link,
    Place,
    Quantity,
    Report,
    ReportedDate,
    Source,
    Span,
    WeaponUse,
)
from vigie.model.codebooks import codebook
from vigie.model.contract import coded_report_json
from vigie.readers import read_published

ROOT = Path(__file__).parents[2]
FILES = (ROOT / "src" / "vigie" / "samples" / "reports.jsonl", ROOT / "tests" / "coding" / "corpus" / "reports.jsonl")
ROWS: list[dict[str, Any]] = [json.loads(line) for file in FILES for line in file.read_text("utf-8").splitlines()]

# The keys of ../shared/CONTRACT.md (docs/vocabulary.md tells what each means); more may be added, none taken away.
KEYS = {
    "": "schema report sources claims incidents tallies strengths developments links rejections",
    "report": "id sha256 outlet agency language title url published dateline origin",
    "sources": "id name terms reason kind country side count via evidence",
    "claims": "id source incident stance modality mode said values evidence",
    "incidents": "id type period date place launch_place actors responsibility targets weapons killed injured "
    "attackers_killed harm_by_group damage claims differences codes sources evidence",
    "actors": "name basis evidence",
    "targets": "name kind evidence",
    "weapons": "kind lower upper outcome evidence",
    "harm_by_group": "group country killed injured",
    "differences": "field verdict values note",
    "codes": "acled plover cameo ucdp",
    "tallies": "what lower upper since until place actor target text evidence",
    "strengths": "force country lower upper text evidence",
    "developments": "type date place actors evidence",
    "links": "from to kind evidence",
    "rejections": "what reason evidence",
    "date": "start end grain basis candidates text",
    "quantity": "lower upper hedge text",
    "place": "name text country admin1 lat lon precision relation gazetteer",
    "span": "start end quote",
}
LISTS = {
    ("incidents", "type"): "incident_type", ("incidents", "period"): "period",
    ("incidents", "responsibility"): "responsibility", ("incidents", "damage"): "damage",
    ("sources", "terms"): "terms", ("sources", "kind"): "source_kind",
    ("claims", "stance"): "stance", ("claims", "modality"): "modality", ("claims", "mode"): "mode",
    ("weapons", "kind"): "weapon", ("weapons", "outcome"): "outcome",
    ("targets", "kind"): "target_kind", ("actors", "basis"): "actor_basis",
}  # fmt: skip


class Quoting:
    """An extractor that does right: the first word of violence is an attack, told by the outlet."""

    name = "quoting"
    version = "1"

    def extract(self, report: AnnotatedReport) -> CodedReport:
        word = next((m for m in report.matches if isinstance(m.entry, Trigger)), None)
        if word is None:
            return CodedReport(report.report)
        words = (report.normal.span(word.start, word.end),)
        claim = Claim("c1", None, "i1", "asserts", "stated", "own_voice", {}, words)
        return CodedReport(
            report.report, (), (claim,), (Incident("i1", "attack", "current", None, None, words, claims=("c1",)),)
        )


EXTRACTORS: tuple[Extractor, ...] = (RULES, Quoting())
by_every_extractor = pytest.mark.parametrize("extractor", EXTRACTORS, ids=lambda e: e.name)


def report_of(row: dict[str, Any], text: str | None = None) -> Report:
    return Report(
        row["id"], "", row["text"] if text is None else text, language=row["lang"], outlet=row["outlet"],
        published=read_published(row["published"]),
    )  # fmt: skip


def nodes(value: Any, key: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every JSON object in a value with the key it stands under."""
    if isinstance(value, dict):
        yield key, value
        for k, v in value.items():
            yield from nodes(v, k)
    elif isinstance(value, list):
        for v in value:
            yield from nodes(v, key)


def breaches(coded: CodedReport) -> list[str]:
    """Everything in a coded report that breaks the contract."""
    out = json.loads(json_line(coded))
    text = coded.report.text
    return [
        *missing_keys(out),
        *false_quotes(out, text),
        *unknown_ids(out),
        *impossible_values(out),
        *values_without_words(out),
        *([] if out == coded_report_json(coded) else ["what is written as JSON is not what is read back"]),
    ]


def missing_keys(out: dict[str, Any]) -> Iterator[str]:
    for key, node in nodes(out):
        kind = key
        if {"grain", "basis"} <= node.keys():
            kind = "date"
        elif "hedge" in node:
            kind = "quantity"
        elif {"precision", "relation"} <= node.keys():
            kind = "place"
        elif "quote" in node:
            kind = "span"
        elif key == "values" or "claim" in node:
            continue  # a claim says what it says; a side of a difference is a claim and its value
        if missing := set(KEYS.get(kind, "").split()) - node.keys():
            yield f"{kind}: no {sorted(missing)}"
        for (owner, name), book in LISTS.items():
            if owner == kind and node[name] not in codebook(book).ids:
                yield f"{owner}: {name} {node[name]!r} is not in the list"


def false_quotes(out: dict[str, Any], text: str) -> Iterator[str]:
    for _, node in nodes(out):
        if "quote" in node and (
            text[node["start"] : node["end"]] != node["quote"] or not 0 <= node["start"] < node["end"]
        ):
            yield f"{node} is not in the text"


def unknown_ids(out: dict[str, Any]) -> Iterator[str]:
    ids = {kind: [x["id"] for x in out[kind]] for kind in ("sources", "claims", "incidents")}
    for kind, given_ids in ids.items():
        if len(set(given_ids)) < len(given_ids):
            yield f"{kind}: an id twice"
    for s in out["sources"]:
        if s["via"] is not None and (s["via"] not in ids["sources"] or s["via"] == s["id"]):
            yield f"source {s['id']} comes by way of {s['via']}"
    for c in out["claims"]:
        if c["incident"] not in ids["incidents"] or c["source"] not in [*ids["sources"], None]:
            yield f"claim {c['id']} is of {c['source']} about {c['incident']}"
    claims = {c["id"]: c for c in out["claims"]}
    for i in out["incidents"]:
        if not set(i["claims"]) <= claims.keys() or not set(i["sources"]) <= set(ids["sources"]):
            yield f"incident {i['id']} names a claim or source that is not there"
            continue
        mine = [c["id"] for c in out["claims"] if c["incident"] == i["id"]]
        if i["claims"] != mine:
            yield f"incident {i['id']} has claims {i['claims']}, those about it are {mine}"
        told_by = {claims[c]["source"] for c in i["claims"]} - {None}
        if set(i["sources"]) != told_by:
            yield f"incident {i['id']} has sources {i['sources']}, its claims are of {sorted(told_by)}"
        for d in i["differences"]:
            if len(d["values"]) < 2 or any(v["claim"] not in i["claims"] for v in d["values"]):
                yield f"incident {i['id']}: a difference in {d['field']} between other than its claims"
    for link in out["links"]:
        if link["from"] == link["to"] or not {link["from"], link["to"]} <= set(ids["incidents"]):
            yield f"link {link['from']} → {link['to']}"


def impossible_values(out: dict[str, Any]) -> Iterator[str]:
    for _, node in nodes(out):
        low, high = node.get("lower"), node.get("upper")
        if low is not None and (low < 0 or (high is not None and low > high)):
            yield f"bounds {low} to {high}"
        if {"start", "end", "grain"} <= node.keys():
            start, end = dt.date.fromisoformat(node["start"]), dt.date.fromisoformat(node["end"])
            days = [dt.date.fromisoformat(d) for d in node["candidates"]]
            if start > end or days != sorted(days) or not all(start <= d <= end for d in days):
                yield f"date {node}"
        if "lat" in node and (node["lat"] is None) != (node["lon"] is None):
            yield f"half a position: {node}"
        if node.get("lat") is not None and not (-90 <= node["lat"] <= 90 and -180 <= node["lon"] <= 180):
            yield f"no such position: {node}"


def values_without_words(out: dict[str, Any]) -> Iterator[str]:
    for kind in ("sources", "claims", "incidents", "tallies", "strengths", "developments", "links", "rejections"):
        for x in out[kind]:
            if not x["evidence"]:
                yield f"{kind}: {x} without words"
    for c in out["claims"]:
        for key, node in nodes(c["values"]):
            if "evidence" in node and not node["evidence"]:
                yield f"claim {c['id']}: {key} without words"
        if c["said"] and not c["said"]["evidence"]:
            yield f"claim {c['id']}: said without words"
    if out["report"]["dateline"] and not out["report"]["dateline"]["evidence"]:
        yield "dateline without words"
    for i in out["incidents"]:
        for x in (i["place"], i["launch_place"], i["killed"], i["injured"], i["attackers_killed"], *i["weapons"]):
            if x is not None and not x["evidence"]:
                yield f"incident {i['id']}: {x} without words"
        for x in (*i["actors"], *i["targets"], *i["harm_by_group"]):
            if not x["evidence"]:
                yield f"incident {i['id']}: {x} without words"
        if i["date"] and not i["date"]["evidence"] and i["date"]["basis"] != "assumed":
            yield f"incident {i['id']}: {i['date']} without words"


Mangle = Callable[[str, int], str]


def _at(text: str, n: int) -> int:
    return n % (len(text) + 1)


def _some(text: str, n: int, old: str, new: str) -> str:
    """Every occurrence of `old` but each third one, so that both spellings stand side by side."""
    parts = text.split(old)
    return "".join(p + (old if (k + n) % 3 == 0 else new) for k, p in enumerate(parts[:-1])) + parts[-1]


MANGLES: dict[str, Mangle] = {
    "line ends of Windows": lambda s, n: s.replace("\n", "\r\n"),
    "line ends of old Macs": lambda s, n: s.replace("\n", "\r"),
    "line and paragraph separators": lambda s, n: s.replace("\n\n", "\u2029").replace("\n", "\u2028"),
    "non-breaking spaces": lambda s, n: _some(s, n, " ", "\u00a0"),
    "thin spaces": lambda s, n: s.replace("« ", "«\u202f").replace(" »", "\u2009»"),
    "tabs": lambda s, n: _some(s, n, " ", "\t"),
    "typographic apostrophes": lambda s, n: s.replace("'", "’"),
    "plain apostrophes": lambda s, n: s.replace("’", "'"),
    "primes for apostrophes": lambda s, n: _some(s.replace("’", "'"), n, "'", "\u2032"),
    "decomposed accents": lambda s, n: unicodedata.normalize("NFD", s),
    "composed signs": lambda s, n: unicodedata.normalize("NFKC", s),
    "two accents on a letter": lambda s, n: _some(s, n, "e", "e\u0301\u0323"),
    "zero-width spaces": lambda s, n: _some(s, n, "a", "a\u200b"),
    "zero-width joiners": lambda s, n: _some(s, n, "s", "\u200ds"),
    "byte-order marks": lambda s, n: "\ufeff" + s[: _at(s, n)] + "\ufeff" + s[_at(s, n) :],
    "soft hyphens": lambda s, n: _some(s, n, "t", "t\u00ad"),
    "right-to-left marks": lambda s, n: _some(s, n, " ", " \u200f") + "\u202e",
    "Arabic beside": lambda s, n: s[: _at(s, n)] + " (عين الأسد) " + s[_at(s, n) :],
    "emoji": lambda s, n: _some(s, n, ". ", " 🚨🇺🇦👩‍🚒. "),
    "upper case": lambda s, n: s.upper(),
    "lower case": lambda s, n: s.lower(),
    "quotations not closed": lambda s, n: _some(_some(s, n, " »", ""), n, "”", ""),
    "quotations not opened": lambda s, n: _some(_some(s, n, "« ", ""), n, "“", ""),
    "straight quotation marks": lambda s, n: s.replace("« ", '"').replace(" »", '"').replace("“", '"').replace("”", '"'),
    "cut off": lambda s, n: s[: _at(s, n)],
    "without its head": lambda s, n: s[_at(s, n) :],
    "told twice": lambda s, n: s + s,
    "one line": lambda s, n: s.replace("\n", " "),
    "a line a word": lambda s, n: s.replace(" ", "\n") if len(s) < 2000 else s,
    "no full stops": lambda s, n: s.replace(".", ""),
    "blank lines and bullets": lambda s, n: s.replace(". ", ".\n\n\n• "),
    "markup left in": lambda s, n: s.replace("\n\n", "</p>\n<p class=\"x\">&nbsp;"),
    "control characters": lambda s, n: s[: _at(s, n)] + "\x0b\x0c\x1b[0m\x7f" + s[_at(s, n) :],
    "numbers run on": lambda s, n: s[: _at(s, n)] + " 99999999999999999999 " + s[_at(s, n) :],
    "digits of another script": lambda s, n: s.translate({ord("0") + d: 0x660 + d for d in range(10)}),
}  # fmt: skip

mangled_reports = st.builds(
    lambda row, names, n: (row, names, n),
    st.sampled_from(ROWS),
    st.lists(st.sampled_from(sorted(MANGLES)), unique=True, min_size=1, max_size=4),
    st.integers(0, 5000),
)
bounded = settings(
    max_examples=130, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip


def mangle(text: str, names: list[str], n: int) -> str:
    for name in names:
        text = MANGLES[name](text, n)
    return text


@by_every_extractor
@pytest.mark.parametrize("row", ROWS, ids=lambda r: r["id"])
def test_a_report_as_it_is(extractor: Extractor, row: dict[str, Any]) -> None:
    assert breaches(code_report(report_of(row), extractor)) == []


@by_every_extractor
@pytest.mark.parametrize("name", sorted(MANGLES))
@pytest.mark.parametrize("row", [r for r in ROWS if r["id"] in ("fr:harir-1", "en:c01")], ids=lambda r: r["id"])
def test_each_way_of_mangling_alone(extractor: Extractor, name: str, row: dict[str, Any]) -> None:
    assert breaches(code_report(report_of(row, mangle(row["text"], [name], 700)), extractor)) == []


@by_every_extractor
def test_reports_mangled_in_several_ways(extractor: Extractor) -> None:
    @bounded
    @given(mangled_reports)
    def check(drawn: tuple[dict[str, Any], list[str], int]) -> None:
        row, names, n = drawn
        coded = code_report(report_of(row, mangle(row["text"], names, n)), extractor)
        assert breaches(coded) == []

    check()


@by_every_extractor
@settings(bounded, max_examples=60)
@given(
    text=st.text(
        st.sampled_from("0123456789 .,«»“”\"'’-()\n\r\u00a0\u200b\u0301éàtués morts killed in à Gaza"), max_size=120
    )
)
def test_any_string_of_signs_and_letters(extractor: Extractor, text: str) -> None:
    row = {**ROWS[0], "lang": "fr"}
    assert (
        breaches(code_report(report_of(row, text + " Deux soldats ont été tués mardi à Mossoul." + text), extractor))
        == []
    )


@by_every_extractor
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", ".", "«", "”", "\u200b", "\u0301", "\ufeff\r", "12", "à", "tués", "killed", "2 morts"]
)
def test_next_to_nothing(extractor: Extractor, language: str, text: str) -> None:
    assert breaches(code_report(Report("x", "", text, language=language), extractor)) == []


@by_every_extractor
def test_a_very_long_line(extractor: Extractor) -> None:
    line = " ".join(r["text"].replace("\n", " ").replace(".", " ;") for r in ROWS if r["lang"] == "en")[:25_000]
    assert breaches(code_report(report_of({**ROWS[0], "lang": "en"}, line), extractor)) == []


@by_every_extractor
def test_a_text_without_a_space(extractor: Extractor) -> None:
    text = "Deuxsoldatsontététuésmardi" * 400
    assert breaches(code_report(report_of(ROWS[0], text), extractor)) == []


def test_half_characters_and_nothing_are_refused_at_the_door() -> None:
    with pytest.raises(NotText):
        vigie.code("Deux soldats tués \ud83d mardi à Mossoul.", language="fr")
    for blank in ("", " \r\n", "\ufeff\u200b\u00ad"):
        with pytest.raises(EmptyReport):
            vigie.code(blank, language="fr")


def test_half_characters_in_json_lines_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "half.jsonl"
    path.write_text(
        '{"text": "Deux soldats tu\\u00e9s \\ud83d mardi."}\n{"text": "Deux soldats ont été tués."}\n', "utf-8"
    )
    first, second = vigie.read(path)
    assert isinstance(first, vigie.Rejected)
    assert isinstance(second, Report)


# --- the same bytes every time


@by_every_extractor
def test_the_same_report_gives_the_same_bytes(extractor: Extractor) -> None:
    first = [json_line(code_report(report_of(r), extractor)) for r in ROWS[::3]]
    again = [json_line(code_report(report_of(r), extractor)) for r in reversed(ROWS[::3])]
    assert first == again[::-1]


@pytest.mark.slow
def test_the_same_bytes_in_every_process() -> None:
    command = [sys.executable, "-m", "vigie.cli", "code", *map(str, FILES), "--format", "jsonl"]
    runs = [
        subprocess.run(command, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("0", "1", "20240726")
    ]
    assert runs[0].count(b"\n") == len(ROWS)
    assert runs[0] == runs[1] == runs[2]


# --- an extractor that breaks the contract is refused


def good(report: AnnotatedReport) -> CodedReport:
    """A coding that keeps the contract: one incident, one source, one claim, a toll, a link to a second incident."""
    start = report.text.index("Deux soldats")
    toll_words = report.normal.span(start, start + 4)
    words = (report.normal.span(start, start + 12),)
    toll = Quantity(2, 2, "exact", "Deux", (toll_words,))
    return CodedReport(
        report.report,
        sources=(Source("s1", "armée", "role", "military", words),),
        claims=(Claim("c1", "s1", "i1", "asserts", "stated", "indirect", {"killed": toll}, words),),
        incidents=(
            Incident("i1", "attack", "current", None, None, words, killed=toll, claims=("c1",), sources=("s1",)),
            Incident("i2", "attack", "background", None, None, words),
        ),
        links=(Link("i1", "i2", "retaliation", words),),
    )  # fmt: skip


def changed(name: str, k: int = 0, **fields: Any) -> Callable[[CodedReport], CodedReport]:
    """A change to one value of a coded report."""

    def change(coded: CodedReport) -> CodedReport:
        values = list(getattr(coded, name))
        values[k] = dataclasses.replace(values[k], **fields)
        return dataclasses.replace(coded, **{name: tuple(values)})

    return change


class Changing:
    """A good coding with one thing changed."""

    name = "changing"
    version = "1"

    def __init__(self, change: Callable[[CodedReport], CodedReport]) -> None:
        self.change = change

    def extract(self, report: AnnotatedReport) -> CodedReport:
        return self.change(good(report))


INVENTED = (Span(0, 13, "Trois soldats"),)
SHORT = Report("short", "", "Deux soldats ont été tués mardi à Mossoul.", language="fr")
UNKNOWN_PLACE = Place("Mossoul", "Mossoul", "IQ", "settlement", evidence=(Span(0, 7, "Mossoul"),))
FAULTS = {
    "words that are not in the report": changed("incidents", evidence=INVENTED),
    "invented words in a claim's value": changed(
        "claims", values={"killed": Quantity(3, 3, "exact", "Trois", INVENTED)}
    ),
    "invented words in a list of values": changed(
        "claims", values={"weapons": [WeaponUse("drone", 1, 1, "hit", INVENTED)]}
    ),
    "invented words in a place": changed("incidents", place=UNKNOWN_PLACE),
    "words found from the end": changed("sources", evidence=(Span(-8, -1, "Mossoul"),)),
    "no words at all": changed("incidents", evidence=(Span(3, 3, ""),)),
    "an incident without evidence": changed("incidents", k=1, evidence=()),
    "a claim without evidence": changed("claims", evidence=()),
    "a number in a claim without evidence": changed("claims", values={"killed": Quantity(2, 2, "exact", "Deux")}),
    "a claim of a source that is not there": changed("claims", source="s9"),
    "a claim about an incident that is not there": changed("claims", incident="i9"),
    "an incident with a claim that is not there": changed("incidents", claims=("c1", "c9")),
    "a claim listed under another incident": changed("incidents", k=1, claims=("c1",)),
    "a source by way of one that is not there": changed("sources", via="s9"),
    "a link to an incident that is not there": changed("links", to="i9"),
    "one id twice": changed("incidents", k=1, id="i1"),
    "bounds the wrong way round": changed("incidents", killed=Quantity(5, 2, "exact", "Deux", (Span(0, 4, "Deux"),))),
    "a day before it begins": changed(
        "incidents", date=ReportedDate(dt.date(2024, 2, 2), dt.date(2024, 2, 1), "day", "assumed")
    ),
    "another report's text": lambda coded: dataclasses.replace(
        coded, report=dataclasses.replace(coded.report, text="Rien.")
    ),
}


def test_a_coding_that_keeps_the_contract_is_taken() -> None:
    coded = code_report(SHORT, Changing(lambda c: c))
    assert coded.incidents[0].killed is not None
    assert breaches(coded) == []


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_a_coding_that_breaks_the_contract_is_refused(fault: str) -> None:
    with pytest.raises(CodingError):
        code_report(SHORT, Changing(FAULTS[fault]))


def test_the_refusal_names_the_report_and_the_words() -> None:
    with pytest.raises(CodingError, match=r"report short: 'Trois soldats' is not at 0–13 but 'Deux soldats ' is"):
        code_report(SHORT, Changing(FAULTS["words that are not in the report"]))


def test_an_extractor_is_given_the_report_with_its_mentions() -> None:
    annotated = annotate(SHORT)
    assert annotated.report.id == "short"
    assert [q.quantity.lower for q in annotated.quantities] == [2]
    assert [p.place.name for p in annotated.places] == ["Mossoul"]


def test_the_head_of_a_report_is_quoted() -> None:
    text = "MENAKA (Mali), 26 juillet 2024 (AFP) - Deux obus sont tombés jeudi près du camp."
    report = code_report(Report("head", "", text, language="fr")).report
    assert report.published is not None
    assert report.dateline is not None
    assert [s.quote for s in report.published.evidence] == ["26 juillet 2024"]
    assert [s.quote for s in report.dateline.evidence] == ["MENAKA"]
