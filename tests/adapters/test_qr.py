"""The symbols are those of the reference encoder, module for module, and scanners read them."""

import random

import pytest

from fairapp.adapters import qr
from fairapp.adapters.qr_bits import smallest_version
from fairapp.adapters.qr_coder import coder
from fairapp.adapters.qr_reference import LEVELS, is_as_reference, reference_rows

TEXTS = (
    "HTTPS://HOICHO.EXAMPLE/B/7K2M041",
    "https://hoicho.example/b/7k2m041",
    "12345678901234567",
    "Chè Shan tuyết cổ thụ, xã Bản Liền",
    "กัญญารัตน์",
    "A",
    "0",
)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("mask", range(8))
@pytest.mark.parametrize("text", TEXTS)
def test_every_level_and_mask_gives_the_reference_symbol(text: str, level: str, mask: int) -> None:
    assert qr.symbol(text, level, mask).rows == reference_rows(text, level, mask)


@pytest.mark.parametrize("version", [*range(1, 16), 20, 27, 32, 40])
def test_every_version_gives_the_reference_symbol(version: int) -> None:
    levels = "LMQH" if version < 10 else "LMQH"[version % 4]
    for level in levels:
        assert qr.symbol("7K2M-04", level, 3, version).rows == reference_rows("7K2M-04", level, 3, version)


def test_random_texts_of_every_mode_and_length_give_the_reference_symbol() -> None:
    chance = random.Random(27)
    alphabets = ("0123456789", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", "abcdefghiđêơư/.:-_ABC123")
    for _ in range(25):
        text = "".join(chance.choices(chance.choice(alphabets), k=chance.randint(1, 160)))
        level, mask = chance.choice("LMQ"), chance.randrange(8)
        assert qr.symbol(text, level, mask).rows == reference_rows(text, level, mask), text


def test_the_mask_chosen_is_the_one_of_least_penalty() -> None:
    for text in TEXTS:
        assert qr.symbol(text).rows in [qr.symbol(text, mask=mask).rows for mask in range(8)]
        of_size = coder(smallest_version(text, "M")[0], "M")
        scores = [int.from_bytes(qr.symbol(text, mask=mask).packed, "big") for mask in range(8)]
        best = min(_penalty_by_the_book(qr.symbol(text, mask=mask).rows) for mask in range(8))
        assert min(of_size.penalty(score) for score in scores) == best
        assert _penalty_by_the_book(qr.symbol(text).rows) == best


def _penalty_by_the_book(rows: tuple[int, ...]) -> int:
    """The four rules, counted module by module."""
    size = len(rows)
    lines = [f"{row:0{size}b}" for row in rows]
    points = 0
    for each in [*lines, *("".join(column) for column in zip(*lines, strict=True))]:
        for colour in "01":
            points += sum(
                len(run) - 2
                for run in each.replace("1" if colour == "0" else "0", " ").split()
                if len(run) > 4
            )
        points += 40 * sum(each.startswith(("10111010000", "00001011101"), at) for at in range(size))
    for y in range(size - 1):
        points += sum(
            3 for x in range(size - 1) if len({*lines[y][x : x + 2], *lines[y + 1][x : x + 2]}) == 1
        )
    dark = sum(each.count("1") for each in lines)
    return points + 10 * (abs(20 * dark - 10 * size * size) // (size * size))


@pytest.mark.parametrize("text", TEXTS)
def test_a_scanner_reads_the_png(text: str) -> None:
    import io

    import zxingcpp
    from PIL import Image

    with Image.open(io.BytesIO(qr.png(qr.symbol(text), 4))) as picture:
        assert [found.text for found in zxingcpp.read_barcodes(picture.convert("L"))] == [text]


def test_the_png_has_a_light_edge_of_four_modules() -> None:
    import io

    from PIL import Image

    code = qr.symbol("A")
    with Image.open(io.BytesIO(qr.png(code, 3))) as picture:
        assert picture.size == (29 * 3, 29 * 3)
        assert picture.convert("L").point(lambda level: 255 - level).getbbox() == (12, 12, 75, 75)


def test_the_svg_is_one_path_without_style_and_its_title_is_only_text() -> None:
    drawn = qr.svg(qr.symbol("A"), 'Gian <A-012> & "bạn"')
    assert drawn.count("<path") == 1
    assert "style" not in drawn
    assert '<title>Gian &lt;A-012&gt; &amp; "bạn"</title>' in drawn
    assert 'viewBox="0 0 29 29"' in drawn


def test_a_text_longer_than_the_largest_symbol_is_refused() -> None:
    with pytest.raises(qr.TooLong):
        qr.symbol("x" * 2332)
    with pytest.raises(qr.TooLong):
        qr.symbol("x" * 40, version=1)


def test_a_symbol_of_another_text_is_not_taken_for_the_references(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_as_reference(TEXTS[0])
    drawn = qr.symbol(TEXTS[1])
    monkeypatch.setattr(qr, "symbol", lambda text, level: drawn)
    assert not is_as_reference(TEXTS[0])
