"""Shingles of reports, so that copies are told without reading their texts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

DERIVE_ANEW = True


def upgrade() -> None:
    """Shingles of reports, so that copies are told without reading their texts."""
    op.add_column("cards", sa.Column("shingles", sa.LargeBinary()))
