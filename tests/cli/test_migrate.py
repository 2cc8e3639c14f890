"""The command ``migrate``: a database that is ready for the first fair, however it will be made."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from fairapp.store.schemes import SCHEMES
from tests.serving import fairapp, free_port, settings


def test_a_new_database_knows_every_scheme_of_product_groups(tmp_path: Path) -> None:
    environment = settings(tmp_path, free_port())
    fairapp("migrate", environment=environment)
    fairapp("migrate", environment=environment)
    with closing(sqlite3.connect(Path(environment["FAIRAPP_INSTANCE"]) / "fairapp.db")) as rows:
        kept = rows.execute("SELECT scheme, code FROM product_group").fetchall()
    assert sorted(kept) == sorted((scheme, code) for scheme, groups in SCHEMES.items() for code, *_ in groups)
