"""add the languages that are spoken at a stand."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this step."""
    with op.batch_alter_table("exhibitor", schema=None) as batch_op:
        kept = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
        batch_op.add_column(sa.Column("spoken", kept, server_default="[]", nullable=False))


def downgrade() -> None:
    """Take the database back to the step before."""
    with op.batch_alter_table("exhibitor", schema=None) as batch_op:
        batch_op.drop_column("spoken")
