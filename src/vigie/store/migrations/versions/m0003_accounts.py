"""Tables of the people who work at the desk: accounts and where they are signed in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Tables of the people who work at the desk: accounts and where they are signed in."""
    op.create_table(
        "accounts",
        sa.Column("name", KEY, nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("role", KEY, nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("made_at", KEY, nullable=False),
        sa.Column("signed_in_at", KEY),
        sa.PrimaryKeyConstraint("name", name="pk_accounts"),
    )
    op.create_table(
        "sessions",
        sa.Column("digest", KEY, nullable=False),
        sa.Column("account", KEY, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("made_at", KEY, nullable=False),
        sa.Column("seen_at", KEY, nullable=False),
        sa.Column("expires_at", KEY, nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.name"], name="fk_sessions_account"),
        sa.PrimaryKeyConstraint("digest", name="pk_sessions"),
    )
    op.create_index("ix_sessions_account", "sessions", ["account"])
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"])
