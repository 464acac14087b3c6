"""The tables. docs/store.md says what each is for; `migrations/` makes them.

Two kinds. What is kept (`KEPT`) is only ever added to: triggers refuse anything else. What is derived (`DERIVED`) is a
function of what is kept and can be thrown away and made anew at any time. Numbers (`seq`, `number`) are given in the
order of arrival and never leave the store; ids and keys are the same wherever and whenever a report is taken in.

Text that is compared or sorted is compared by code point on every database, so that both give the same order.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

KEY = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that is compared by code point."""
NUMBER = BigInteger().with_variant(Integer, "sqlite")
"""A row's number; in SQLite the row id itself."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# --- kept -------------------------------------------------------------------------------------------------------------

raw = Table(
    "raw",
    metadata,
    Column("sha256", KEY, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("packing", KEY, nullable=False),  # none | zlib
    Column("bytes", LargeBinary, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("seq", NUMBER, primary_key=True, autoincrement=False),
    Column("id", KEY, nullable=False, unique=True),
    Column("sha256", KEY, ForeignKey("raw.sha256"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("title", Text),
    Column("language", KEY),
    Column("outlet", Text),
    Column("agency", Text),
    Column("url", Text),
    Column("published", Text),  # JSON, as read: the coding may know more
    Column("dateline", Text),  # JSON, as read
    Column("origin", Text),
    Column("wire", Text),  # JSON
    Column("wire_key", KEY, index=True),
    Column("found_at", Text, nullable=False),  # file, line or record it was read from
    Column("received_at", KEY, nullable=False),
)

codings = Table(
    "codings",
    metadata,
    Column("seq", NUMBER, primary_key=True, autoincrement=False),
    Column("report", NUMBER, ForeignKey("reports.seq"), nullable=False),
    Column("producer", KEY, nullable=False),
    Column("coded_at", KEY, nullable=False),
    Column("sha256", KEY, nullable=False),  # of the JSON
    Column("json", Text, nullable=False),
    UniqueConstraint("report", "producer"),
)

claims = Table(
    "claims",
    metadata,
    Column("coding", NUMBER, ForeignKey("codings.seq"), primary_key=True),
    Column("id", KEY, primary_key=True),
    Column("incident", KEY, nullable=False),
    Column("source", KEY),
    Column("source_name", Text),
    Column("source_folded", KEY, index=True),
    Column("terms", KEY),
    Column("kind", KEY),
    Column("country", KEY),
    Column("stance", KEY, nullable=False),
    Column("modality", KEY, nullable=False),
    Column("mode", KEY, nullable=False),
    Column("said", KEY),
    sqlite_with_rowid=False,
)

tallies = Table(
    "tallies",
    metadata,
    Column("coding", NUMBER, ForeignKey("codings.seq"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("lower", BigInteger),
    Column("upper", BigInteger),
    Column("since", KEY),
    Column("until", KEY),
    Column("json", Text, nullable=False),
    sqlite_with_rowid=False,
)

decisions = Table(
    "decisions",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("kind", KEY, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", KEY, nullable=False),
    Column("json", Text, nullable=False),
    Column("hash", KEY, nullable=False, unique=True),
    Column("after_coding", NUMBER, nullable=False),  # the last coding that was there to be seen
)

# What people coded by hand without seeing the machine's coding; each time it is saved is a row of its own.
gold = Table(
    "gold",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("report", NUMBER, ForeignKey("reports.seq"), nullable=False),
    Column("coder", KEY, nullable=False),
    Column("at", KEY, nullable=False),
    Column("blind", Boolean, nullable=False),  # before the coder has seen any other coding of the report
    Column("json", Text, nullable=False),  # a line of a hand coding, as docs/evaluation.md says
    Index("ix_gold_report_coder", "report", "coder"),
    Index("ix_gold_coder_report", "coder", "report"),
)

# --- neither: what could not be taken in, and how the store is set ----------------------------------------------------

rejected = Table(
    "rejected",
    metadata,
    Column("digest", KEY, primary_key=True),  # of place and reason: each is listed once
    Column("found_at", KEY, nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("way_out", Text, nullable=False),
    Column("first_at", KEY, nullable=False),
    Column("last_at", KEY, nullable=False),
    Column("times", Integer, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("name", KEY, primary_key=True),
    Column("value", Text, nullable=False),  # JSON
)

# A hand coding that somebody is at and has not saved yet: as it stands in the form.
gold_drafts = Table(
    "gold_drafts",
    metadata,
    Column("coder", KEY, primary_key=True),
    Column("report", NUMBER, ForeignKey("reports.seq"), primary_key=True, autoincrement=False),
    Column("at", KEY, nullable=False),
    Column("json", Text, nullable=False),
    sqlite_with_rowid=False,
)

# People who work at the desk, and where they are signed in. No part of the record: not in its backups, never rebuilt.
accounts = Table(
    "accounts",
    metadata,
    Column("name", KEY, primary_key=True),
    Column("password", Text, nullable=False),  # Argon2 hash
    Column("role", KEY, nullable=False),  # reader | coder | editor | admin
    Column("disabled", Boolean, nullable=False),
    Column("made_at", KEY, nullable=False),
    Column("signed_in_at", KEY),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", KEY, primary_key=True),  # of the token, which is kept nowhere
    Column("account", KEY, ForeignKey("accounts.name"), nullable=False, index=True),
    Column("kind", KEY, nullable=False),  # browser | program
    Column("label", Text, nullable=False),
    Column("made_at", KEY, nullable=False),
    Column("seen_at", KEY, nullable=False),
    Column("expires_at", KEY, nullable=False, index=True),
)

# --- neither: what `vigie watch` has to know when it starts again -----------------------------------------------------
# Times are ISO 8601 in UTC with milliseconds, so that they sort as they follow each other.

watch_feeds = Table(
    "watch_feeds",
    metadata,
    Column("name", KEY, primary_key=True),
    Column("url", Text, nullable=False),  # as in the file: validators of another address mean nothing
    Column("etag", Text),
    Column("modified", Text),  # Last-Modified, as the server writes it
    Column("digest", KEY),  # of what was read last, for servers that know neither
    Column("due", KEY, nullable=False),
    Column("polls", Integer, nullable=False),
    Column("taken", Integer, nullable=False),  # reports that were new to the store
    Column("polled_at", KEY),
    Column("fresh_at", KEY),  # when it last gave something that could be read, or said that nothing had changed
    Column("failures", Integer, nullable=False),  # in a row
    Column("failing_since", KEY),
    Column("status", Integer),  # of HTTP
    Column("problem", Text),
    Column("moved_to", Text),  # where it says that it has gone for good
)

watch_hosts = Table(
    "watch_hosts",
    metadata,
    Column("host", KEY, primary_key=True),
    Column("asked_at", KEY, nullable=False),
    Column("not_before", KEY),  # what the host has asked for (Retry-After)
)

watch_pages = Table(
    "watch_pages",
    metadata,
    Column("feed", KEY, primary_key=True),
    Column("report", KEY, primary_key=True),  # id of the feed's entry
    Column("url", Text, nullable=False),
    Column("entry", Text),  # JSON, the entry as a report; NULL once the page, or the entry in its place, is taken in
    Column("due", KEY, index=True),  # NULL likewise
    Column("failures", Integer, nullable=False),
    Column("problem", Text),
    Column("noted_at", KEY, nullable=False),
    sqlite_with_rowid=False,
)

incident_changes = Table(
    "incident_changes",
    metadata,
    Column("incident", KEY, primary_key=True),  # may be gone by now
    Column("number", NUMBER, nullable=False, unique=True),  # of its last change; kept by triggers on `incidents`
)

watch_filters = Table(
    "watch_filters",
    metadata,
    Column("name", KEY, primary_key=True),
    Column("digest", KEY, nullable=False),  # of what is wanted: another filter of this name begins anew
    Column("seen", NUMBER, nullable=False),  # number of the last change that was looked at
    Column("position", KEY),  # last incident taken as known while the filter begins; NULL when it has begun
)

watch_told = Table(
    "watch_told",
    metadata,
    Column("filter", KEY, primary_key=True),
    Column("incident", KEY, primary_key=True),
    Column("revision", Integer, nullable=False),  # how many times it was told of; 0: there when the filter began
    Column("kind", KEY, nullable=False),  # of what was told last
    Column("json", Text, nullable=False),  # the incident as it was then
    sqlite_with_rowid=False,
)

watch_notices = Table(
    "watch_notices",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("key", KEY, nullable=False),
    Column("channel", KEY, nullable=False),
    Column("filter", KEY, nullable=False),
    Column("incident", KEY, nullable=False),
    Column("kind", KEY, nullable=False),
    Column("made_at", KEY, nullable=False),
    Column("state", KEY, nullable=False),  # waiting | delivered | given_up
    Column("attempts", Integer, nullable=False),
    Column("due", KEY, nullable=False),
    Column("batch", KEY),  # what is sent together stays together when it is sent again
    Column("problem", Text),
    Column("done_at", KEY),
    Column("json", Text, nullable=False),
    UniqueConstraint("key", "channel"),
    Index("ix_watch_notices_channel_state_number", "channel", "state", "number"),
)

# --- derived ----------------------------------------------------------------------------------------------------------

cards = Table(
    "cards",
    metadata,
    Column("report", NUMBER, ForeignKey("reports.seq"), primary_key=True, autoincrement=False),
    Column("coding", NUMBER, ForeignKey("codings.seq"), nullable=False),  # the one that counts
    Column("json", Text, nullable=False),  # the card without the text
    Column("shingles", LargeBinary),  # the card's, sorted, eight bytes each
)

bands = Table(
    "bands",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("rank", BigInteger, primary_key=True, autoincrement=False),
    Column("item", NUMBER, ForeignKey("reports.seq"), primary_key=True, autoincrement=False, index=True),
    sqlite_with_rowid=False,
)

copies = Table(
    "copies",
    metadata,
    Column("a", NUMBER, ForeignKey("reports.seq"), primary_key=True, autoincrement=False),
    Column("b", NUMBER, ForeignKey("reports.seq"), primary_key=True, autoincrement=False, index=True),
    Column("json", Text, nullable=False),
    sqlite_with_rowid=False,
)

standings = Table(
    "standings",
    metadata,
    Column("report", NUMBER, ForeignKey("reports.seq"), primary_key=True, autoincrement=False),
    Column("family", KEY, nullable=False, index=True),
    Column("standing", KEY, nullable=False),  # counts | superseded | withdrawn
    Column("published", KEY, index=True),
    Column("slug", KEY, index=True),  # folded
    Column("takes_back", Boolean, nullable=False),  # a kill notice, or a version withheld or canceled
)

families = Table(
    "families",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("json", Text, nullable=False),
)

members = Table(
    "members",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("key", KEY, nullable=False, unique=True),
    Column("report", NUMBER, ForeignKey("reports.seq"), nullable=False),
    Column("id", KEY, nullable=False, index=True),
    Column("incident", KEY, index=True),
    Index("ix_members_report_incident", "report", "incident"),
)

member_sources = Table(
    "member_sources",
    metadata,
    Column("source", KEY, primary_key=True),
    Column("member", BigInteger, ForeignKey("members.number"), primary_key=True, autoincrement=False, index=True),
    sqlite_with_rowid=False,
)

blocks = Table(
    "blocks",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("rank", BigInteger, primary_key=True, autoincrement=False),
    Column("item", BigInteger, ForeignKey("members.number"), primary_key=True, autoincrement=False, index=True),
    sqlite_with_rowid=False,
)

pairs = Table(
    "pairs",
    metadata,
    Column("a", BigInteger, ForeignKey("members.number"), primary_key=True, autoincrement=False),
    Column("b", BigInteger, ForeignKey("members.number"), primary_key=True, autoincrement=False, index=True),
    Column("score", Float(53), nullable=False),
    sqlite_with_rowid=False,
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("standing", KEY, nullable=False),  # counts | withdrawn | rejected
    Column("period", KEY, nullable=False),
    Column("type", KEY, nullable=False),
    Column("day", KEY, nullable=False),  # first day; '' where none is known, so that it can be paged by
    Column("last_day", KEY, nullable=False),
    Column("country", KEY),
    Column("admin1", KEY),
    Column("place", Text),
    Column("lat", Float(53)),
    Column("lon", Float(53)),
    Column("precision", KEY),  # of the place: site | settlement | district | region | country
    Column("killed", Integer, nullable=False),  # lower bound; -1 where none is told
    Column("killed_upper", Integer),
    Column("injured", Integer, nullable=False),
    Column("injured_upper", Integer),
    Column("independent", Integer, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("disputed", Boolean, nullable=False),
    Column("reviewed", Boolean, nullable=False),  # a decision that stands bears on it
    Column("json", Text, nullable=False),
    # Rows are wide for their JSON. The first two indexes hold everything that incidents are asked by, so that a list, a
    # timeline or a map is read from the index alone, already in its order.
    Index(
        "ix_incidents_by_day", "standing", "day", "last_day", "id", "period", "type", "country", "admin1", "place",
        "lat", "lon", "precision", "killed", "killed_upper", "injured", "injured_upper", "independent", "reports",
        "disputed", "reviewed",
    ),
    Index(
        "ix_incidents_by_place", "standing", "lat", "lon", "precision", "place", "country", "id", "disputed", "day",
        "last_day", "period", "type", "admin1", "killed", "independent", "reviewed",
    ),
    Index("ix_incidents_by_country", "standing", "country"),
)  # fmt: skip

facets = Table(
    "facets",
    metadata,
    Column("kind", KEY, primary_key=True),  # actor | target | target_kind | weapon | place | source | outlet | language
    Column("value", KEY, primary_key=True),  # folded where it is a name
    Column("incident", KEY, ForeignKey("incidents.id"), primary_key=True, index=True),
    Column("label", Text, nullable=False),  # as a person reads it
    sqlite_with_rowid=False,
)

suggestions = Table(
    "suggestions",
    metadata,
    Column("a", BigInteger, ForeignKey("members.number"), primary_key=True, autoincrement=False),
    Column("b", BigInteger, ForeignKey("members.number"), primary_key=True, autoincrement=False, index=True),
    Column("score", Float(53), nullable=False),
    Column("usefulness", Float(53), nullable=False, index=True),
    Column("blocked", KEY),  # what keeps the two apart, where the score alone would join them
    sqlite_with_rowid=False,
)

voices = Table(
    "voices",
    metadata,
    Column("source", KEY, primary_key=True),  # id of the account: the folded family name of the source
    Column("incident", KEY, ForeignKey("incidents.id"), primary_key=True, index=True),
    Column("names", Text, nullable=False),  # JSON: as printed
    Column("voice", KEY, nullable=False),  # named | unnamed (within one outlet's or agency's copy) | media
    Column("kind", KEY, nullable=False),
    Column("country", KEY),
    Column("terms", KEY, nullable=False),  # parted by spaces
    Column("statements", Integer, nullable=False),
    Column("first_day", KEY, nullable=False),  # on which something was said; '' where no day is known
    Column("last_day", KEY, nullable=False),
    Column("alone", Boolean, nullable=False),  # no other account is a witness of its own
    Column("contradicted", Boolean, nullable=False),  # another account says something that cannot be true with it
    Column("updated", Boolean, nullable=False),  # it has said something else of it later
    # How a source is printed and what it is taken for, counted from the index alone.
    Index("ix_voices_told", "source", "names", "kind", "country", "terms"),
    sqlite_with_rowid=False,
)

doubts = Table(
    "doubts",
    metadata,
    Column("incident", KEY, ForeignKey("incidents.id"), primary_key=True),
    Column("field", KEY, primary_key=True),
    Column("usefulness", Float(53), nullable=False, index=True),  # of a look at the value
    sqlite_with_rowid=False,
)

KEPT = (raw, reports, codings, claims, tallies, decisions, gold)
DERIVED = (
    cards,
    bands,
    copies,
    standings,
    families,
    members,
    member_sources,
    blocks,
    pairs,
    incidents,
    facets,
    voices,
    suggestions,
    doubts,
)
"""In the order in which they can be filled; emptied in the opposite one."""
