"""Decisions that are prepared and not yet published."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this step."""
    op.create_table(
        "prepared_decision",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("prepared_by_id", sa.Integer(), nullable=True),
        sa.Column("prepared_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_prepared_decision_application_id_application"),
        ),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_prepared_decision_fair_id_fair")),
        sa.ForeignKeyConstraint(
            ["prepared_by_id"], ["account.id"], name=op.f("fk_prepared_decision_prepared_by_id_account")
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_prepared_decision")),
    )
    with op.batch_alter_table("prepared_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_prepared_decision_fair_id"), ["fair_id"], unique=False)


def downgrade() -> None:
    """Take the database back to the step before."""
    with op.batch_alter_table("prepared_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_prepared_decision_fair_id"))

    op.drop_table("prepared_decision")
