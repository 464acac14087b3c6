"""Tables of what is kept: raw bytes, reports, codings, claims, decisions; their index of words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from vigie.store.migrations.ddl import append_only, words_of_reports

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Tables of what is kept: raw bytes, reports, codings, claims, decisions; their index of words."""
    op.create_table(
        "raw",
        sa.Column("sha256", KEY, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("packing", KEY, nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_raw"),
    )
    op.create_table(
        "reports",
        sa.Column("seq", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("sha256", KEY, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("language", KEY),
        sa.Column("outlet", sa.Text()),
        sa.Column("agency", sa.Text()),
        sa.Column("url", sa.Text()),
        sa.Column("published", sa.Text()),
        sa.Column("dateline", sa.Text()),
        sa.Column("origin", sa.Text()),
        sa.Column("wire", sa.Text()),
        sa.Column("wire_key", KEY),
        sa.Column("found_at", sa.Text(), nullable=False),
        sa.Column("received_at", KEY, nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["raw.sha256"], name="fk_reports_sha256"),
        sa.PrimaryKeyConstraint("seq", name="pk_reports"),
        sa.UniqueConstraint("id", name="uq_reports_id"),
    )
    op.create_index("ix_reports_sha256", "reports", ["sha256"])
    op.create_index("ix_reports_wire_key", "reports", ["wire_key"])
    op.create_table(
        "codings",
        sa.Column("seq", NUMBER, autoincrement=False, nullable=False),
        sa.Column("report", NUMBER, nullable=False),
        sa.Column("producer", KEY, nullable=False),
        sa.Column("coded_at", KEY, nullable=False),
        sa.Column("sha256", KEY, nullable=False),
        sa.Column("json", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.seq"], name="fk_codings_report"),
        sa.PrimaryKeyConstraint("seq", name="pk_codings"),
        sa.UniqueConstraint("report", "producer", name="uq_codings_report_producer"),
    )
    op.create_table(
        "claims",
        sa.Column("coding", NUMBER, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("incident", KEY, nullable=False),
        sa.Column("source", KEY),
        sa.Column("source_name", sa.Text()),
        sa.Column("source_folded", KEY),
        sa.Column("terms", KEY),
        sa.Column("kind", KEY),
        sa.Column("country", KEY),
        sa.Column("stance", KEY, nullable=False),
        sa.Column("modality", KEY, nullable=False),
        sa.Column("mode", KEY, nullable=False),
        sa.Column("said", KEY),
        sa.ForeignKeyConstraint(["coding"], ["codings.seq"], name="fk_claims_coding"),
        sa.PrimaryKeyConstraint("coding", "id", name="pk_claims"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_claims_source_folded", "claims", ["source_folded"])
    op.create_table(
        "tallies",
        sa.Column("coding", NUMBER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("lower", sa.BigInteger()),
        sa.Column("upper", sa.BigInteger()),
        sa.Column("since", KEY),
        sa.Column("until", KEY),
        sa.Column("json", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["coding"], ["codings.seq"], name="fk_tallies_coding"),
        sa.PrimaryKeyConstraint("coding", "number", name="pk_tallies"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "decisions",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", KEY, nullable=False),
        sa.Column("json", sa.Text(), nullable=False),
        sa.Column("hash", KEY, nullable=False),
        sa.Column("after_coding", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_decisions"),
        sa.UniqueConstraint("hash", name="uq_decisions_hash"),
    )
    op.create_table(
        "rejected",
        sa.Column("digest", KEY, nullable=False),
        sa.Column("found_at", KEY, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("way_out", sa.Text(), nullable=False),
        sa.Column("first_at", KEY, nullable=False),
        sa.Column("last_at", KEY, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_rejected"),
    )
    op.create_index("ix_rejected_found_at", "rejected", ["found_at"])
    op.create_table(
        "settings",
        sa.Column("name", KEY, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_settings"),
    )
    append_only("raw", "reports", "codings", "claims", "tallies", "decisions")
    words_of_reports()
