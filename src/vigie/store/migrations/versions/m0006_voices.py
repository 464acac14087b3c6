"""Who tells of which incident: what a source has said, how often alone, contradicted, updated."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

DERIVE_ANEW = True
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Who tells of which incident: what a source has said, how often alone, contradicted, updated."""
    op.create_table(
        "voices",
        sa.Column("source", KEY, nullable=False),
        sa.Column("incident", KEY, nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("voice", KEY, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("country", KEY),
        sa.Column("terms", KEY, nullable=False),
        sa.Column("statements", sa.Integer(), nullable=False),
        sa.Column("first_day", KEY, nullable=False),
        sa.Column("last_day", KEY, nullable=False),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column("contradicted", sa.Boolean(), nullable=False),
        sa.Column("updated", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incidents.id"], name="fk_voices_incident"),
        sa.PrimaryKeyConstraint("source", "incident", name="pk_voices"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_voices_incident", "voices", ["incident"])
