"""Statements remember their file, currency, titles and outcome; payments why they wait."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this step."""
    with op.batch_alter_table("bank_statement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("file_key", sa.String(length=80), nullable=False))
        batch_op.add_column(sa.Column("currency", sa.String(length=3), nullable=False))
        batch_op.add_column(sa.Column("decimals", sa.Integer(), nullable=False))
        batch_op.add_column(
            sa.Column("header", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("counts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False)
        )
        batch_op.add_column(sa.Column("applied_at", sa.DateTime(), nullable=True))

    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("doubt", sa.String(length=24), nullable=True))


def downgrade() -> None:
    """Take the database back to the step before."""
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.drop_column("doubt")

    with op.batch_alter_table("bank_statement", schema=None) as batch_op:
        batch_op.drop_column("applied_at")
        batch_op.drop_column("counts")
        batch_op.drop_column("header")
        batch_op.drop_column("decimals")
        batch_op.drop_column("currency")
        batch_op.drop_column("file_key")
