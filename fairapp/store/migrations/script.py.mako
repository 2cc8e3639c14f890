"""${message}."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this step."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Take the database back to the step before."""
    ${downgrades if downgrades else "pass"}
