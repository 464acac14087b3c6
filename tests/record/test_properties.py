"""What must hold whatever the reports tell: order changes nothing, comparing is symmetric, the record is whole."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from score_linking import candidates
from vigie.model import (
    Actor,
    Claim,
    CodedReport,
    Incident,
    Place,
    Quantity,
    Report,
    ReportedDate,
    Source,
    Target,
    WeaponUse,
)
from vigie.model.codebooks import codebook
from vigie.model.contract import plain
from vigie.model.record import Family, Thresholds
from vigie.record import blocking, compare, decisions, linking
from vigie.record.levels import levels
from vigie.record.members import reported_incidents
from vigie.record.reconcile import reconcile
from vigie.record.sources import seeded

PLACES = st.sampled_from(
    [
        None,
        Place("base de Harir", "Harir", "IQ", "site", "Erbil", 36.53, 44.35),
        Place("Harir airbase", "Harir", "IQ", "site", "Arbil", 36.53, 44.35),
        Place("Erbil", "Erbil", "IQ", "settlement", None, 36.19, 44.01),
        Place("Ormelle", "Ormelle", "IQ", "settlement"),
        Place("Kurdistan", "Kurdistan", "IQ", "region", None, 36.2, 44.0),
        Place("Irak", "Irak", "IQ", "country"),
        Place("Rumeilan", "Rumeilan", "SY", "site", "Al-Hasakah", 36.9, 42.0),
    ]
)
DAY = st.dates(dt.date(2024, 3, 1), dt.date(2024, 3, 12))
GRAINS = st.sampled_from(["day", "part_of_day", "week", "month"])
COUNTS = st.one_of(st.none(), st.integers(0, 12))
KINDS = st.sampled_from(codebook("weapon").ids)
NAMES = st.sampled_from(
    ["Daech", "Islamic State", "Boko Haram", "gunmen", "hommes armés", "US troops", "soldats américains"]
)


@st.composite
def dates(draw):
    start = draw(DAY)
    days = draw(st.sampled_from([0, 0, 0, 1, 6, 30]))
    return draw(
        st.one_of(
            st.none(),
            st.just(
                ReportedDate(
                    start, start + dt.timedelta(days), draw(GRAINS), draw(st.sampled_from(["stated", "assumed"]))
                )
            ),
        )
    )


@st.composite
def tolls(draw):
    lower = draw(COUNTS)
    upper = draw(st.one_of(st.none(), st.integers(lower or 0, 20)))
    return None if lower is None and upper is None else Quantity(lower, upper, "order_of", "")


@st.composite
def incidents(draw, number):
    weapons = draw(st.lists(st.tuples(KINDS, COUNTS), max_size=2))
    return Incident(
        id=f"i{number}",
        type=draw(st.sampled_from(codebook("incident_type").ids)),
        period=draw(st.sampled_from(["current", "background"])),
        date=draw(dates()),
        place=draw(PLACES),
        evidence=(),
        actors=tuple(
            Actor(n, draw(st.sampled_from(["claimed", "accused", "stated"])), ())
            for n in draw(st.lists(NAMES, max_size=2))
        ),
        responsibility=draw(st.sampled_from(["claimed", "denied", "attributed", "unclaimed", "unknown"])),
        targets=tuple(Target(n, "military", ()) for n in draw(st.lists(NAMES, max_size=1))),
        weapons=tuple(
            WeaponUse(k, n, n, draw(st.sampled_from(["hit", "intercepted", "unknown"])), ()) for k, n in weapons
        ),
        killed=draw(tolls()),
        injured=draw(tolls()),
    )


@st.composite
def reports(draw, name):
    told = [draw(incidents(n)) for n in range(1, draw(st.integers(1, 2)) + 1)]
    source = Source(
        "s1",
        draw(st.sampled_from(["SOHR", "OSDH", "source", "AFP", "army"])),
        draw(st.sampled_from(["named", "anonymous", "media"])),
        "other",
        (),
    )
    claims = tuple(
        Claim(
            f"c{n}", draw(st.sampled_from(["s1", None])), i.id,
            draw(st.sampled_from(["asserts", "denies", "no_information", "claims_responsibility"])), "stated", "indirect",
            {k: v for k in ("killed", "injured") if (v := getattr(i, k)) is not None}, (),
        )
        for n, i in enumerate(told, 1)
    )  # fmt: skip
    day = draw(DAY)
    published = draw(st.one_of(st.none(), st.just(ReportedDate(day, day, "day", "stated"))))
    report = Report(
        name,
        name,
        "",
        language=draw(st.sampled_from(["fr", "en"])),
        outlet=draw(st.sampled_from(["A", "B", None])),
        published=published,
    )
    return reported_incidents(CodedReport(report, (source,), claims, tuple(told)))


@st.composite
def streams(draw):
    """Members of up to six reports, some in one copy family."""
    told = [m for n in range(draw(st.integers(2, 6))) for m in draw(reports(f"r{n}"))]
    families = (
        [Family("r0", ("r0", "r1"), superseded=draw(st.sampled_from([(), ("r0",)])))] if draw(st.booleans()) else []
    )
    return told, families


def clusters_of(members, families):
    by_key = {m.key: m for m in members}
    compared = [compare.compare(by_key[a], by_key[b], seeded()) for a, b in candidates(members, families)]
    return linking.cluster(members, compared, thresholds=Thresholds(), families=families)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(streams(), st.randoms(use_true_random=False))
def test_the_record_does_not_depend_on_the_order_of_reports(stream, chance):
    members, families = stream
    nothing = decisions.state([])
    clusters = clusters_of(members, families)
    by_key = {m.key: m for m in members}
    expected = {c.id: reconcile([by_key[k] for k in c.members], families, nothing, seeded()) for c in clusters}
    shuffled = list(members)
    chance.shuffle(shuffled)
    again = clusters_of(shuffled, families)
    assert again == clusters
    for c in again:
        keys = list(c.members)
        chance.shuffle(keys)
        assert reconcile([by_key[k] for k in keys], families, nothing, seeded()) == expected[c.id]


@settings(max_examples=30, deadline=None, derandomize=True)
@given(streams())
def test_clusters_part_the_members_and_never_hold_two_of_a_report(stream):
    members, families = stream
    clusters = clusters_of(members, families)
    assert sorted(k for c in clusters for k in c.members) == sorted(m.key for m in members)
    family_of = {r: f.id for f in families for r in f.members}
    for c in clusters:
        told = [m.report_id for m in members if m.key in c.members]
        assert len(told) == len(set(told))
        assert c.id in c.ids
    of_cluster = {k: c.id for c in clusters for k in c.members}
    for family in set(family_of.values()):  # what a copy tells as two is two in every copy
        kin = [m for m in members if family_of.get(m.report_id) == family]
        assert len({(of_cluster[m.key], m.report_id) for m in kin}) == len(kin)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(reports("a"), reports("b"))
def test_comparing_is_symmetric_and_stays_within_the_table(one, other):
    a, b = one[0], other[0]
    found = compare.compare(a, b, seeded())
    assert found == compare.compare(b, a, seeded())
    assert 0 <= found.score <= 1
    for level in found.levels:
        assert levels()[level.field][level.name].points == level.points
        assert level.why_en
        assert level.why_fr
    assert bool(set(blocking.keys(a)) & set(blocking.keys(b))) == bool(set(blocking.keys(b)) & set(blocking.keys(a)))


@settings(max_examples=30, deadline=None, derandomize=True)
@given(streams())
def test_every_record_can_be_written_down_and_says_why(stream):
    members, families = stream
    nothing = decisions.state([])
    found = reconcile(members, families, nothing, seeded())
    assert plain(found)["id"] == found.id
    for field in found.fields.values():
        assert field.why_en
        assert field.why_fr
    statements = [s.claim for a in found.accounts for s in a.statements]
    assert len(statements) == len(set(statements)) >= len(members)
    for name in ("killed", "injured"):
        value = found.value(name)
        if value is not None and value.lower is not None and value.upper is not None:
            assert value.lower <= value.upper
