"""Documents in the browser: asked for, uploaded, checked, and seen by nobody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.jobs.letters import render
from fairapp.jobs.table import letter_jobs
from fairapp.jobs.work import Work
from fairapp.rules.actors import Role
from fairapp.rules.applications import State
from fairapp.rules.documents import DocumentKind, DocumentState, Stops
from fairapp.store.accounts import Account
from fairapp.store.documents import Document, DocumentRequirement
from fairapp.store.operations import OutboxMessage
from tests import factories as make
from tests.asking import queries

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


class Desk:
    """A fair that asks for a licence, a maker who is accepted, an organiser and people of elsewhere."""

    def __init__(self, rows: Session) -> None:
        day = datetime.now(UTC).date() + timedelta(days=90)
        self.fair = make.fair(rows, starts_on=day, ends_on=day + timedelta(days=4))
        self.maker = make.account(rows, language="en")
        self.organisation = make.organisation(rows, "HTX Chè Suối Giàng", folded="htx che suoi giang")
        make.member(rows, self.maker, self.organisation)
        self.application = make.application(rows, self.organisation, self.fair, state=State.ACCEPTED)
        exhibitor = make.exhibitor(rows, self.organisation, self.fair, application_id=self.application.id)
        make.claim(rows, make.booth(rows, make.hall(rows, self.fair)), exhibitor, self.fair)
        self.requirement = make.requirement(rows, self.fair, texts={"en": "Of the last registration."})
        self.organiser = self.somebody(rows, Role.ORGANISER)
        self.reviewer = self.somebody(rows, Role.REVIEWER)
        self.elsewhere = make.account(rows, language="en")
        make.grant(rows, self.elsewhere, Role.ORGANISER, make.fair(rows, "ELSEWHERE"))
        self.stranger = make.account(rows, language="en")
        make.member(rows, self.stranger, make.organisation(rows))
        rows.commit()

    def somebody(self, rows: Session, role: Role) -> Account:
        account = make.account(rows, language="en")
        make.grant(rows, account, role, self.fair)
        return account

    @property
    def mine(self) -> str:
        return f"/me/applications/{self.application.id}/documents"

    @property
    def theirs(self) -> str:
        return f"/o/OCOP27/applications/{self.application.id}/documents"


@pytest.fixture
def desk(rows: Session) -> Desk:
    return Desk(rows)


def upload(send: Send, browser: FlaskClient, desk: Desk, data: bytes = PDF, **fields: str) -> Any:
    sent = {"file": (BytesIO(data), "../../giấy phép.exe"), "number": "0123", **fields}
    return send(browser, f"{desk.mine}/business_licence", **sent)


def scan() -> bytes:
    out = BytesIO()
    Image.new("RGB", (300, 400), "ivory").save(out, "PNG", pnginfo=None)
    return out.getvalue()


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", page.get_data(as_text=True))


def test_a_maker_reads_what_is_missing_uploads_it_and_the_organiser_verifies_it(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    maker, organiser = browse(desk.maker), browse(desk.organiser)
    status = words(maker.get(f"/me/applications/{desk.application.id}"))
    assert "Missing documents: Business licence. Upload them under Documents." in status
    page = words(maker.get(desk.mine))
    assert "0 of 1 document is in order" in page
    assert "Of the last registration." in page
    assert upload(send, maker, desk, scan()).status_code == 303
    document = rows.scalars(select(Document)).one()
    assert (document.state, document.number, document.file_key[-4:]) == (
        DocumentState.UPLOADED,
        "0123",
        ".jpg",
    )
    queue = words(organiser.get("/o/OCOP27/documents"))
    assert "HTX Chè Suối Giàng" in queue
    assert "Waits to be checked" in words(organiser.get(desk.theirs))
    here = f"/o/OCOP27/documents/{document.id}"
    answer = send(organiser, here, f"{here}/verify")
    assert (answer.status_code, answer.location) == (303, "/o/OCOP27/documents")
    assert "1 of 1 document is in order" in words(maker.get(desk.mine))
    assert "Missing documents" not in words(maker.get(f"/me/applications/{desk.application.id}"))


def test_a_refusal_needs_a_reason_and_the_maker_reads_it_in_the_letter_and_on_the_page(
    browse: Browse, send: Send, rows: Session, desk: Desk, app: Any
) -> None:
    document = make.document(rows, desk.organisation)
    rows.commit()
    organiser, here = browse(desk.organiser), f"/o/OCOP27/documents/{document.id}"
    answer = send(organiser, here, f"{here}/refuse", reason=" ")
    assert (answer.status_code, "Say why you refuse the document" in words(answer)) == (409, True)
    assert send(organiser, here, f"{here}/refuse", reason="The stamp is blurred.").status_code == 303
    assert "The stamp is blurred." in words(browse(desk.maker).get(desk.mine))
    promised = rows.scalars(select(OutboxMessage)).one()
    work = Work(rows, app.config["FAIRAPP"], datetime.now(UTC))
    (letter,) = letter_jobs()[promised.name](work, **promised.facts)
    subject, body = render(letter, work.settings)
    assert (letter.to, "A document to put right" in subject) == (desk.maker.email, True)
    assert "Business licence" in body
    assert "The stamp is blurred." in body
    assert desk.mine in body


def test_the_good_letter_comes_once_with_the_last_document(
    browse: Browse, send: Send, rows: Session, desk: Desk, app: Any
) -> None:
    make.requirement(rows, desk.fair, kind=DocumentKind.LABEL)
    papers = [
        make.document(rows, desk.organisation, kind=kind)
        for kind in (DocumentKind.LABEL, desk.requirement.kind)
    ]
    rows.commit()
    organiser = browse(desk.organiser)
    for paper in papers:
        here = f"/o/OCOP27/documents/{paper.id}"
        send(organiser, here, f"{here}/verify")
    promised = rows.scalars(select(OutboxMessage)).one()
    work = Work(rows, app.config["FAIRAPP"], datetime.now(UTC))
    (letter,) = letter_jobs()[promised.name](work, **promised.facts)
    subject, body = render(letter, work.settings)
    assert "Your documents are in order" in subject
    assert "HTX Chè Suối Giàng" in body


def test_a_second_press_and_a_second_organiser_do_no_harm(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    document = make.document(rows, desk.organisation)
    rows.commit()
    organiser, here = browse(desk.organiser), f"/o/OCOP27/documents/{document.id}"
    for _ in range(2):
        assert send(organiser, here, f"{here}/verify").status_code == 303
    assert len(rows.scalars(select(OutboxMessage)).all()) == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Choose a file: a photo, a scan or a PDF."),
        (b"%PDF-1.7 cut", "The end of this PDF is missing."),
        (PDF.replace(b"<<>> endobj", b"<</S /JavaScript>> endobj"), "This PDF carries a program"),
        (b"MZ\x90\x00 program", "This file is not a picture"),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused_beside_its_field_and_the_rest_stays(
    browse: Browse, send: Send, rows: Session, desk: Desk, data: bytes, said: str
) -> None:
    answer = upload(send, browse(desk.maker), desk, data, expires_on="2035-01-31")
    page = words(answer)
    assert (answer.status_code, said in page) == (422, True)
    assert 'value="0123"' in page
    assert 'value="2035-01-31"' in page
    assert rows.scalars(select(Document)).all() == []


def test_the_file_comes_as_an_attachment_that_nothing_runs(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    upload(send, browse(desk.maker), desk)
    document = rows.scalars(select(Document)).one()
    for reader in (desk.maker, desk.organiser):
        answer = browse(reader).get(f"/documents/{document.id}/file")
        assert (answer.status_code, answer.data, answer.mimetype) == (200, PDF, "application/pdf")
        name = f"attachment; filename=business_licence-{document.id}.pdf"
        assert answer.headers["Content-Disposition"] == name
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer.headers["Cache-Control"]
        answer.close()


def test_nobody_else_sees_a_document_or_its_pages(
    browse: Browse, send: Send, rows: Session, desk: Desk, app: Any
) -> None:
    upload(send, browse(desk.maker), desk, scan())
    document = rows.scalars(select(Document)).one()
    pages = {
        desk.mine: (404, 404, 404, 404),
        f"{desk.mine}/business_licence": (404, 404, 404, 404),
        desk.theirs: (404, 404, 403, 404),
        "/o/OCOP27/documents": (404, 404, 403, 404),
        f"/o/OCOP27/documents/{document.id}": (404, 404, 403, 404),
        "/o/OCOP27/documents/asked": (404, 404, 403, 404),
        f"/documents/{document.id}/file": (404, 404, 404, 404),
        f"/photos/{document.file_key}": (404, 404, 404, 404),
    }
    lost = make.account(rows)
    rows.commit()
    others = [browse(each) for each in (desk.stranger, desk.elsewhere, desk.reviewer, lost)]
    found = {page: tuple(each.get(page).status_code for each in others) for page in pages}
    assert found == pages
    assert browse(desk.organiser).get(f"/o/ELSEWHERE/documents/{document.id}").status_code == 404
    assert browse(desk.organiser).get(desk.mine).status_code == 404
    here = f"/o/ELSEWHERE/documents/{document.id}/verify"
    answer = send(browse(desk.elsewhere), "/o/ELSEWHERE/documents/asked/new", here)
    assert (answer.status_code, rows.scalars(select(Document.state)).one()) == (404, DocumentState.UPLOADED)


def test_a_maker_takes_back_its_own_document_only(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    document = make.document(rows, desk.organisation)
    theirs = make.document(rows, make.organisation(rows))
    rows.commit()
    maker = browse(desk.maker)
    assert send(maker, desk.mine, f"{desk.mine}/{theirs.id}/remove").status_code == 404
    assert send(maker, desk.mine, f"{desk.mine}/{document.id}/remove").status_code == 303
    assert [row.id for row in rows.scalars(select(Document).where(Document.removed_at.is_(None)))] == [
        theirs.id
    ]


def test_an_organiser_asks_for_a_document_changes_it_and_asks_no_more(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    organiser, new = browse(desk.organiser), "/o/OCOP27/documents/asked/new"
    fields = {"kind": "food_safety", "stops": "hand_over", "whence": "home", "groups": ["food", "drink"]}
    assert send(organiser, new, **fields, text_en="Of this year.").status_code == 303
    row = rows.scalars(select(DocumentRequirement).order_by(DocumentRequirement.id.desc())).first()
    assert row is not None
    assert (row.stops, row.group_codes, row.texts) == (
        Stops.HAND_OVER,
        ["drink", "food"],
        {"en": "Of this year."},
    )
    page = words(organiser.get("/o/OCOP27/documents/asked"))
    assert "Food safety certificate" in page
    assert "Food, Beverages" in page or "Beverages, Food" in page
    here = f"/o/OCOP27/documents/asked/{row.id}"
    assert 'value="home" checked' in words(organiser.get(here))
    assert send(organiser, here, **{**fields, "stops": "nonsense"}).status_code == 422
    assert send(organiser, here, f"{here}/remove").status_code == 303
    assert rows.scalars(select(DocumentRequirement)).one().id == desk.requirement.id


def test_empty_pages_say_what_comes_next(browse: Browse, rows: Session, desk: Desk) -> None:
    organiser = browse(desk.organiser)
    assert "No document waits" in words(organiser.get("/o/OCOP27/documents"))
    assert "Nothing found" in words(organiser.get("/o/OCOP27/documents?q=nobody&show=verified&kind=label"))
    rows.delete(desk.requirement)
    rows.commit()
    assert "This fair asks for no documents yet" in words(organiser.get("/o/OCOP27/documents"))
    assert "This fair asks for no documents yet" in words(organiser.get("/o/OCOP27/documents/asked"))
    assert "Nothing is asked of this applicant" in words(organiser.get(desk.theirs))
    assert "This fair asks you for no documents" in words(browse(desk.maker).get(desk.mine))


def test_the_queue_asks_as_often_for_three_documents_as_for_one(
    browse: Browse, rows: Session, desk: Desk
) -> None:
    organiser, counts = browse(desk.organiser), []
    for more in (1, 2):
        for _ in range(more):
            maker = make.organisation(rows, "Tổ hợp tác mật ong", folded="to hop tac mat ong")
            make.application(rows, maker, desk.fair)
            make.document(rows, maker, expires_on=desk.fair.starts_on)
        rows.commit()
        counts.append(len(queries(organiser, "/o/OCOP27/documents?q=mat+ong")))
    assert counts[0] == counts[1]


def test_the_makers_page_asks_as_often_for_three_documents_as_for_one(
    browse: Browse, rows: Session, desk: Desk
) -> None:
    maker, counts = browse(desk.maker), []
    for kinds in ([DocumentKind.BUSINESS_LICENCE], [DocumentKind.LABEL, DocumentKind.ORIGIN]):
        for kind in kinds:
            make.document(rows, desk.organisation, kind=kind)
            if kind is not DocumentKind.BUSINESS_LICENCE:
                make.requirement(rows, desk.fair, kind=kind)
        rows.commit()
        counts.append(len(queries(maker, desk.mine)))
    assert counts[0] == counts[1]
