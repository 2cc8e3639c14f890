"""A second printing takes over finished pages, and shows what a first one of the same data would."""

import io
from pathlib import Path

import pikepdf
import pytest
from reading import texts
from samples import book, entry

from fairapp.adapters.pdf import reissue
from fairapp.adapters.pdf.book import Catalogue
from fairapp.adapters.pdf.catalogue import print_catalogue
from fairapp.adapters.pdf.entry_art import Artist
from fairapp.adapters.pdf.paper import SHEET
from fairapp.adapters.pdf.reissue import Reissue
from fairapp.rules.printing import Finding, PrintFault


def printed(made: Catalogue, stock: Path | None, out: Path) -> bytes:
    out.unlink(missing_ok=True)
    with out.open("wb") as file:
        print_catalogue(file, made, paper=SHEET, stock=stock)
    return out.read_bytes()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The records that were really drawn."""
    found: list[str] = []
    draw = Artist.draw

    def noted(self: Artist, ready: object, x: float, y: float) -> None:
        found.append(ready.entry.record)  # type: ignore[attr-defined]
        draw(self, ready, x, y)  # type: ignore[arg-type]

    monkeypatch.setattr(Artist, "draw", noted)
    return found


def test_the_same_data_give_the_same_bytes_with_and_without_a_stock(tmp_path: Path, drawn: list[str]) -> None:
    made = book([entry(n) for n in range(1, 23)], [entry(n) for n in range(23, 40)])
    plain = printed(made, None, tmp_path / "plain.pdf")
    first = printed(made, tmp_path / "stock", tmp_path / "first.pdf")
    drawn.clear()
    second = printed(made, tmp_path / "stock", tmp_path / "second.pdf")
    assert drawn == []
    assert plain == first == second


def test_a_changed_entry_is_drawn_anew_with_its_page_only(tmp_path: Path, drawn: list[str]) -> None:
    entries = [entry(n) for n in range(1, 40)]
    printed(book(entries), tmp_path / "stock", tmp_path / "a.pdf")
    drawn.clear()
    entries[20] = entry(21, name="Ẵm Mới Đổi 龍 21", story="Một câu chuyện khác hẳn. " * 4)
    again = printed(book(entries), tmp_path / "stock", tmp_path / "b.pdf")
    afresh = printed(book(entries), None, tmp_path / "c.pdf")
    assert drawn[:3] == ["21", "22", "23"] or "21" in drawn[:3]
    assert len(drawn) == 3 + 39
    assert texts(again) == texts(afresh)
    with pikepdf.open(io.BytesIO(again)) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_what_was_wrong_with_an_entry_is_told_again(tmp_path: Path) -> None:
    made = book([entry(1, photo=b"GIF89a"), *(entry(n) for n in range(2, 9))])
    for number in range(2):
        with (tmp_path / f"{number}.pdf").open("wb") as file:
            report = print_catalogue(file, made, paper=SHEET, stock=tmp_path / "stock")
        assert report.findings == (Finding("1", "photo", PrintFault.BROKEN_PHOTO),)
        assert report.printed == 8


@pytest.mark.parametrize("broken", ["", "{", '{"form": 0}', "[]"])
def test_a_stock_that_cannot_be_read_is_as_good_as_none(tmp_path: Path, broken: str) -> None:
    made = book([entry(n) for n in range(1, 5)])
    first = printed(made, tmp_path / "stock", tmp_path / "a.pdf")
    (tmp_path / "stock" / "stock.json").write_text(broken)
    assert printed(made, tmp_path / "stock", tmp_path / "b.pdf") == first


class Stopped(Exception):
    """Somebody pressed the button."""


def stopped_at(made: Catalogue, done: int, stock: Path, out: Path) -> None:
    def progress(now: int, _total: int) -> None:
        if now >= done:
            raise Stopped

    with out.open("wb") as file, pytest.raises(Stopped):
        print_catalogue(file, made, progress, SHEET, stock)
    out.unlink()


def test_a_printing_that_was_stopped_goes_on_where_it_stopped(tmp_path: Path, drawn: list[str]) -> None:
    made = book([entry(n) for n in range(1, 80)])
    plain = printed(made, None, tmp_path / "plain.pdf")
    stopped_at(made, 60, tmp_path / "stock", tmp_path / "half.pdf")
    drawn.clear()
    assert printed(made, tmp_path / "stock", tmp_path / "whole.pdf") == plain
    assert 0 < len(drawn) < 40
    assert drawn[-1] == "79"
    drawn.clear()
    assert printed(made, tmp_path / "stock", tmp_path / "again.pdf") == plain
    assert drawn == []
    assert [path.name for path in (tmp_path / "stock").glob("so-far*")] == []


def test_one_that_is_stopped_twice_loses_nothing(tmp_path: Path, drawn: list[str]) -> None:
    made = book([entry(n) for n in range(1, 80)])
    plain = printed(made, None, tmp_path / "plain.pdf")
    stopped_at(made, 40, tmp_path / "stock", tmp_path / "first.pdf")
    stopped_at(made, 60, tmp_path / "stock", tmp_path / "second.pdf")
    drawn.clear()
    assert printed(made, tmp_path / "stock", tmp_path / "whole.pdf") == plain
    assert 0 < len(drawn) < 40


def test_what_was_finished_is_put_by_now_and_then_for_a_worker_may_be_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drawn: list[str]
) -> None:
    monkeypatch.setattr(reissue, "_SECONDS_BETWEEN", 0.0)
    made = book([entry(n) for n in range(1, 80)])
    monkeypatch.setattr(Reissue, "keep", lambda self: None)  # killed: nothing is tidied up
    printed(made, tmp_path / "stock", tmp_path / "half.pdf")
    (tmp_path / "half.pdf").unlink()
    monkeypatch.undo()
    monkeypatch.setattr(Artist, "draw", lambda self, ready, x, y: drawn.append(ready.entry.record))
    drawn.clear()
    printed(made, tmp_path / "stock", tmp_path / "whole.pdf")
    assert drawn == []


def test_a_stopped_reissue_does_not_spoil_the_pages_of_the_one_before(
    tmp_path: Path, drawn: list[str]
) -> None:
    entries = [entry(n) for n in range(1, 80)]
    printed(book(entries), tmp_path / "stock", tmp_path / "a.pdf")
    entries[50] = entry(51, story="Một câu chuyện khác hẳn. " * 4)
    stopped_at(book(entries), 60, tmp_path / "stock", tmp_path / "half.pdf")
    drawn.clear()
    again = printed(book(entries), tmp_path / "stock", tmp_path / "b.pdf")
    assert len(drawn) == 3
    assert texts(again) == texts(printed(book(entries), None, tmp_path / "c.pdf"))
