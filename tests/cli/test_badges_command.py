"""``fairapp badges`` prints what is approved, keeps that it did, and speaks to scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select

from fairapp.app import create_app
from fairapp.cli.main import fairapp
from fairapp.config import read_settings
from fairapp.rules.badges import BadgeState
from fairapp.store.badges import Badge, BadgePrint
from fairapp.store.base import db, reading, transaction
from fairapp.store.fairs import Fair
from fairapp.store.operations import AuditEntry
from tests import factories as make


@pytest.fixture
def app(ready_database: str, tmp_path: Path) -> Iterator[Flask]:
    """An application with one fair of two approved badges and one that waits."""
    app = create_app(
        read_settings({"FAIRAPP_INSTANCE": str(tmp_path), "FAIRAPP_DATABASE_URL": ready_database})
    )
    with app.app_context():
        with transaction() as session:
            fair = make.fair(session, code="OPEN")
            make.fair(session, code="EMPTY")
            stand = make.exhibitor(session, make.organisation(session), fair)
            make.badge(session, stand, name="Vàng Thị Mai", state=BadgeState.APPROVED)
            make.badge(session, stand, name="ສົມສີ ແກ້ວມະນີ", state=BadgeState.ISSUED)
            make.badge(session, stand, name="Not yet", state=BadgeState.NAMED)
        db.session.remove()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def run(app: Flask, *arguments: str) -> Result:
    """One command."""
    return CliRunner().invoke(fairapp, ["badges", *arguments], obj=lambda: app)


@pytest.mark.parametrize(("layout", "pages"), [("a4", 1), ("single", 2)])
def test_approved_badges_are_printed_and_kept_as_printed(
    app: Flask, tmp_path: Path, layout: str, pages: int
) -> None:
    out = tmp_path / "badges.pdf"
    result = run(app, "open", "--out", str(out), "--format", layout, "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (
        0,
        {"badges": 2, "skipped": 0, "findings": 0, "out": str(out)},
    )
    document = pypdfium2.PdfDocument(out)
    assert len(document) == pages
    with app.app_context():
        assert reading().scalar(select(func.count(BadgePrint.id))) == 2
        states = reading().scalars(select(Badge.state).order_by(Badge.id)).all()
        assert states == [BadgeState.ISSUED, BadgeState.ISSUED, BadgeState.NAMED]
        assert reading().scalars(select(AuditEntry.what)).all() == ["badge.print"]


def test_companies_get_a_badge_in_their_own_name_once_where_nobody_is_named(
    app: Flask, tmp_path: Path
) -> None:
    with app.app_context():
        with transaction() as session:
            fair = session.scalars(select(Fair).where(Fair.code == "OPEN")).one()
            stand = make.exhibitor(session, make.organisation(session, "Gốm Bát Tràng"), fair)
            make.claim(session, make.booth(session, make.hall(session, fair)), stand, fair)
            make.exhibitor(session, make.organisation(session, "Without a booth"), fair)
        db.session.remove()
    for _ in range(2):
        result = run(app, "open", "--out", str(tmp_path / "badges.pdf"), "--companies", "--json")
        assert (result.exit_code, json.loads(result.stdout)["badges"]) == (0, 3)
    with app.app_context():
        named = reading().scalars(select(Badge).where(Badge.exhibitor_id == stand.id)).all()
        assert [(each.name, each.state) for each in named] == [("Gốm Bát Tràng", BadgeState.ISSUED)]


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("EMPTY", "No badge is ready for print. Approve badges first, or choose others."),
        ("NOWHERE", "There is no fair “NOWHERE”."),
    ],
)
def test_nothing_to_print_is_a_sentence_and_leaves_no_file(
    app: Flask, tmp_path: Path, code: str, sentence: str
) -> None:
    out = tmp_path / "badges.pdf"
    result = run(app, code, "--out", str(out))
    assert (result.exit_code, out.exists()) == (1, False)
    assert sentence in result.stderr


def test_a_folder_that_is_not_there_is_a_sentence_and_nothing_counts_as_printed(
    app: Flask, tmp_path: Path
) -> None:
    result = run(app, "OPEN", "--out", str(tmp_path / "nowhere" / "badges.pdf"))
    assert result.exit_code == 1
    assert "Cannot write" in result.stderr
    with app.app_context():
        assert reading().scalars(select(BadgePrint)).all() == []
