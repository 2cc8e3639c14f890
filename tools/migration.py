"""Write the next migration: what the models have and the migrated database has not."""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

import fairapp.store
from fairapp.store.migrating import migrate

FOLDER = Path(fairapp.store.__file__).parent / "migrations"


def main() -> None:
    """Migrate an empty SQLite database, compare it with the models, and write the difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("message", help='what changes, such as "add gates"')
    message = parser.parse_args().message
    steps = [int(each.name[:4]) for each in (FOLDER / "versions").glob("[0-9][0-9][0-9][0-9]_*.py")]
    number = f"{max(steps, default=0) + 1:04d}"
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{folder}/empty.db")
        if steps:
            migrate(engine)
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.revision(config, message=message, autogenerate=True, rev_id=number)
        engine.dispose()


if __name__ == "__main__":
    main()
