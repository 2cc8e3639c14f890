"""The commands that print: what they write, what they say, and when they refuse."""

import json
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from fairapp.app import create_app
from fairapp.cli.main import fairapp
from fairapp.config import read_settings
from fairapp.store.base import db
from fairapp.store.fairs import Fair
from tests import factories as make


@pytest.fixture
def app(ready_database: str, tmp_path: Path) -> Iterator[Flask]:
    """An application whose only fair has two exhibitors, one of them without a name, and a free booth."""
    environ = {"FAIRAPP_INSTANCE": str(tmp_path / "instance"), "FAIRAPP_DATABASE_URL": ready_database}
    app = create_app(read_settings(environ))
    with app.app_context():
        session = db.session()
        fair = make.fair(session)
        hall = make.hall(session, fair)
        for code, name in (("A-001", "HTX Hương Rừng"), ("A-002", "\x07")):
            exhibitor = make.exhibitor(session, make.organisation(session, name), fair)
            make.claim(session, make.booth(session, hall, code), exhibitor, fair)
        make.booth(session, hall, "A-003")
        make.fair(session, "EMPTY")
        session.commit()
        db.session.remove()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def run(app: Flask, *arguments: str) -> Result:
    return CliRunner().invoke(fairapp, list(arguments), obj=lambda: app)


def pages(file: Path) -> int:
    with pypdfium2.PdfDocument(file) as pdf:
        return len(pdf)


@pytest.mark.parametrize("by", ["hall", "group"])
def test_the_catalogue_is_written_and_counted(app: Flask, tmp_path: Path, by: str) -> None:
    out = tmp_path / "book.pdf"
    told = run(app, "catalogue", "ocop27", "--lang", "en", "--out", str(out), "--by", by, "--json")
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout) == {"entries": 1, "skipped": 1, "findings": 2, "out": str(out)}
    assert "No name (A-002): Name: There is no name, so nothing was printed. Enter the name." in told.stderr
    assert pages(out) == 6


def test_the_signs_are_written_and_counted(app: Flask, tmp_path: Path) -> None:
    out = tmp_path / "signs.pdf"
    told = run(app, "signs", "OCOP27", "--out", str(out))
    assert (told.exit_code, told.stdout) == (0, f"3 signs in {out}, 0 left out, 0 findings.\n")
    assert pages(out) == 3
    assert sorted(each.name for each in tmp_path.iterdir()) == ["instance", "signs.pdf"]


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("catalogue", "NONE", "There is no fair “NONE”. Fairs: OCOP27, EMPTY."),
        ("signs", "NONE", "There is no fair “NONE”. Fairs: OCOP27, EMPTY."),
        (
            "catalogue",
            "EMPTY",
            "Nobody is admitted to this fair yet. Accept applications or import a list, then print.",
        ),
        ("signs", "EMPTY", "This fair has no booths yet. Publish its floor plan, then print the signs."),
    ],
)
def test_a_fair_with_nothing_to_print_is_refused_and_the_old_file_stays(
    app: Flask, tmp_path: Path, command: str, code: str, said: str
) -> None:
    out = tmp_path / "old.pdf"
    out.write_bytes(b"old")
    told = run(app, command, code, "--out", str(out))
    assert (told.exit_code, told.stderr) == (1, f"Error: {said}\n")
    assert out.read_bytes() == b"old"


def test_a_folder_that_is_not_there_is_said(app: Flask, tmp_path: Path) -> None:
    told = run(app, "signs", "OCOP27", "--out", str(tmp_path / "none" / "x.pdf"))
    assert told.exit_code == 1
    assert "No such file or directory" in told.stderr


@pytest.mark.parametrize(
    ("kind", "more", "told"),
    [
        ("sticker", (), {"signs": 3, "skipped": 0, "findings": 0}),
        ("aisle", (), {"signs": 1, "skipped": 0, "findings": 0}),
        ("fascia", ("--scale", "10"), {"signs": 0, "skipped": 2, "findings": 2}),
    ],
)
def test_each_kind_of_signs_is_written_and_counted(
    app: Flask, tmp_path: Path, kind: str, more: tuple[str, ...], told: dict[str, int]
) -> None:
    out = tmp_path / "signs.pdf"
    said = run(app, "signs", "OCOP27", "--kind", kind, *more, "--out", str(out), "--json")
    assert said.exit_code == 0, said.output
    assert json.loads(said.stdout) == {**told, "out": str(out)}
    assert pages(out) == 1


@pytest.mark.parametrize("more", [("--kind", "poster"), ("--kind", "fascia", "--scale", "51")])
def test_a_kind_or_a_scale_that_is_none_is_refused(app: Flask, tmp_path: Path, more: tuple[str, ...]) -> None:
    out = tmp_path / "signs.pdf"
    assert run(app, "signs", "OCOP27", *more, "--out", str(out)).exit_code == 2
    assert not out.exists()


def test_a_directory_hangs_at_a_booth_of_the_plan_only(app: Flask, tmp_path: Path) -> None:
    out = tmp_path / "signs.pdf"
    said = run(app, "signs", "OCOP27", "--kind", "directory", "--here", "Z-9", "--out", str(out))
    assert (said.exit_code, out.exists()) == (1, False)
    assert "No booth of the published plan has this number." in said.stderr
    assert (
        run(app, "signs", "OCOP27", "--kind", "directory", "--here", "A-003", "--out", str(out)).exit_code
        == 0
    )


def test_an_edition_is_closed_and_its_addendum_written(app: Flask, tmp_path: Path) -> None:
    out = tmp_path / "addendum.pdf"
    asked = ("catalogue", "OCOP27", "--lang", "en")
    assert run(app, *asked).exit_code == 2
    none = run(app, *asked, "--addendum", "--out", str(out))
    assert (none.exit_code, out.exists()) == (1, False)
    assert "has no cut-off" in none.stderr
    assert run(app, *asked, "--cut-off", "yesterday").exit_code == 2
    closed = run(app, *asked, "--cut-off", "2026-01-10 18:00", "--out", str(tmp_path / "book.pdf"))
    assert closed.exit_code == 0, closed.output
    nothing = run(app, *asked, "--addendum", "--out", str(out))
    assert "Nothing has changed since the cut-off" in nothing.stderr
    with app.app_context():
        fair = db.session().scalars(select(Fair).where(Fair.code == "OCOP27")).one()
        make.exhibitor(db.session(), make.organisation(db.session(), "HTX Mới"), fair)
        db.session().commit()
        db.session.remove()
    told = run(app, *asked, "--addendum", "--out", str(out), "--json")
    assert json.loads(told.stdout)["entries"] == 1
    with pypdfium2.PdfDocument(out) as pdf:
        assert "HTX Mới" in "".join(page.get_textpage().get_text_range() for page in pdf)
    lifted = run(app, *asked, "--cut-off", "none")
    assert lifted.exit_code == 0
