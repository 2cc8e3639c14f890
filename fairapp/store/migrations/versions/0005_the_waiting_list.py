"""The waiting list: who stands at which place, and what was offered to whom."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this step."""
    op.create_table(
        "waiting_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("booth_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("offered_at", sa.DateTime(), nullable=False),
        sa.Column("offered_by_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_waiting_offer_application_id_application")
        ),
        sa.ForeignKeyConstraint(["booth_id"], ["booth.id"], name=op.f("fk_waiting_offer_booth_id_booth")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_waiting_offer_fair_id_fair")),
        sa.ForeignKeyConstraint(
            ["offered_by_id"], ["account.id"], name=op.f("fk_waiting_offer_offered_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_offer")),
    )
    with op.batch_alter_table("waiting_offer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_waiting_offer_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_waiting_offer_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_waiting_offer_fair_id"), ["fair_id"], unique=False)
        batch_op.create_index(
            "uq_waiting_offer_open_application",
            ["application_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            "uq_waiting_offer_open_booth",
            ["booth_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "waiting_place",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_waiting_place_application_id_application")
        ),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_waiting_place_fair_id_fair")),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_waiting_place")),
    )
    with op.batch_alter_table("waiting_place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_waiting_place_fair_id"), ["fair_id"], unique=False)

    # whoever waits already stands in line in the order of the decisions
    op.execute(
        "INSERT INTO waiting_place (application_id, fair_id, rank, since) "
        "SELECT id, fair_id, row_number() OVER (PARTITION BY fair_id ORDER BY decided_at, id), "
        "coalesce(decided_at, changed_at) FROM application WHERE state = 'waitlisted'"
    )


def downgrade() -> None:
    """Take the database back to the step before."""
    with op.batch_alter_table("waiting_place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_waiting_place_fair_id"))

    op.drop_table("waiting_place")
    with op.batch_alter_table("waiting_offer", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_waiting_offer_open_booth",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(
            "uq_waiting_offer_open_application",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_waiting_offer_fair_id"))
        batch_op.drop_index(batch_op.f("ix_waiting_offer_expires_at"))
        batch_op.drop_index(batch_op.f("ix_waiting_offer_application_id"))

    op.drop_table("waiting_offer")
