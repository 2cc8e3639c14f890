"""Tags on applications, and filters of the queue that accounts keep."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this step."""
    op.create_table(
        "saved_filter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=240), nullable=False),
        sa.Column("query", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_saved_filter_account_id_account")
        ),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_saved_filter_fair_id_fair")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
        sa.UniqueConstraint(
            "account_id", "fair_id", "key", name=op.f("uq_saved_filter_account_id_fair_id_key")
        ),
    )
    with op.batch_alter_table("saved_filter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_filter_fair_id"), ["fair_id"], unique=False)

    op.create_table(
        "application_tag",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("tag", sa.String(length=30), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_tag_application_id_application")
        ),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_application_tag_fair_id_fair")),
        sa.PrimaryKeyConstraint("application_id", "key", name=op.f("pk_application_tag")),
    )
    with op.batch_alter_table("application_tag", schema=None) as batch_op:
        batch_op.create_index(
            "ix_application_tag_fair_id_key", ["fair_id", "key", "application_id"], unique=False
        )


def downgrade() -> None:
    """Take the database back to the step before."""
    with op.batch_alter_table("application_tag", schema=None) as batch_op:
        batch_op.drop_index("ix_application_tag_fair_id_key")

    op.drop_table("application_tag")
    with op.batch_alter_table("saved_filter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_filter_fair_id"))

    op.drop_table("saved_filter")
