"""Tables of watching: feeds, hosts, pages, saved filters, what was told; which incident changed last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from vigie.store.migrations.ddl import changes_of_incidents

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Tables of watching: feeds, hosts, pages, saved filters, what was told; which incident changed last."""
    op.create_table(
        "watch_feeds",
        sa.Column("name", KEY, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("modified", sa.Text()),
        sa.Column("digest", KEY),
        sa.Column("due", KEY, nullable=False),
        sa.Column("polls", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("polled_at", KEY),
        sa.Column("fresh_at", KEY),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", KEY),
        sa.Column("status", sa.Integer()),
        sa.Column("problem", sa.Text()),
        sa.Column("moved_to", sa.Text()),
        sa.PrimaryKeyConstraint("name", name="pk_watch_feeds"),
    )
    op.create_table(
        "watch_hosts",
        sa.Column("host", KEY, nullable=False),
        sa.Column("asked_at", KEY, nullable=False),
        sa.Column("not_before", KEY),
        sa.PrimaryKeyConstraint("host", name="pk_watch_hosts"),
    )
    op.create_table(
        "watch_pages",
        sa.Column("feed", KEY, nullable=False),
        sa.Column("report", KEY, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text()),
        sa.Column("due", KEY),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text()),
        sa.Column("noted_at", KEY, nullable=False),
        sa.PrimaryKeyConstraint("feed", "report", name="pk_watch_pages"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_watch_pages_due", "watch_pages", ["due"])
    op.create_table(
        "incident_changes",
        sa.Column("incident", KEY, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("incident", name="pk_incident_changes"),
        sa.UniqueConstraint("number", name="uq_incident_changes_number"),
    )
    op.create_table(
        "watch_filters",
        sa.Column("name", KEY, nullable=False),
        sa.Column("digest", KEY, nullable=False),
        sa.Column("seen", NUMBER, nullable=False),
        sa.Column("position", KEY),
        sa.PrimaryKeyConstraint("name", name="pk_watch_filters"),
    )
    op.create_table(
        "watch_told",
        sa.Column("filter", KEY, nullable=False),
        sa.Column("incident", KEY, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("json", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("filter", "incident", name="pk_watch_told"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "watch_notices",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("channel", KEY, nullable=False),
        sa.Column("filter", KEY, nullable=False),
        sa.Column("incident", KEY, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("made_at", KEY, nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due", KEY, nullable=False),
        sa.Column("batch", KEY),
        sa.Column("problem", sa.Text()),
        sa.Column("done_at", KEY),
        sa.Column("json", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_watch_notices"),
        sa.UniqueConstraint("key", "channel", name="uq_watch_notices_key_channel"),
    )
    op.create_index("ix_watch_notices_channel_state_number", "watch_notices", ["channel", "state", "number"])
    changes_of_incidents()
