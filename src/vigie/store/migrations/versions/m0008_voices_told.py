"""An index of how each source is printed: the list of sources of a large record is made from it."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """An index of how each source is printed: the list of sources of a large record is made from it."""
    op.create_index("ix_voices_told", "voices", ["source", "names", "kind", "country", "terms"])
