"""Reviewing in the browser: the reviewer's list and sheet, blind or not, and the organiser's side of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters.files import FolderFiles
from fairapp.rules.actors import Role
from fairapp.rules.applications import State
from fairapp.rules.questions import Body, Phase, Question, QuestionType, Section
from fairapp.rules.review_settings import ReviewSettings
from fairapp.rules.reviewing import Reads, ReviewState
from fairapp.store.accounts import Account
from fairapp.store.applications import Application, ApplicationProduct
from fairapp.store.applications_forms import AnswerFile, FormVersion
from fairapp.store.applications_reviewing import Criterion, Review, ReviewAssignment
from fairapp.store.fairs import Fair
from fairapp.store.operations import OutboxMessage
from fairapp.store.producers import Organisation, Photo
from tests import factories as make
from tests.asking import queries

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]
OFFICE, LIST = "/o/OCOP27/reviewing", "/o/OCOP27/reviews"
SECRETS = (
    "Suối Giàng",
    "SUOI GIANG",
    "0912 345 678",
    "912345678",
    "suoigiang",
    "Sùng Thị Dở",
    "5300123456",
    "logo-key",
)
"""What tells who applies, in the spellings planted below."""


class Panel:
    """A fair with a criterion, an applicant whose name is everywhere, and a reviewer of drinks."""

    def __init__(self, rows: Session) -> None:
        self.rows, today = rows, datetime.now(UTC).date()
        self.fair = make.fair(rows, starts_on=today + timedelta(days=90), ends_on=today + timedelta(days=94))
        self.criterion = make.criterion(rows, self.fair)
        self.organiser = make.account(rows, language="en")
        make.grant(rows, self.organiser, Role.ORGANISER, self.fair)
        self.reviewer = make.reviewer(rows, self.fair, Reads.GROUP, "drink", language="en")
        self.maker = make.organisation(
            rows,
            "HTX Chè Suối Giàng",
            folded="htx che suoi giang",
            province_code="15",
            phone="+84912345678",
            email="che@suoigiang.example",
            website="https://suoigiang.example",
            tax_code="5300123456",
            story={"vi": "HTX Chè Suối Giàng ở Yên Bái", "en": "HTX Chè Suối Giàng of the north"},
        )
        make.member(rows, make.account(rows, name="Sùng Thị Dở", email="do@suoigiang.example"), self.maker)
        self.mine = self.apply(self.maker, "drink", "Chè HTX CHE SUOI GIANG cổ thụ")
        self.other = self.apply(make.organisation(rows, "HTX Gốm Phù Lãng"), "craft", "Bình gốm")

    def apply(self, maker: Organisation, group: str, name: str, **values: Any) -> Application:
        plain = {"needs": {"words": "Gọi 0912 345 678 cho Sùng Thị Dở"}}
        row = make.application(self.rows, maker, self.fair, **{**plain, **values})
        picture = Photo(
            organisation_id=maker.id, large="l", small="logo-key.jpg", width=9, height=9, made_at=make.NOW
        )
        maker.logo_id = make.kept(self.rows, picture).id
        shown = make.product(
            self.rows,
            maker,
            group_code=group,
            photo_id=picture.id,
            names={"vi": name, "en": name},
            texts={"en": "See www.suoigiang.example"},
        )
        make.kept(self.rows, ApplicationProduct(application_id=row.id, product_id=shown.id))
        return row

    def blind(self) -> None:
        self.fair.settings = {**self.fair.settings, "review": {"blind": True}}
        self.rows.commit()

    def ask(self) -> AnswerFile:
        questions = tuple(
            Question(key, type_, {"vi": label, "en": label})
            for key, type_, label in (
                ("who", QuestionType.LONG_TEXT, "What is special?"),
                ("scan", QuestionType.FILE, "A picture of the label"),
            )
        )
        body = Body((Section("s", {"vi": "Sản phẩm", "en": "The product"}, questions),))
        form = make.form(self.rows, self.fair, body, Phase.APPLY)
        file = make.kept(
            self.rows,
            AnswerFile(
                application_id=self.mine.id,
                question="scan",
                name="suoigiang-label.pdf",
                key=f"{5:064x}.pdf",
                size=9,
                added_at=make.NOW,
            ),
        )
        version = self.rows.scalars(select(FormVersion).where(FormVersion.form_id == form.id)).one()
        words = "HTX Chè Suối Giàng hái bằng tay"
        make.form_answer(self.rows, self.mine, version, {"who": words, "scan": file.id})
        return file


@pytest.fixture
def panel(rows: Session) -> Panel:
    found = Panel(rows)
    rows.commit()
    return found


def text(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def told(page: str) -> list[str]:
    return [secret for secret in SECRETS if secret.casefold() in page.casefold()]


def test_a_reviewer_finds_their_own_part_gives_points_and_comes_back_to_an_empty_list(
    panel: Panel, rows: Session, browse: Browse, send: Send
) -> None:
    desk, sheet = browse(panel.reviewer), f"{LIST}/{panel.mine.id}"
    page = text(desk, LIST)
    assert ("Suối Giàng" in page, "Phù Lãng" in page) == (True, False)
    field = f"points-{panel.criterion.id}"
    for _press in range(2):
        assert send(desk, sheet, **{field: "8", "comment": "Good leaf"}).status_code == 303
    kept = rows.scalars(select(Review)).one()
    assert (kept.mean, kept.comment, kept.account_id) == (8000, "Good leaf", panel.reviewer.id)
    assert "Everything is reviewed" in text(desk, LIST)
    assert "80" in text(desk, f"{LIST}?show=done")
    assert 'value="8"' in text(desk, sheet)
    assert send(desk, sheet, **{field: "9", "comment": "Better"}).status_code == 303
    rows.expire_all()
    assert rows.scalars(select(Review.mean)).one() == 9000


@pytest.mark.parametrize("points", ["", "11", "-1", "7.5", "x", "9" * 40])
def test_points_off_the_scale_are_refused_with_everything_that_was_typed(
    panel: Panel, rows: Session, browse: Browse, send: Send, points: str
) -> None:
    desk, sheet = browse(panel.reviewer), f"{LIST}/{panel.mine.id}"
    answer = send(desk, sheet, **{f"points-{panel.criterion.id}": points, "comment": "Mind the label"})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert ("Mind the label" in page, "errsum" in page) == (True, True)
    assert rows.scalars(select(Review)).all() == []


def test_save_and_next_leads_to_the_next_one(panel: Panel, rows: Session, browse: Browse, send: Send) -> None:
    after = panel.apply(make.organisation(rows), "drink", "Rượu")
    rows.commit()
    desk, field = browse(panel.reviewer), f"points-{panel.criterion.id}"
    answer = send(desk, f"{LIST}/{panel.mine.id}", **{field: "8", "then": "next"})
    assert answer.headers["Location"].endswith(f"{LIST}/{after.id}")
    answer = send(desk, f"{LIST}/{after.id}", **{field: "8", "then": "next"})
    assert answer.headers["Location"].endswith(LIST)


def test_somebody_elses_part_another_fair_and_the_office_are_closed_to_a_reviewer(
    panel: Panel, rows: Session, browse: Browse, send: Send
) -> None:
    elsewhere = make.fair(rows, "ELSE27")
    abroad = make.reviewer(rows, elsewhere, Reads.ALL)
    rows.commit()
    desk, stranger = browse(panel.reviewer), browse(abroad)
    for act in ("", "/conflict"):
        assert send(desk, f"{LIST}/{panel.mine.id}", f"{LIST}/{panel.other.id}{act}").status_code == 404
    assert text(desk, f"{LIST}/{panel.other.id}", 404)
    assert text(stranger, f"{LIST}/{panel.mine.id}", 404)
    assert text(stranger, f"/o/ELSE27/reviews/{panel.mine.id}", 404)
    for room in (
        *("applications", f"applications/{panel.mine.id}", "exhibitors", "changes", "waiting-list", "import"),
        *("reviewing", "reviewing/criteria", "reviewing/reviewers", "reports", "documents"),
    ):
        assert desk.get(f"/o/OCOP27/{room}").status_code == 403, room
    assert desk.get("/o/OCOP27").status_code == 200
    assert browse(panel.organiser).get(LIST).status_code == 403


def test_a_declared_conflict_takes_the_application_away_and_tells_the_organiser(
    panel: Panel, rows: Session, browse: Browse, send: Send
) -> None:
    desk, office = browse(panel.reviewer), browse(panel.organiser)
    sheet, one = f"{LIST}/{panel.mine.id}", f"/o/OCOP27/applications/{panel.mine.id}"
    assert send(desk, sheet, f"{sheet}/conflict").status_code == 303
    assert text(desk, sheet, 404)
    assert "Suối Giàng" in text(office, f"{OFFICE}?show=without")
    assert "Nobody reads this application" in text(office, one)
    answer = send(office, one, f"{one}/reviewers/lift", reviewer=str(panel.reviewer.id))
    assert answer.status_code == 303
    assert "Suối Giàng" in text(desk, LIST)
    send(desk, sheet, f"{sheet}/conflict")
    another = make.reviewer(rows, panel.fair)
    rows.commit()
    for _press in range(2):
        assert send(office, one, f"{one}/reviewers", reviewer=str(another.id)).status_code == 303
    assert "Suối Giàng" in text(browse(another), LIST)
    assert rows.scalars(select(Review.state)).all() == [ReviewState.CONFLICT]


def test_blind_reading_tells_nothing_of_the_applicant_anywhere(
    panel: Panel, rows: Session, browse: Browse
) -> None:
    file = panel.ask()
    rows.commit()
    desk, sheet = browse(panel.reviewer), f"{LIST}/{panel.mine.id}"
    open_pages = "".join(text(desk, page) for page in (LIST, sheet))
    assert {"Suối Giàng", "suoigiang", "0912 345 678", "logo-key"} <= set(
        told(open_pages)
    )  # planted, and shown before

    panel.blind()
    pages = (LIST, f"{LIST}?show=all", f"{LIST}?q=suoi+giang", f"{LIST}?group=drink", sheet, "/o/OCOP27")
    for page in pages:
        assert told(text(desk, page)) == [], page
    shown = text(desk, sheet)
    assert f"<title>Application {panel.mine.id}" in shown.replace("\n", "")
    for kept in ("▇▇▇ cổ thụ", "▇▇▇ hái bằng tay", "What is special?", "It is not shown while"):
        assert kept in shown, kept
    assert text(desk, f"{sheet}/files/{file.id}", 404)
    assert rows.scalars(select(OutboxMessage)).all() == []


def test_searching_for_a_name_finds_the_same_as_not_searching_when_blind(
    panel: Panel, rows: Session, browse: Browse
) -> None:
    desk = browse(panel.reviewer)
    assert "Nothing found" in text(desk, f"{LIST}?q=phu+lang")
    assert "Suối Giàng" in text(desk, f"{LIST}?q=suoi")
    panel.blind()
    link = f"{LIST}/{panel.mine.id}"
    assert (link in text(desk, f"{LIST}?q=phu+lang"), link in text(desk, f"{LIST}?q=suoi")) == (True, True)


def test_a_file_is_given_to_its_reviewer_with_names_only(
    panel: Panel, rows: Session, browse: Browse, app: Any
) -> None:
    file = panel.ask()
    file.key = FolderFiles(app.config["FAIRAPP"].files).keep(b"%PDF-1.4 label", "pdf")
    rows.commit()
    address = f"{LIST}/{panel.mine.id}/files/{file.id}"
    answer = browse(panel.reviewer).get(address)
    assert (answer.status_code, answer.headers["X-Content-Type-Options"]) == (200, "nosniff")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert text(browse(panel.reviewer), f"{LIST}/{panel.other.id}/files/{file.id}", 404)


def test_points_are_not_asked_for_after_the_decision_nor_without_criteria(
    panel: Panel, rows: Session, browse: Browse, send: Send
) -> None:
    desk, sheet = browse(panel.reviewer), f"{LIST}/{panel.mine.id}"
    make.review(rows, panel.reviewer, panel.mine, scores={str(panel.criterion.id): 8})
    panel.mine.state = State.ACCEPTED
    rows.commit()
    page = text(desk, sheet)
    assert ("The organiser has decided" in page, 'name="points-' in page) == (True, False)
    late = send(desk, sheet, **{f"points-{panel.criterion.id}": "1"})
    assert (late.status_code, rows.scalars(select(Review.mean)).one()) == (409, 8000)


def test_the_organiser_keeps_criteria_reads_their_shares_and_removes_one(
    panel: Panel, rows: Session, browse: Browse, send: Send
) -> None:
    office, page = browse(panel.organiser), f"{OFFICE}/criteria"
    asked = {"name_vi": "Câu chuyện", "name_en": "Story", "weight": "1", "most": "5"}
    assert send(office, page, **asked).status_code == 303
    shown = text(office, page)
    assert ("75 %" in shown, "25 %" in shown, "Story" in shown) == (True, True, True)
    for wrong in ({"weight": "0"}, {"most": "1"}, {"most": "101"}, {"name_vi": ""}, {"name_en": "x" * 500}):
        assert send(office, page, **{**asked, **wrong}).status_code == 422
    story = rows.scalars(select(Criterion).order_by(Criterion.id.desc()).limit(1)).one()
    one = f"{page}/{story.id}"
    assert send(office, one, **{**asked, "weight": "3"}).status_code == 303
    assert "50 %" in text(office, page)
    make.review(rows, panel.reviewer, panel.mine)
    rows.commit()
    changed = send(office, one, **{**asked, "most": "9"})
    assert (changed.status_code, "Change names and weights instead" in changed.get_data(as_text=True)) == (
        409,
        True,
    )
    send(office, page, f"{one}/remove")
    assert "Change names and weights instead" in text(office, page)
    rows.delete(rows.scalars(select(Review)).one())
    rows.commit()
    for _press in range(2):
        assert send(office, page, f"{one}/remove").status_code == 303
    assert "Story" not in text(office, page)


def test_blind_is_switched_on_and_off(panel: Panel, rows: Session, browse: Browse, send: Send) -> None:
    office, page = browse(panel.organiser), f"{OFFICE}/criteria"
    for blind in (True, False):
        fields = {"blind": "y"} if blind else {}
        assert send(office, page, f"{OFFICE}/how", **fields).status_code == 303
        rows.expire_all()
        assert rows.get_one(Fair, panel.fair.id).settings["review"]["blind"] is blind


def test_parts_are_given_and_taken(panel: Panel, rows: Session, browse: Browse, send: Send) -> None:
    office, page = browse(panel.organiser), f"{OFFICE}/reviewers"
    who = str(panel.reviewer.id)
    for _press in range(2):
        assert send(office, page, reviewer=who, part="province:15").status_code == 303
    assert len(rows.scalars(select(ReviewAssignment)).all()) == 2
    assert "Lao Cai, " in text(office, page)  # beside the button that takes it away
    part = rows.scalars(select(ReviewAssignment).where(ReviewAssignment.by == Reads.PROVINCE)).one()
    assert send(office, page, f"{page}/take", assignment=str(part.id)).status_code == 303
    send(office, page, reviewer=who, part="group:nothing")
    assert "Choose a group, a province" in text(office, page)
    send(office, page, reviewer="", part="")
    assert "no reviewer of the fair" in text(office, page)
    assert [each.by for each in rows.scalars(select(ReviewAssignment))] == [Reads.GROUP]


def test_progress_shows_disagreement_first_and_what_each_reviewer_did(
    panel: Panel, rows: Session, browse: Browse
) -> None:
    second = make.reviewer(rows, panel.fair, Reads.ALL, name="Trần Văn Chấm")
    make.review(rows, panel.reviewer, panel.mine, 9000)
    make.review(rows, second, panel.mine, 5500, comment="Weak label")
    make.review(rows, second, panel.other, 7000)
    rows.commit()
    office = browse(panel.organiser)
    page = text(office, OFFICE)
    assert page.index("Suối Giàng") < page.index("Phù Lãng")
    assert ("35 apart" in page, "2 of 2" in page, "72.5" in page, "spread__dot" in page) == (True,) * 4
    best = text(office, f"{OFFICE}?order=mean")
    assert best.index("Suối Giàng") < best.index("Phù Lãng")
    assert "Trần Văn Chấm" in page
    one = text(office, f"/o/OCOP27/applications/{panel.mine.id}")
    assert ("Weak label" in one, "35 apart" in one) == (True, True)
    assert "Weak label" not in text(browse(panel.reviewer), f"{LIST}/{panel.mine.id}")


def test_rooms_of_another_fairs_organiser_are_closed(panel: Panel, rows: Session, browse: Browse) -> None:
    elsewhere = make.fair(rows, "ELSE27")
    stranger = make.account(rows)
    make.grant(rows, stranger, Role.ORGANISER, elsewhere)
    treasurer = make.account(rows)
    make.grant(rows, treasurer, Role.FINANCE, panel.fair)
    rows.commit()
    for room in (
        OFFICE,
        f"{OFFICE}/criteria",
        f"{OFFICE}/criteria/{panel.criterion.id}",
        f"{OFFICE}/reviewers",
    ):
        assert browse(stranger).get(room).status_code == 404
        assert browse(treasurer).get(room).status_code == 403
    assert text(browse(stranger), f"/o/ELSE27/reviewing/criteria/{panel.criterion.id}", 404)


@pytest.mark.parametrize("page", [OFFICE, LIST, f"{LIST}?show=all"])
def test_the_lists_ask_the_database_equally_often(
    panel: Panel, rows: Session, browse: Browse, page: str
) -> None:
    desk = browse(panel.reviewer if page.startswith(LIST) else panel.organiser)
    desk.get(page)
    few = len(queries(desk, page))
    for number in range(3):
        more = panel.apply(make.organisation(rows), "drink", f"Chè {number}")
        make.review(rows, make.reviewer(rows, panel.fair, Reads.ALL), more, 4000 + number)
    rows.commit()
    assert len(queries(desk, page)) == few


def test_an_organiser_sets_the_deadline_and_everybody_reads_it(
    panel: Panel, rows: Session, browse: Browse, send: Send
) -> None:
    desk, until = browse(panel.organiser), datetime.now(UTC) + timedelta(days=5)
    panel.blind()
    wanted = {"until": f"{until:%Y-%m-%dT10:00}", "reminds": "y", "days_before": "2", "days_after": "1"}
    page = f"{OFFICE}/criteria"
    assert send(desk, page, f"{OFFICE}/when", **{**wanted, "days_before": "99"}).status_code == 422
    late = panel.fair.ends_on + timedelta(days=1)
    refused = send(desk, page, f"{OFFICE}/when", **{**wanted, "until": f"{late:%Y-%m-%dT10:00}"})
    assert refused.status_code == 409
    assert "Reviews are wanted before the fair ends" in refused.get_data(as_text=True)
    assert send(desk, page, f"{OFFICE}/when", **wanted).status_code == 303
    rows.expire_all()
    kept = ReviewSettings.of(panel.fair.settings)
    assert (kept.blind, kept.days_before) == (True, 2)
    assert f"{kept.until:%H:%M}" == "03:00"
    assert f'value="{until:%Y-%m-%dT10:00}"' in text(desk, page)
    assert "The organiser wants the reviews until" in text(browse(panel.reviewer), LIST)
    assert "1 late" not in text(desk, OFFICE)
    panel.fair.settings = {"review": {"until": "2026-01-01T00:00:00+00:00"}}
    rows.commit()
    assert "1 late" in text(desk, OFFICE)
    assert "Please give them now" in text(browse(panel.reviewer), LIST)


def test_an_organiser_writes_to_the_reviewers_who_lag_and_to_those_ticked_alone(
    panel: Panel, rows: Session, browse: Browse, send: Send
) -> None:
    desk, page = browse(panel.organiser), f"{OFFICE}/letter"
    other = make.reviewer(rows, panel.fair, Reads.GROUP, "craft", name="Trần Thị Mây")
    idle = make.reviewer(rows, panel.fair, name="Không Có Gì")
    rows.commit()
    assert page in text(desk, OFFICE)
    shown = text(desk, page)
    assert (other.name in shown, panel.reviewer.name in shown, idle.name in shown) == (True, True, False)
    ticked = {"to": str(other.id), "words": "Please hurry."}
    looked = send(desk, page, act="look", **ticked).get_data(as_text=True)
    assert looked.count("Please hurry.") == 2
    assert "What it says to Trần Thị Mây" in looked
    assert send(desk, page, act="send", to=str(other.id), words="x" * 1001).status_code == 422
    assert send(desk, page, act="send", to="", words="").status_code == 409
    assert send(desk, page, act="send", **ticked).status_code == 303
    again = send(desk, page, act="send", **ticked)
    assert again.status_code == 409
    assert "were written to today" in again.get_data(as_text=True)
    letters = rows.scalars(select(OutboxMessage).where(OutboxMessage.name == "mail.reviews_owed"))
    assert [row.facts["account_id"] for row in letters] == [other.id]


def test_only_the_fairs_organisers_write_to_reviewers(panel: Panel, rows: Session, browse: Browse) -> None:
    abroad = make.account(rows)
    make.grant(rows, abroad, Role.ORGANISER, make.fair(rows, code="ELSEWHERE"))
    rows.commit()
    statuses = [browse(who).get(f"{OFFICE}/letter").status_code for who in (abroad, panel.reviewer)]
    assert statuses == [404, 403]


def test_the_letter_asks_the_same_of_the_database_for_one_reviewer_and_for_three(
    panel: Panel, rows: Session, browse: Browse
) -> None:
    desk, counted = browse(panel.organiser), []
    for more in (0, 2):
        for _ in range(more):
            make.reviewer(rows, panel.fair, Reads.ALL)
        rows.commit()
        counted.append(len(queries(desk, f"{OFFICE}/letter")))
    assert counted[0] == counted[1]


def test_all_that_were_reviewed_stand_in_the_same_order_as_those_that_wait(
    panel: Panel, rows: Session, browse: Browse
) -> None:
    second = make.reviewer(rows, panel.fair, Reads.ALL)
    for application, means in ((panel.mine, (9000, 8000)), (panel.other, (5000, 1000))):
        for reader, mean in zip((panel.reviewer, second), means, strict=True):
            make.review(rows, reader, application, mean)
    late = panel.apply(make.organisation(rows, "HTX Muộn"), "drink", "Trà", state=State.DECLINED)
    make.review(rows, second, late, 4000)
    panel.apply(make.organisation(rows, "HTX Từ chối"), "drink", "Trà", state=State.DECLINED)
    rows.commit()
    desk = browse(panel.organiser)

    def found(query: str) -> list[int]:
        links = re.findall(r'href="/o/OCOP27/applications/(\d+)"', text(desk, f"{OFFICE}?{query}"))
        return list(dict.fromkeys(map(int, links)))

    mine, other = panel.mine.id, panel.other.id
    assert (found(""), found("order=mean")) == ([other, mine], [mine, other])
    assert found("show=all") == [other, mine, late.id]
    assert found("show=all&order=mean") == [mine, late.id, other]
    assert found("show=all&order=fewest") == [late.id, mine, other]
