"""Pictures are drawn the same way every time, differ from each other, and cover every product."""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from fairapp.demo.drawings.paths import box, ellipse, outlines
from fairapp.demo.drawings.pigments import DRESSES, GROUNDS
from fairapp.demo.drawings.scenes import ARTS, picture
from fairapp.demo.drawings.seals import seal
from fairapp.demo.reading import content


def test_the_same_seed_draws_the_same_bytes_and_another_seed_another_picture():
    assert picture("tea", "ban-lien-1", 240) == picture("tea", "ban-lien-1", 240)
    assert len({picture("tea", f"producer-{number}", 240) for number in range(20)}) >= 15


def test_a_picture_is_a_4_to_3_jpeg_of_the_width_asked_for_and_a_seal_is_square():
    drawn = Image.open(BytesIO(picture("honey", "x")))
    logo = Image.open(BytesIO(seal("honey", "x")))
    assert (drawn.format, drawn.size) == ("JPEG", (1200, 900))
    assert (logo.format, logo.size) == ("JPEG", (480, 480))


@pytest.mark.parametrize("art", sorted(ARTS))
def test_every_motif_can_be_drawn_in_every_dress_it_has(art):
    for seed in "abcd":
        colours = Image.open(BytesIO(picture(art, seed, 160))).convert("RGB").quantize(16).getcolors()
        assert len(colours) >= 8
    assert ARTS[art].dresses in DRESSES
    assert set(ARTS[art].grounds.split()) <= set(GROUNDS)


def test_every_product_of_the_demo_has_a_drawing_and_few_products_share_one():
    products = [
        product for producer in content(date(2026, 11, 23)).producers for product in producer.products
    ]
    assert {product.art for product in products} == set(ARTS)
    pictures = {picture(product.art, product.key, 120) for product in products}
    assert len(pictures) > len(products) * 0.9


def test_paths_are_read_as_svg_reads_them():
    assert outlines("M1 2h3v4H0z") == ((((1.0, 2.0), (4.0, 2.0), (4.0, 6.0), (0.0, 6.0)), True),)
    assert outlines(box(0, 0, 2, 1)) == ((((0.0, 0.0), (2.0, 0.0), (2.0, 1.0), (0.0, 1.0)), True),)
    assert [closed for _, closed in outlines("M0 0l1 1M2 2l1-1z")] == [False, True]
    ((circle, closed),) = outlines(ellipse(0, 0, 10))
    assert closed
    assert all(abs((x * x + y * y) ** 0.5 - 10) < 0.02 for x, y in circle)
