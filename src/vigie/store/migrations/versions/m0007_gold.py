"""What people code by hand without seeing the machine's coding, and what they are at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from vigie.store.migrations.ddl import append_only

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """What people code by hand without seeing the machine's coding, and what they are at."""
    op.create_table(
        "gold",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("report", NUMBER, nullable=False),
        sa.Column("coder", KEY, nullable=False),
        sa.Column("at", KEY, nullable=False),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("json", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.seq"], name="fk_gold_report"),
        sa.PrimaryKeyConstraint("number", name="pk_gold"),
    )
    op.create_index("ix_gold_report_coder", "gold", ["report", "coder"])
    op.create_index("ix_gold_coder_report", "gold", ["coder", "report"])
    op.create_table(
        "gold_drafts",
        sa.Column("coder", KEY, nullable=False),
        sa.Column("report", NUMBER, nullable=False),
        sa.Column("at", KEY, nullable=False),
        sa.Column("json", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.seq"], name="fk_gold_drafts_report"),
        sa.PrimaryKeyConstraint("coder", "report", name="pk_gold_drafts"),
        sqlite_with_rowid=False,
    )
    append_only("gold")
