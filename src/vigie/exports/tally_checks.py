"""Published tallies beside the record's own count, printed: what each counts, where the two differ, and which reports
are missing from either side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from rich.console import Console
from rich.text import Text

from vigie.exports.labels import Labels
from vigie.exports.phrasing import bounds, day, iso_day, quoted
from vigie.exports.record_phrasing import NOTHING, short_bounds
from vigie.exports.record_view import title
from vigie.exports.tables import console_on, print_line, print_trimmed, write_csv, write_json
from vigie.exports.terminal import hanging
from vigie.model.contract import plain
from vigie.model.record import TallyCheck, TallyDefinition
from vigie.record.words import word as word_of
from vigie.store.tally_checks import CheckedTally

SCHEMA = "vigie/tallies/1"
NAMES = (
    "text", "counter", "report", "published", "standing", "counts", "since", "until", "where", "types", "weapons",
    "actor", "target", "lower", "upper", "record_lower", "record_upper", "missing", "sure", "perhaps", "elsewhere",
)  # fmt: skip
_SHOWN = 4  # incidents listed of one kind; JSON and CSV have all of them


def print_checks(
    checks: Sequence[CheckedTally], asked: str, stream: IO[str], labels: Labels, *, listed: bool = False
) -> None:
    """Print each tally with its definition, both counts, and what is missing from either; with `listed` all incidents
    that fall under it, else the first of those that surely do."""
    console = console_on(stream)
    print_line(f"{labels.count('tallies_found', len(checks))} – {asked}", console)
    for number, each in enumerate(checks, 1):
        _print(number, each, console, labels, listed)
    if any(each.elsewhere for each in checks):
        stream.write(f"\n{labels.record('elsewhere_mark')}\n")


def checks_json(checks: Sequence[CheckedTally], stream: IO[str]) -> None:
    """Write the tallies as one JSON object."""
    write_json({"schema": SCHEMA, "found": len(checks), "tallies": [check_json(each) for each in checks]}, stream)


def check_json(each: CheckedTally) -> dict[str, Any]:
    """A tally beside the record's own count, as a JSON object."""
    return {
        **plain(each.check),
        "reports": [{k: v for k, v in plain(told.report).items() if k != "text"} for told in each.told],
        "elsewhere": list(each.elsewhere),
        "step": plain(each.step),
    }


def checks_csv(checks: Iterable[CheckedTally], stream: IO[str]) -> None:
    """Write the tallies as CSV, one a row."""
    write_csv(NAMES, (_row(each) for each in checks), stream)


def definition_words(definition: TallyDefinition, labels: Labels) -> str:
    """What a tally counts, as far as its words tell, in a line."""
    word = labels.record
    parts = [word(f"unit_{definition.counts}")]
    parts += [labels.value("type", type) for type in definition.types]
    parts += [labels.weapon(weapon, many=True) for weapon in definition.weapons]
    if definition.since is not None:
        parts.append(f"{word('found_from')} {day(definition.since, labels)}")
    if definition.until is not None:
        parts.append(f"{word('found_to')} {day(definition.until, labels)}")
    where = [labels.country(code) for code in definition.countries] + [place.name for place in definition.places]
    parts.append(f"{labels.word('in')} {', '.join(where)}" if where else word("no_place_told"))
    if definition.actor:
        parts.append(f"{word('found_actor')} {definition.actor}")
    if definition.target:
        parts.append(f"{labels.word('against')} {definition.target}")
    return ", ".join(parts)


def verdict(check: TallyCheck, labels: Labels) -> str:
    """How the two counts stand to one another."""
    if check.missing > 0:
        return labels.count("missing_here", check.missing)
    return labels.count("missing_there", -check.missing) if check.missing < 0 else labels.record("they_fit")


