"""Our own mistakes, as a browser meets them."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import factories as make

Browse = Callable[..., FlaskClient]


def test_our_mistake_has_its_page_when_nobody_can_be_looked_up(
    rows: Session, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost() -> Session:
        raise RuntimeError("the database is gone")

    lan = make.account(rows)
    rows.commit()
    browser = browse(lan)
    monkeypatch.setattr("fairapp.web.actor.reading", lost)
    answer = browser.get("/account")
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.get_data(as_text=True)
