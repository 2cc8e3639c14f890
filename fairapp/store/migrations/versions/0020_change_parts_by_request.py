"""Change requests may be about the application's own parts, which belong to no form."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this step."""
    with op.batch_alter_table("change_request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("part", sa.String(length=24), nullable=True))
        batch_op.alter_column("form_version_id", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    """Take the database back to the step before."""
    op.execute("DELETE FROM change_request WHERE form_version_id IS NULL")  # of parts, unknown before
    with op.batch_alter_table("change_request", schema=None) as batch_op:
        batch_op.alter_column("form_version_id", existing_type=sa.Integer(), nullable=False)
        batch_op.drop_column("part")
