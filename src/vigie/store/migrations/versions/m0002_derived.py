"""Tables of what is derived: copies, members, pairs, record incidents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

DERIVE_ANEW = True

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Tables of what is derived: copies, members, pairs, record incidents."""
    op.create_table(
        "cards",
        sa.Column("report", NUMBER, autoincrement=False, nullable=False),
        sa.Column("coding", NUMBER, nullable=False),
        sa.Column("json", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["coding"], ["codings.seq"], name="fk_cards_coding"),
        sa.ForeignKeyConstraint(["report"], ["reports.seq"], name="fk_cards_report"),
        sa.PrimaryKeyConstraint("report", name="pk_cards"),
    )
    op.create_table(
        "bands",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rank", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("item", NUMBER, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["item"], ["reports.seq"], name="fk_bands_item"),
        sa.PrimaryKeyConstraint("key", "rank", "item", name="pk_bands"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_bands_item", "bands", ["item"])
    op.create_table(
        "copies",
        sa.Column("a", NUMBER, autoincrement=False, nullable=False),
        sa.Column("b", NUMBER, autoincrement=False, nullable=False),
        sa.Column("json", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["a"], ["reports.seq"], name="fk_copies_a"),
        sa.ForeignKeyConstraint(["b"], ["reports.seq"], name="fk_copies_b"),
        sa.PrimaryKeyConstraint("a", "b", name="pk_copies"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_copies_b", "copies", ["b"])
    op.create_table(
        "standings",
        sa.Column("report", NUMBER, autoincrement=False, nullable=False),
        sa.Column("family", KEY, nullable=False),
        sa.Column("standing", KEY, nullable=False),
        sa.Column("published", KEY),
        sa.Column("slug", KEY),
        sa.Column("takes_back", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.seq"], name="fk_standings_report"),
        sa.PrimaryKeyConstraint("report", name="pk_standings"),
    )
    op.create_index("ix_standings_family", "standings", ["family"])
    op.create_index("ix_standings_published", "standings", ["published"])
    op.create_index("ix_standings_slug", "standings", ["slug"])
    op.create_table(
        "families",
        sa.Column("id", KEY, nullable=False),
        sa.Column("json", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_families"),
    )
    op.create_table(
        "members",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("report", NUMBER, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("incident", KEY),
        sa.ForeignKeyConstraint(["report"], ["reports.seq"], name="fk_members_report"),
        sa.PrimaryKeyConstraint("number", name="pk_members"),
        sa.UniqueConstraint("key", name="uq_members_key"),
    )
    op.create_index("ix_members_id", "members", ["id"])
    op.create_index("ix_members_incident", "members", ["incident"])
    op.create_index("ix_members_report_incident", "members", ["report", "incident"])
    op.create_table(
        "member_sources",
        sa.Column("source", KEY, nullable=False),
        sa.Column("member", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["member"], ["members.number"], name="fk_member_sources_member"),
        sa.PrimaryKeyConstraint("source", "member", name="pk_member_sources"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_member_sources_member", "member_sources", ["member"])
    op.create_table(
        "blocks",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rank", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("item", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["item"], ["members.number"], name="fk_blocks_item"),
        sa.PrimaryKeyConstraint("key", "rank", "item", name="pk_blocks"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_blocks_item", "blocks", ["item"])
    op.create_table(
        "pairs",
        sa.Column("a", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("b", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("score", sa.Float(precision=53), nullable=False),
        sa.ForeignKeyConstraint(["a"], ["members.number"], name="fk_pairs_a"),
        sa.ForeignKeyConstraint(["b"], ["members.number"], name="fk_pairs_b"),
        sa.PrimaryKeyConstraint("a", "b", name="pk_pairs"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_pairs_b", "pairs", ["b"])
    op.create_table(
        "incidents",
        sa.Column("id", KEY, nullable=False),
        sa.Column("standing", KEY, nullable=False),
        sa.Column("period", KEY, nullable=False),
        sa.Column("type", KEY, nullable=False),
        sa.Column("day", KEY, nullable=False),
        sa.Column("last_day", KEY, nullable=False),
        sa.Column("country", KEY),
        sa.Column("admin1", KEY),
        sa.Column("place", sa.Text()),
        sa.Column("lat", sa.Float(precision=53)),
        sa.Column("lon", sa.Float(precision=53)),
        sa.Column("precision", KEY),
        sa.Column("killed", sa.Integer(), nullable=False),
        sa.Column("killed_upper", sa.Integer()),
        sa.Column("injured", sa.Integer(), nullable=False),
        sa.Column("injured_upper", sa.Integer()),
        sa.Column("independent", sa.Integer(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.Column("reviewed", sa.Boolean(), nullable=False),
        sa.Column("json", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_incidents"),
    )
    op.create_index(
        "ix_incidents_by_day",
        "incidents",
        ["standing", "day", "last_day", "id", "period", "type", "country", "admin1", "place", "lat", "lon", "precision",
         "killed", "killed_upper", "injured", "injured_upper", "independent", "reports", "disputed", "reviewed"],
    )  # fmt: skip
    op.create_index(
        "ix_incidents_by_place",
        "incidents",
        ["standing", "lat", "lon", "precision", "place", "country", "id", "disputed", "day", "last_day", "period",
         "type", "admin1", "killed", "independent", "reviewed"],
    )  # fmt: skip
    op.create_index("ix_incidents_by_country", "incidents", ["standing", "country"])
    op.create_table(
        "facets",
        sa.Column("kind", KEY, nullable=False),
        sa.Column("value", KEY, nullable=False),
        sa.Column("incident", KEY, nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incidents.id"], name="fk_facets_incident"),
        sa.PrimaryKeyConstraint("kind", "value", "incident", name="pk_facets"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_facets_incident", "facets", ["incident"])
    op.create_table(
        "suggestions",
        sa.Column("a", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("b", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("score", sa.Float(precision=53), nullable=False),
        sa.Column("usefulness", sa.Float(precision=53), nullable=False),
        sa.Column("blocked", KEY),
        sa.ForeignKeyConstraint(["a"], ["members.number"], name="fk_suggestions_a"),
        sa.ForeignKeyConstraint(["b"], ["members.number"], name="fk_suggestions_b"),
        sa.PrimaryKeyConstraint("a", "b", name="pk_suggestions"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_suggestions_b", "suggestions", ["b"])
    op.create_index("ix_suggestions_usefulness", "suggestions", ["usefulness"])
    op.create_table(
        "doubts",
        sa.Column("incident", KEY, nullable=False),
        sa.Column("field", KEY, nullable=False),
        sa.Column("usefulness", sa.Float(precision=53), nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incidents.id"], name="fk_doubts_incident"),
        sa.PrimaryKeyConstraint("incident", "field", name="pk_doubts"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_doubts_usefulness", "doubts", ["usefulness"])
