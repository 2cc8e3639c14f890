"""The progress of long work, and its file: for those whose work it is, as long as it is theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fairapp.adapters.files import FolderFiles
from fairapp.rules.actors import Role
from fairapp.rules.jobs import JobState
from fairapp.store.operations import Job
from tests import factories as make

Browse = Callable[..., FlaskClient]


def finished(app: Flask, rows: Session, **values: Any) -> Job:
    """A job whose document lies ready."""
    key = FolderFiles(app.config["FAIRAPP"].files).keep(b"%PDF-1.7", "pdf")
    plain = {
        "facts": {},
        "state": JobState.DONE,
        "result_key": key,
        "made_at": make.NOW,
        "ended_at": make.NOW,
    }
    row = make.kept(rows, Job(**{**plain, **values}))
    rows.commit()
    return row


@pytest.mark.parametrize("name", ["catalogue", "signs", "badges", "import"])
def test_only_those_who_may_have_it_made_see_a_job_and_its_file(
    app: Flask, rows: Session, browse: Browse, name: str
) -> None:
    fair, elsewhere = make.fair(rows), make.fair(rows, code="OTHER")
    organiser, former, finance, stranger = (make.account(rows) for _ in range(4))
    make.grant(rows, organiser, Role.ORGANISER, fair)
    make.grant(rows, finance, Role.FINANCE, fair)
    make.grant(rows, stranger, Role.ORGANISER, elsewhere)
    job = finished(app, rows, name=name, fair_id=fair.id, made_by_id=former.id)
    for end in ("", "/file"):
        answers = [browse(who).get(f"/jobs/{job.id}{end}") for who in (organiser, former, finance, stranger)]
        assert [answer.status_code for answer in answers] == [200, 404, 404, 404]


def test_work_of_no_fair_is_its_makers_alone(app: Flask, rows: Session, browse: Browse) -> None:
    maker, other = make.account(rows), make.account(rows)
    make.grant(rows, other, Role.ADMINISTRATOR)
    job = finished(app, rows, name="sweeping", made_by_id=maker.id)
    assert [browse(who).get(f"/jobs/{job.id}/file").status_code for who in (maker, other)] == [200, 404]


def test_who_waits_for_interrupted_work_is_told_to_start_it_again(
    app: Flask, rows: Session, browse: Browse
) -> None:
    maker = make.account(rows)
    job = finished(
        app, rows, name="sweeping", made_by_id=maker.id, state=JobState.INTERRUPTED, result_key=None
    )
    page = browse(maker).get(f"/jobs/{job.id}?lang=en").get_data(as_text=True)
    assert "The work was interrupted each time it was begun" in page
    assert "data-job-url" not in page
