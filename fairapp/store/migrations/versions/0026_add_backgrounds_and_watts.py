"""add backgrounds to floor plans and watts to services."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this step."""
    with op.batch_alter_table("floor_plan", schema=None) as batch_op:
        kept = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
        batch_op.add_column(sa.Column("backgrounds", kept, server_default="{}", nullable=False))
    with op.batch_alter_table("service_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("watts", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    """Take the database back to the step before."""
    with op.batch_alter_table("service_item", schema=None) as batch_op:
        batch_op.drop_column("watts")
    with op.batch_alter_table("floor_plan", schema=None) as batch_op:
        batch_op.drop_column("backgrounds")
