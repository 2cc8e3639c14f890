"""Long work says when somebody was last at it, and how often it was begun."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this step."""
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seen_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("runs", sa.Integer(), server_default="0", nullable=False))
        batch_op.create_index(batch_op.f("ix_job_seen_at"), ["seen_at"], unique=False)


def downgrade() -> None:
    """Take the database back to the step before."""
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_job_seen_at"))
        batch_op.drop_column("runs")
        batch_op.drop_column("seen_at")
