"""Wishes about booths and neighbours, the ledger of priority points, draws with their turns, and timed holds."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this step."""
    op.create_table(
        "space_draw",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("rule", sa.String(length=24), nullable=False),
        sa.Column("names_shown", sa.String(length=24), nullable=False),
        sa.Column("public_source", sa.String(length=200), nullable=False),
        sa.Column("public_from", sa.DateTime(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("terms", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("public_value", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("committed_at", sa.DateTime(), nullable=True),
        sa.Column("revealed_at", sa.DateTime(), nullable=True),
        sa.Column("started_at", sa.DateTime(), nullable=True),
        sa.Column("window_minutes", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.String(length=5), nullable=False),
        sa.Column("closes_at", sa.String(length=5), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("end_reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_space_draw_fair_id_fair")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_space_draw_made_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_space_draw")),
        sa.UniqueConstraint("fair_id", "number", name=op.f("uq_space_draw_fair_id_number")),
    )
    with op.batch_alter_table("space_draw", schema=None) as batch_op:
        batch_op.create_index(
            "uq_space_draw_open",
            ["fair_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "priority_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=200), nullable=False),
        sa.Column("entry_key", sa.String(length=60), nullable=False),
        sa.Column("from_fair_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_priority_point_by_id_account")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_priority_point_fair_id_fair")),
        sa.ForeignKeyConstraint(
            ["from_fair_id"], ["fair.id"], name=op.f("fk_priority_point_from_fair_id_fair")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_priority_point_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority_point")),
        sa.UniqueConstraint(
            "fair_id",
            "organisation_id",
            "entry_key",
            name=op.f("uq_priority_point_fair_id_organisation_id_entry_key"),
        ),
    )
    with op.batch_alter_table("priority_point", schema=None) as batch_op:
        batch_op.create_index("ix_priority_point_organisation_id", ["organisation_id"], unique=False)

    op.create_table(
        "booth_preference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("booth_id", sa.Integer(), nullable=True),
        sa.Column("hall_id", sa.Integer(), nullable=True),
        sa.Column("zone", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_booth_preference_application_id_application"),
        ),
        sa.ForeignKeyConstraint(["booth_id"], ["booth.id"], name=op.f("fk_booth_preference_booth_id_booth")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_booth_preference_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booth_preference")),
        sa.UniqueConstraint("application_id", "rank", name=op.f("uq_booth_preference_application_id_rank")),
    )
    with op.batch_alter_table("booth_preference", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_booth_preference_booth_id"), ["booth_id"], unique=False)

    op.create_table(
        "neighbour_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_neighbour_wish_application_id_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_neighbour_wish")),
        sa.UniqueConstraint(
            "application_id", "name_key", name=op.f("uq_neighbour_wish_application_id_name_key")
        ),
    )
    with op.batch_alter_table("neighbour_wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_neighbour_wish_name_key"), ["name_key"], unique=False)

    op.create_table(
        "draw_entrant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=True),
        sa.Column("ends_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("by_proxy", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draw_id"], ["space_draw.id"], name=op.f("fk_draw_entrant_draw_id_space_draw")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["account.id"], name=op.f("fk_draw_entrant_ended_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_draw_entrant_exhibitor_id_exhibitor")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_entrant")),
        sa.UniqueConstraint("draw_id", "exhibitor_id", name=op.f("uq_draw_entrant_draw_id_exhibitor_id")),
        sa.UniqueConstraint("draw_id", "number", name=op.f("uq_draw_entrant_draw_id_number")),
        sa.UniqueConstraint("draw_id", "place", name=op.f("uq_draw_entrant_draw_id_place")),
    )
    with op.batch_alter_table("draw_entrant", schema=None) as batch_op:
        batch_op.create_index("ix_draw_entrant_exhibitor_id", ["exhibitor_id"], unique=False)

    with op.batch_alter_table("booth_claim", schema=None) as batch_op:
        batch_op.create_index(
            "uq_booth_claim_timed_hold",
            ["exhibitor_id"],
            unique=True,
            sqlite_where=sa.text("state = 'held' AND expires_at IS NOT NULL"),
            postgresql_where=sa.text("state = 'held' AND expires_at IS NOT NULL"),
        )


def downgrade() -> None:
    """Take the database back to the step before."""
    with op.batch_alter_table("booth_claim", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_booth_claim_timed_hold",
            sqlite_where=sa.text("state = 'held' AND expires_at IS NOT NULL"),
            postgresql_where=sa.text("state = 'held' AND expires_at IS NOT NULL"),
        )

    with op.batch_alter_table("draw_entrant", schema=None) as batch_op:
        batch_op.drop_index("ix_draw_entrant_exhibitor_id")

    op.drop_table("draw_entrant")
    with op.batch_alter_table("neighbour_wish", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_neighbour_wish_name_key"))

    op.drop_table("neighbour_wish")
    with op.batch_alter_table("booth_preference", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_booth_preference_booth_id"))

    op.drop_table("booth_preference")
    with op.batch_alter_table("priority_point", schema=None) as batch_op:
        batch_op.drop_index("ix_priority_point_organisation_id")

    op.drop_table("priority_point")
    with op.batch_alter_table("space_draw", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_space_draw_open",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.drop_table("space_draw")