def _print(number: int, each: CheckedTally, console: Console, labels: Labels, listed: bool) -> None:
    check, word = each.check, labels.record
    published = check.published
    head = Text(f"{number}  ", style="bold cyan")
    head.append(quoted(published.tally.text, labels), style="bold")
    head.append(f"  {published.counter or word('no_counter')}")
    lines = [hanging("", head, indent=0)]

    def line(label: str, value: str, mark: str = "", style: str = "") -> None:
        lines.append(hanging(mark, Text.assemble((labels.pair(label, ""), "dim"), (value, style)), indent=2))

    line(word("printed_in"), "; ".join(_reports(each, labels)))
    line(word("counts_what"), definition_words(check.definition, labels))
    line(word("the_tally"), bounds(published.tally.lower, published.tally.upper, labels) or NOTHING)
    own = bounds(check.lower, check.upper, labels) if (check.lower, check.upper) != (0, 0) else labels.word("none")
    sure = f"{labels.count('incidents', len(check.sure))}, {labels.count('perhaps', len(check.perhaps))}"
    line(word("the_record"), f"{own} ({sure})" if check.perhaps else own)
    line(
        word("result"),
        verdict(check, labels),
        "≠" if check.missing else "=",
        "bold yellow" if check.missing else "green",
    )
    if each.step is not None and each.step.missing:
        since, until = each.step.before.as_of, each.step.after.as_of
        if since is not None and until is not None:
            line(
                word("gap"),
                word("between", first=day(since, labels), last=day(until, labels), n=labels.number(each.step.missing)),
            )
    if each.elsewhere:
        line(word("elsewhere"), labels.count("incidents", len(each.elsewhere)))
    for label, ids in (("for_sure", check.sure), ("perhaps", check.perhaps if listed else ())):
        if ids:
            line(f"{word(label)} ({labels.number(len(ids))})", "")
            lines += [
                hanging("", Text(_incident(id, each, labels)), indent=4) for id in (ids if listed else ids[:_SHOWN])
            ]
            if not listed and len(ids) > _SHOWN:
                lines.append(hanging("", Text(labels.word("more", n=labels.number(len(ids) - _SHOWN))), indent=4))
    console.file.write("\n")
    for printed in lines:
        print_trimmed(printed, console)


def _incident(id: str, each: CheckedTally, labels: Labels) -> str:
    """One incident that is counted, with what it adds where people are counted."""
    incident, counts = each.counted[id], each.check.definition.counts
    toll = incident.value(counts) if counts in ("killed", "injured") else None
    number = f" · {short_bounds(toll.lower, toll.upper, labels)}" if toll is not None else ""
    return f"{id}{'+' if id in each.elsewhere else ' '} {title(incident, labels)}{number}"


def _reports(each: CheckedTally, labels: Labels) -> Iterator[str]:
    for told in each.told:
        report = told.report
        when = iso_day(report.published, labels) if report.published else ""
        fate = word_of("standing", report.standing, labels.language)
        aside = f" [{fate}]" if report.standing != "counts" else ""
        yield ", ".join(part for part in (report.outlet or "", when, report.id) if part) + aside


def _row(each: CheckedTally) -> dict[str, Any]:
    check, report = each.check, each.told[0].report
    tally, definition = check.published.tally, check.definition
    return {
        "text": tally.text,
        "counter": check.published.counter,
        "report": " ".join(told.report.id for told in each.told),
        "published": report.published,
        "standing": report.standing,
        "counts": definition.counts,
        "since": plain(definition.since),
        "until": plain(definition.until),
        "where": "; ".join((*definition.countries, *(place.name for place in definition.places))),
        "types": " ".join(definition.types),
        "weapons": " ".join(definition.weapons),
        "actor": definition.actor,
        "target": definition.target,
        "lower": tally.lower,
        "upper": tally.upper,
        "record_lower": check.lower,
        "record_upper": check.upper,
        "missing": check.missing,
        "sure": " ".join(check.sure),
        "perhaps": " ".join(check.perhaps),
        "elsewhere": " ".join(each.elsewhere),
    }
