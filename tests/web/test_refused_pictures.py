"""A file that is no photo, sent with a product: a sentence, the form's text back, and no half product."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.store.producers import Product
from tests import factories as make
from tests.adapters.test_pictures import png_that_claims


@pytest.mark.parametrize(
    ("sent", "name", "sentence"),
    [
        (
            b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
            "anh.jpg",
            "An SVG drawing cannot be used as a photo.",
        ),
        (b"<!doctype html><script>alert(1)</script>", "anh.png", "This is a web page, not a photo."),
        (png_that_claims(50_000, 50_000), "anh.png", "The picture has too many pixels."),
        (b"", "anh.png", "The file is empty. Choose the picture again."),
    ],
)
def test_a_refused_picture_leaves_no_half_product_and_gives_the_text_back(
    rows: Session,
    browse: Callable[..., FlaskClient],
    send: Callable[..., Any],
    sent: bytes,
    name: str,
    sentence: str,
) -> None:
    account, organisation = make.account(rows), make.organisation(rows)
    make.member(rows, account, organisation)
    make.fair(rows)
    rows.commit()
    typed = {"name_vi": "Mật ong", "text_vi": "Hoa bạc hà", "group": "food", "trace_code": "89-1"}
    page = f"/me/organisations/{organisation.id}/products/new?lang=en"
    answer = send(browse(account), page, photo=(BytesIO(sent), name), **typed)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in text
    assert all(each in text for each in ('value="Mật ong"', "Hoa bạc hà</textarea>", 'value="89-1"'))
    assert rows.scalar(select(func.count()).select_from(Product)) == 0
