"""What a decision speaks of, and how far it reaches."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from vigie.errors import DecisionError
from vigie.model.record import Decision, Quoted, member_key
from vigie.record.names import fold_name
from vigie.record.sources import Sources
from vigie.store import schema as s
from vigie.store.log import Log, meant


def require_known(connection: Connection, decision: Decision) -> None:
    """Raises DecisionError where a decision speaks of incidents or claims that are not in the record, or of words that
    are not in the report."""
    wanted = {*decision.members, *decision.apart}
    known = set(connection.scalars(select(s.members.c.key).where(s.members.c.key.in_(wanted)))) if wanted else set()
    unknown = sorted(wanted - known)
    if unknown:
        raise DecisionError(f"no report tells of {unknown[0]!r}: give keys of reported incidents that are in the store")
    if decision.claim is not None and _member_of_claim(connection, decision.claim) is None:
        raise DecisionError(f"there is no claim {decision.claim!r} in the store")
    _require_words(connection, decision.evidence)


def reach(connection: Connection, before: Log, after: Log) -> tuple[set[str], set[str]]:
    """What the last line of `after` changes: the keys of members, and the keys by which the speakers are found whose
    names are told apart otherwise now (`Rules.source_keys`)."""
    decision = meant(after, after.lines[-1])
    members = {*decision.members, *decision.apart}
    if decision.claim is not None:
        member = _member_of_claim(connection, decision.claim)
        members |= {member} if member is not None else set()
    speakers: set[str] = set()
    if decision.names:
        speakers = _spellings(before.sources, decision.names) | _spellings(after.sources, decision.names)
    return members, speakers


def _require_words(connection: Connection, evidence: Collection[Quoted]) -> None:
    """Raises DecisionError for words that do not stand where they are said to."""
    r = s.reports.c
    rows = connection.execute(select(r.id, r.text).where(r.id.in_({q.report_id for q in evidence}))) if evidence else ()
    texts = {row.id: row.text for row in rows}
    for quoted in evidence:
        span, text = quoted.span, texts.get(quoted.report_id)
        if text is None or text[span.start : span.end] != span.quote:
            raise DecisionError(
                f"{span.quote[:80]!r} does not stand at {span.start} to {span.end} of report {quoted.report_id!r}"
            )


def _spellings(sources: Sources, names: Collection[str]) -> set[str]:
    """Everything that some names, or another name of one of their families, may be spelt as."""
    folded = {fold_name(name) for name in names}
    families = {sources.family(name) or fold_name(name) for name in names}
    return folded | families | {spelling for spelling, family in sources.families.items() if family in families}


def _member_of_claim(connection: Connection, claim: str) -> str | None:
    """The key of the reported incident that a claim (by its key) is about."""
    report_id, _, claim_id = claim.rpartition("#")
    query = (
        select(s.claims.c.incident)
        .join(s.cards, s.cards.c.coding == s.claims.c.coding)
        .join(s.reports, s.reports.c.seq == s.cards.c.report)
        .where(s.reports.c.id == report_id, s.claims.c.id == claim_id)
    )
    incident: str | None = connection.scalar(query)
    return member_key(report_id, incident) if incident is not None else None
