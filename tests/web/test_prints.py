"""The page of everything that goes on paper."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters.files import FolderFiles
from fairapp.rules.actors import Role
from fairapp.rules.badges import BadgeState
from fairapp.rules.jobs import JobState
from fairapp.rules.manual import AnswerState
from fairapp.rules.signs import SignKind
from fairapp.store.accounts import Account
from fairapp.store.allocation import Exhibitor
from fairapp.store.fairs import Fair
from fairapp.store.operations import AuditEntry, Job
from tests import factories as make
from tests.asking import queries
from tests.factories import NOW

PAGE = "/o/OCOP27/print"
SIZE = f"{PAGE}/board-size"
Browse = Callable[[Account | None], FlaskClient]


@pytest.fixture
def fair(rows: Session) -> Fair:
    """Three booths in a hall: a text approved, one handed in only, and an empty booth."""
    fair = make.fair(rows)
    hall = make.hall(rows, fair)
    task = make.manual_task(rows, fair, is_checked=True)
    for code, name, state in (
        ("A-001", "Chè Suối Giàng", AnswerState.APPROVED),
        ("A-002", "Gốm Thanh Hà", AnswerState.ANSWERED),
    ):
        organisation = make.organisation(rows, name)
        asked = make.application(rows, organisation, fair)
        exhibitor = make.exhibitor(
            rows, organisation, fair, fascia_name=name.upper(), application_id=asked.id
        )
        make.claim(rows, make.booth(rows, hall, code), exhibitor, fair)
        make.task_answer(rows, task, exhibitor, state=state)
        make.badge(rows, exhibitor, state=BadgeState.NAMED)
    make.booth(rows, hall, "A-003")
    rows.commit()
    return fair


def jobs(rows: Session) -> list[dict[str, Any]]:
    rows.expire_all()
    return [{"name": job.name, **job.facts} for job in rows.scalars(select(Job).order_by(Job.id))]


def read(browser: FlaskClient, path: str = PAGE) -> str:
    return browser.get(f"{path}?lang=en").get_data(as_text=True)


def test_every_kind_stands_there_with_its_number_and_what_is_missing(
    browse: Browse, rows: Session, fair: Fair, organiser: Account
) -> None:
    page = read(browse(organiser))
    for kind in SignKind:
        assert f'action="{PAGE}/{kind.value}"' in page
    for said in ("2 exhibitors", "2 badges are not approved yet", "3 signs", "3 stickers", "1 sheet"):
        assert said in page
    assert "1 booth is still empty" in page
    assert "1 board is ready" in page
    assert "1 text is missing or not approved" in page
    missing = page[page.index("1 text is missing") :]
    assert "Gốm Thanh Hà" in missing
    assert "Chè Suối Giàng" not in missing
    address = next(each for each in missing.split('href="') if "/manual" in each and "/applications/" in each)
    assert browse(organiser).get(address.split('"')[0]).status_code == 200


@pytest.mark.parametrize("kind", list(SignKind))
def test_each_kind_is_started_with_what_it_was_asked_for(
    browse: Browse, send: Any, rows: Session, fair: Fair, organiser: Account, kind: SignKind
) -> None:
    said = {"language": "en", "scale": "10", "here": "A-002"}
    answer = send(
        browse(organiser), PAGE, f"{PAGE}/{kind.value}", **{f"{kind.value}-{k}": v for k, v in said.items()}
    )
    [job] = rows.scalars(select(Job))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/jobs/{job.id}")
    facts = jobs(rows)[0]
    assert (facts["name"], facts["language"]) == ("signs", "en")
    if kind is not SignKind.BOOTH:
        assert (facts["kind"], facts["scale"], facts["here"]) == (kind.value, 10, "A-002")


def test_further_languages_are_the_exhibitors_own_until_somebody_chooses(
    browse: Browse, send: Any, rows: Session, fair: Fair, organiser: Account
) -> None:
    for language in ("th", "th", "lo", "vi"):
        make.exhibitor(rows, make.organisation(rows, name_language=language), fair)
    rows.commit()
    browser = browse(organiser)
    assert "Further languages: ไทย · ລາວ</summary>" in read(browser)
    send(browser, PAGE, f"{PAGE}/booth", **{"booth-also": ["lo", "zh"]})
    assert jobs(rows)[0]["also"] == "lo zh"


def test_who_was_not_asked_is_counted_and_named_and_printed_only_when_wanted(
    browse: Browse, send: Any, rows: Session, fair: Fair, organiser: Account
) -> None:
    hall = make.hall(rows, fair, "B")
    listed = make.exhibitor(rows, make.organisation(rows, "Lụa Mã Châu"), fair)
    make.claim(rows, make.booth(rows, hall, "B-001"), listed, fair)
    rows.commit()
    browser = browse(organiser)
    page = read(browser)
    assert "1 exhibitor was not asked." in page
    missing = page[page.index("2 texts are missing") :]
    assert "not asked for a text" in missing[missing.index("Lụa Mã Châu") :]
    send(browser, PAGE, f"{PAGE}/fascia")
    send(browser, PAGE, f"{PAGE}/fascia", **{"fascia-unasked": "y"})
    assert [each.get("unasked") for each in jobs(rows)] == [None, 1]


def test_a_second_press_gives_the_work_that_is_under_way(
    browse: Browse, send: Any, rows: Session, fair: Fair, organiser: Account
) -> None:
    browser = browse(organiser)
    answers = [send(browser, PAGE, f"{PAGE}/fascia", **{"fascia-scale": "1"}) for _press in range(2)]
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert len(jobs(rows)) == 1


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("fascia", {"fascia-scale": "0"}),
        ("booth", {"booth-language": "xx"}),
        ("directory", {"directory-here": "Z-999"}),
        ("directory", {"directory-here": "A" * 65}),
        ("booth", {"booth-also": "xx"}),
        ("booth", {"booth-also": ["th", "lo", "km", "my", "zh"]}),
    ],
)
def test_what_cannot_be_made_is_refused_beside_its_field_and_stays_as_typed(
    browse: Browse,
    send: Any,
    rows: Session,
    fair: Fair,
    organiser: Account,
    kind: str,
    fields: dict[str, str],
) -> None:
    answer = send(browse(organiser), PAGE, f"{PAGE}/{kind}", **fields)
    text = answer.get_data(as_text=True)
    (name,) = fields
    assert answer.status_code == 422
    assert f'href="#{name}"' in text
    assert jobs(rows) == []
    if name == "directory-here":
        assert f'value="{fields[name]}"' in text


def test_a_fair_without_booths_is_told_the_way_out(
    browse: Browse, send: Any, rows: Session, organiser: Account
) -> None:
    make.grant(rows, organiser, Role.ORGANISER, make.fair(rows, "EMPTY"))
    rows.commit()
    browser = browse(organiser)
    assert "No floor plan is published yet" in read(browser, "/o/EMPTY/print")
    answer = send(browser, "/o/EMPTY/print", "/o/EMPTY/print/aisle")
    assert answer.status_code == 422
    assert "errsum" in answer.get_data(as_text=True)
    assert jobs(rows) == []


def test_the_size_of_boards_is_kept_written_down_once_and_shown(
    browse: Browse, send: Any, rows: Session, fair: Fair, organiser: Account
) -> None:
    fair.settings = {"plan": {"aisle": 3}}
    rows.commit()
    browser = browse(organiser)
    for _press in range(2):
        answer = send(browser, PAGE, SIZE, **{"board-wide": "2400", "board-high": "250"})
        assert answer.status_code == 303
    rows.expire_all()
    assert fair.settings == {"plan": {"aisle": 3}, "fascia_mm": [2400, 250]}
    written = [
        each.facts for each in rows.scalars(select(AuditEntry).where(AuditEntry.what == "signs.board_kept"))
    ]
    assert written == [{"wide_mm": 2400, "high_mm": 250}]
    assert "2,400 × 250 mm" in read(browser)


@pytest.mark.parametrize(
    ("wide", "high"), [("", ""), ("x", "300"), ("5001", "300"), ("300", "49"), ("300", "301")]
)
def test_a_size_that_is_no_boards_is_refused_and_nothing_is_kept(
    browse: Browse, send: Any, rows: Session, fair: Fair, organiser: Account, wide: str, high: str
) -> None:
    answer = send(browse(organiser), PAGE, SIZE, **{"board-wide": wide, "board-high": high})
    rows.expire_all()
    assert (answer.status_code, "fascia_mm" in fair.settings) == (422, False)
    assert "errsum" in answer.get_data(as_text=True)


def test_who_may_not_print_is_told_so_and_strangers_find_nothing(
    browse: Browse, send: Any, rows: Session, fair: Fair
) -> None:
    reviewer, stranger = make.account(rows), make.account(rows)
    make.grant(rows, reviewer, Role.REVIEWER, fair)
    make.grant(rows, stranger, Role.ORGANISER, make.fair(rows, "OTHER"))
    rows.commit()
    assert [browse(each).get(PAGE).status_code for each in (reviewer, stranger)] == [403, 404]
    for action in (f"{PAGE}/fascia", SIZE):
        answer = send(
            browse(stranger), "/o/OTHER/print", action, **{"board-wide": "2000", "board-high": "200"}
        )
        assert answer.status_code == 404
    assert send(browse(stranger), "/o/OTHER/print", "/o/OTHER/print/poster").status_code == 404
    rows.expire_all()
    assert (jobs(rows), "fascia_mm" in fair.settings) == ([], False)


def test_work_under_way_shows_how_far_it_is_and_files_wait_below(
    app: Any, browse: Browse, rows: Session, fair: Fair, organiser: Account
) -> None:
    key = FolderFiles(app.config["FAIRAPP"].files).keep(b"%PDF-1.7", "pdf")
    facts = {"fair": fair.id, "language": "vi", "reader": "vi", "kind": "aisle", "scale": 1, "here": ""}
    plain: dict[str, Any] = {"facts": facts, "made_at": NOW, "made_by_id": organiser.id}
    done: dict[str, Any] = {"state": JobState.DONE, "result_key": key, "result_name": "aisles.pdf"}
    ready = make.kept(rows, Job(name="signs", fair_id=fair.id, **plain, **done))
    going = make.kept(
        rows, Job(name="signs", fair_id=fair.id, state=JobState.RUNNING, done=3, total=9, **plain)
    )
    hidden = make.kept(rows, Job(name="signs", fair_id=make.fair(rows, "OTHER").id, **plain, **done))
    rows.commit()
    page = read(browse(organiser))
    under_way, files = (
        page[page.index('id="press"') : page.index('id="made"')],
        page[page.index('id="made"') :],
    )
    assert f'href="/jobs/{going.id}"' in under_way
    assert 'value="3" max="9"' in under_way
    assert (f"/jobs/{ready.id}/file" in files, f"/jobs/{going.id}" in files) == (True, False)
    assert files.count("Aisle signs, A3") == 1
    assert f"/jobs/{hidden.id}" not in page
    assert f'href="{PAGE}"' in read(browse(organiser), f"/jobs/{ready.id}")


def test_the_page_asks_the_database_as_often_for_two_exhibitors_as_for_twenty(
    browse: Browse, rows: Session, fair: Fair, organiser: Account
) -> None:
    few = queries(browse(organiser), PAGE)
    hall = make.hall(rows, fair, "B", position=2)
    for number in range(20):
        organisation = make.organisation(rows)
        asked = make.application(rows, organisation, fair)
        exhibitor = make.exhibitor(rows, organisation, fair, application_id=asked.id)
        make.claim(rows, make.booth(rows, hall, f"B-{number:03d}"), exhibitor, fair)
        facts = {"fair": fair.id, "language": "vi", "reader": "vi"}
        rows.add(Job(name="signs", facts=facts, fair_id=fair.id, made_at=NOW, made_by_id=organiser.id))
    rows.commit()
    assert len(queries(browse(organiser), PAGE)) == len(few)


def test_a_board_is_looked_at_by_its_own_people_and_the_organiser_only(
    browse: Browse, rows: Session, fair: Fair, organiser: Account
) -> None:
    own, other = rows.scalars(select(Exhibitor).order_by(Exhibitor.id)).all()
    member, stranger = make.account(rows), make.account(rows)
    make.member(rows, member, own.organisation)
    make.member(rows, stranger, other.organisation)
    rows.commit()
    address = f"/me/exhibitors/{own.id}/board.png"
    kept = browse(member).get(address)
    assert (kept.status_code, kept.mimetype) == (200, "image/png")
    board = Image.open(io.BytesIO(kept.data))
    assert board.width / board.height == pytest.approx(10, abs=0.1), "3000 × 300 mm"
    typed = browse(organiser).get(f"{address}?text=%3Cb%3E" + "W" * 5000)
    assert typed.status_code == 200
    assert typed.data != kept.data
    assert browse(stranger).get(address).status_code == 404
