"""The page where an organiser has the catalogue made."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters.files import FolderFiles
from fairapp.rules.actors import Role
from fairapp.rules.jobs import JobState
from fairapp.store.accounts import Account
from fairapp.store.catalogue import CatalogueCutOff
from fairapp.store.fairs import Fair
from fairapp.store.operations import Job
from tests import factories as make
from tests.asking import queries
from tests.factories import NOW

PAGE = "/o/OCOP27/catalogue"
BOOK = {
    "book-language": "vi",
    "book-order": "group",
    "book-paper": "a4",
    "book-stories": "both_languages",
}
MORE = {"paper": "a4", "stories": "both_languages"}
Browse = Callable[[Account | None], FlaskClient]


@pytest.fixture
def fair(rows: Session) -> Fair:
    fair = make.fair(rows)
    make.exhibitor(rows, make.organisation(rows), fair)
    make.booth(rows, make.hall(rows, fair))
    rows.commit()
    return fair


def started(rows: Session) -> list[dict[str, Any]]:
    rows.expire_all()
    return [{"name": job.name, **job.facts} for job in rows.scalars(select(Job).order_by(Job.id))]


def test_the_organiser_starts_a_catalogue_and_sees_its_progress(
    browse: Browse, send: Any, rows: Session, fair: Fair, organiser: Account
) -> None:
    browser = browse(organiser)
    answer = send(
        browser,
        PAGE,
        **BOOK,
    )
    [job] = rows.scalars(select(Job))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/jobs/{job.id}")
    reader = started(rows)[0].pop("reader")
    assert started(rows) == [
        {
            "name": "catalogue",
            "fair": fair.id,
            "language": "vi",
            "order": "group",
            **MORE,
            "reader": reader,
        }
    ]
    assert browser.get(answer.headers["Location"]).status_code == 200


def test_a_second_press_starts_nothing_more(
    browse: Browse, send: Any, rows: Session, fair: Fair, organiser: Account
) -> None:
    browser = browse(organiser)
    answers = [send(browser, PAGE, **BOOK) for _press in range(2)]
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert len(started(rows)) == 1


def test_an_answer_that_is_none_is_told_and_starts_nothing(
    browse: Browse, send: Any, rows: Session, fair: Fair, organiser: Account
) -> None:
    answer = send(browse(organiser), PAGE, **{**BOOK, "book-language": "xx"})
    assert answer.status_code == 422
    assert re.search(r'aria-labelledby="errsum-title"', answer.get_data(as_text=True)) is not None
    assert started(rows) == []


def test_an_empty_fair_is_refused_with_the_way_out(
    browse: Browse, send: Any, rows: Session, organiser: Account
) -> None:
    empty = make.fair(rows, "EMPTY")
    make.grant(rows, organiser, Role.ORGANISER, empty)
    rows.commit()
    browser = browse(organiser)
    with browser.session_transaction() as session:
        session["language"] = "en"
    nobody = send(browser, "/o/EMPTY/catalogue", **BOOK)
    assert nobody.status_code == 422
    assert "errsum" in nobody.get_data(as_text=True)
    assert started(rows) == []


def test_who_may_not_print_is_told_so_and_strangers_find_nothing(
    browse: Browse, rows: Session, fair: Fair
) -> None:
    reviewer, stranger = make.account(rows), make.account(rows)
    make.grant(rows, reviewer, Role.REVIEWER, fair)
    make.grant(rows, stranger, Role.ORGANISER, make.fair(rows, "OTHER"))
    rows.commit()
    asked = [browse(account).get(PAGE).status_code for account in (reviewer, stranger)]
    assert asked == [403, 404]
    headers = {"Origin": "http://localhost"}
    assert browse(stranger).post(PAGE, headers=headers).status_code in (400, 404)
    assert started(rows) == []


def test_the_list_shows_this_fairs_documents_with_their_files_the_newest_first(
    app: Any, browse: Browse, rows: Session, fair: Fair, organiser: Account
) -> None:
    key = FolderFiles(app.config["FAIRAPP"].files).keep(b"%PDF-1.7", "pdf")
    facts = {"fair": fair.id, "language": "vi", "reader": "vi"}
    plain: dict[str, Any] = {"facts": facts, "fair_id": fair.id, "made_at": NOW, "made_by_id": organiser.id}
    done = {"state": JobState.DONE, "result_key": key, "result_name": "OCOP27-catalogue-vi.pdf"}
    ready = make.kept(rows, Job(name="catalogue", **plain, **done))
    failed = make.kept(rows, Job(name="catalogue", state=JobState.FAILED, error="boom", **plain))
    failed.facts = {**facts, "order": "hall"}
    other = make.fair(rows, "OTHER")
    hidden = make.kept(rows, Job(name="catalogue", **{**plain, "fair_id": other.id}, **done))
    rows.commit()
    browser = browse(organiser)
    page = browser.get(PAGE).get_data(as_text=True)
    shown = re.findall(r'href="/jobs/(\d+)(/file)?"', page)
    assert shown == [(str(failed.id), ""), (str(ready.id), "/file")]
    assert f"/jobs/{hidden.id}/" not in page
    got = browser.get(f"/jobs/{ready.id}/file")
    assert (got.data, got.headers["Content-Type"]) == (b"%PDF-1.7", "application/pdf")
    assert "OCOP27-catalogue-vi.pdf" in got.headers["Content-Disposition"]


def test_the_page_asks_the_database_as_often_for_three_documents_as_for_sixty(
    browse: Browse, rows: Session, fair: Fair, organiser: Account
) -> None:
    def add(count: int) -> None:
        for _number in range(count):
            facts = {"fair": fair.id, "language": "vi", "order": "hall", "reader": "vi"}
            rows.add(
                Job(name="catalogue", facts=facts, fair_id=fair.id, made_at=NOW, made_by_id=organiser.id)
            )
        rows.commit()

    add(3)
    few = queries(browse(organiser), PAGE)
    add(57)
    assert len(queries(browse(organiser), PAGE)) == len(few)


def test_a_finished_document_leads_back_to_where_it_was_asked_for(
    browse: Browse, rows: Session, fair: Fair, organiser: Account
) -> None:
    facts = {"fair": fair.id, "language": "vi", "reader": "vi"}
    lost = {"state": JobState.DONE, "result_key": "0" * 64 + ".pdf", "result_name": "x.pdf"}
    job = make.kept(rows, Job(name="catalogue", facts=facts, fair_id=fair.id, made_at=NOW, **lost))
    rows.commit()
    browser = browse(organiser)
    assert f'href="{PAGE}"' in browser.get(f"/jobs/{job.id}").get_data(as_text=True)
    assert browser.get(f"/jobs/{job.id}/file").status_code == 404


def test_the_organiser_closes_an_edition_by_the_fairs_clock_and_opens_it_again(
    browse: Browse, send: Any, rows: Session, fair: Fair, organiser: Account
) -> None:
    browser = browse(organiser)
    answer = send(browser, f"{PAGE}/cut-off", **{"cut-language": "vi", "cut-at": "2027-01-10T18:00"})
    assert answer.status_code == 303
    kept = rows.scalars(select(CatalogueCutOff)).one()
    assert (kept.language, kept.at.isoformat()) == ("vi", "2027-01-10T11:00:00+00:00")
    page = browser.get(PAGE).text
    assert "18:00" in page
    assert 'value="addendum"' in page
    lifted = send(browser, f"{PAGE}/cut-off/vi/lift")
    assert lifted.status_code == 303
    rows.expire_all()
    assert rows.scalars(select(CatalogueCutOff)).all() == []
    assert 'value="addendum"' not in browser.get(PAGE).text
    assert send(browser, f"{PAGE}/cut-off/xx/lift").status_code == 404


@pytest.mark.parametrize("at", ["", "tomorrow", "2099-01-01T00:00", "0001-01-01T00:00"])
def test_a_moment_that_is_none_or_after_the_fair_is_told_beside_its_field(
    browse: Browse, send: Any, rows: Session, fair: Fair, organiser: Account, at: str
) -> None:
    answer = send(browse(organiser), f"{PAGE}/cut-off", **{"cut-language": "vi", "cut-at": at})
    assert (answer.status_code, 'id="cut-at-error"' in answer.text) == (422, True)
    assert rows.scalars(select(CatalogueCutOff)).all() == []


def test_an_addendum_is_asked_for_by_its_button_and_refused_before_the_cut_off(
    browse: Browse, send: Any, rows: Session, fair: Fair, organiser: Account
) -> None:
    browser = browse(organiser)
    asked = {**BOOK, "book-what": "addendum"}
    none = send(browser, PAGE, **asked)
    assert (none.status_code, "errsum" in none.text) == (422, True)
    make.kept(rows, CatalogueCutOff(fair_id=fair.id, language="vi", at=NOW - timedelta(days=900)))
    rows.commit()
    assert send(browser, PAGE, **asked).status_code == 303
    assert [job.get("addendum") for job in started(rows)] == [True]
    assert "Addendum · " in browser.get(PAGE).text


def test_only_who_prints_closes_an_edition(browse: Browse, send: Any, rows: Session, fair: Fair) -> None:
    reviewer, stranger = make.account(rows), make.account(rows)
    make.grant(rows, reviewer, Role.REVIEWER, fair)
    make.grant(rows, stranger, Role.ORGANISER, make.fair(rows, "OTHER"))
    rows.commit()
    for account, status in ((reviewer, 403), (stranger, 404)):
        asked = {"cut-language": "vi", "cut-at": "2027-01-10T18:00"}
        assert send(browse(account), f"{PAGE}/cut-off", **asked).status_code == status
        assert send(browse(account), f"{PAGE}/cut-off/vi/lift").status_code == status
    assert rows.scalars(select(CatalogueCutOff)).all() == []


def test_work_is_stopped_on_its_page_and_taken_up_there(
    browse: Browse, send: Any, rows: Session, fair: Fair, organiser: Account
) -> None:
    facts = {"fair": fair.id, "language": "vi", "reader": "vi"}
    job = make.kept(rows, Job(name="catalogue", facts=facts, fair_id=fair.id, made_at=NOW, done=3, total=9))
    rows.commit()
    browser, here = browse(organiser), f"/jobs/{job.id}"
    assert f'action="{here}/cancel"' in browser.get(here).text
    assert send(browser, f"{here}/cancel").headers["Location"] == here
    page = browser.get(here).text
    assert (f'action="{here}/cancel"' in page, f'action="{here}/resume"' in page) == (False, True)
    assert send(browser, f"{here}/cancel").status_code == 409
    assert send(browser, f"{here}/resume").status_code == 303
    rows.expire_all()
    assert job.state is JobState.WAITING
    stranger = make.account(rows)
    make.grant(rows, stranger, Role.ORGANISER, make.fair(rows, "OTHER"))
    rows.commit()
    assert send(browse(stranger), f"{here}/cancel").status_code == 404


@pytest.mark.parametrize(("name", "keeps"), [("catalogue", True), ("signs", False)])
def test_stopped_work_says_whether_what_was_finished_is_kept(
    browse: Browse, rows: Session, fair: Fair, organiser: Account, name: str, keeps: bool
) -> None:
    stopped = Job(name=name, facts={}, fair_id=fair.id, made_at=NOW, ended_at=NOW, state=JobState.CANCELLED)
    job = make.kept(rows, stopped)
    rows.commit()
    page = browse(organiser).get(f"/jobs/{job.id}").text
    said = ("begins where it stopped" in page, "begins from the start" in page)
    assert said == (keeps, not keeps)


def test_planning_is_not_stopped_by_this_door(
    browse: Browse, send: Any, rows: Session, fair: Fair, organiser: Account
) -> None:
    job = make.kept(rows, Job(name="allocate", facts={}, fair_id=fair.id, made_at=NOW))
    rows.commit()
    browser = browse(organiser)
    assert "/cancel" not in browser.get(f"/jobs/{job.id}").text
    assert send(browser, f"/jobs/{job.id}/cancel").status_code == 404
