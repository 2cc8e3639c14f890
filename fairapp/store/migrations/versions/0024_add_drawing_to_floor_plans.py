"""add drawing to floor plans."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this step."""
    with op.batch_alter_table("floor_plan", schema=None) as batch_op:
        batch_op.add_column(sa.Column("revision", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    """Take the database back to the step before."""
    with op.batch_alter_table("floor_plan", schema=None) as batch_op:
        batch_op.drop_column("revision")
