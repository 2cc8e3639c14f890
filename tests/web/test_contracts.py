"""The contract in the browser: written, signed, countersigned, and copied as a PDF."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.jobs.letters import render
from fairapp.jobs.table import letter_jobs
from fairapp.jobs.work import Work
from fairapp.rules.actors import Role
from fairapp.rules.applications import State
from fairapp.rules.contracts import SignatureState
from fairapp.store.accounts import Account
from fairapp.store.contracts import Contract, Signature
from fairapp.store.operations import OutboxMessage
from tests import factories as make
from tests.asking import queries

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]


class Desk:
    """A fair, an accepted exhibitor with a booth, an organiser, and people of elsewhere."""

    def __init__(self, rows: Session) -> None:
        day = datetime.now(UTC).date() + timedelta(days=90)
        self.fair = make.fair(rows, starts_on=day, ends_on=day + timedelta(days=4))
        self.maker = make.account(rows, language="en")
        self.organisation = make.organisation(rows, "HTX Chè Suối Giàng", folded="htx che suoi giang")
        make.member(rows, self.maker, self.organisation)
        self.application = make.application(rows, self.organisation, self.fair, state=State.ACCEPTED)
        exhibitor = make.exhibitor(rows, self.organisation, self.fair, application_id=self.application.id)
        make.claim(rows, make.booth(rows, make.hall(rows, self.fair), "A-001"), exhibitor, self.fair)
        self.organiser = make.account(rows, language="en", name="Trần Nam")
        make.grant(rows, self.organiser, Role.ORGANISER, self.fair)
        rows.commit()

    @property
    def mine(self) -> str:
        return f"/me/applications/{self.application.id}/contract"

    @property
    def theirs(self) -> str:
        return f"/o/OCOP27/applications/{self.application.id}/contract"


@pytest.fixture
def desk(rows: Session) -> Desk:
    return Desk(rows)


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", page.get_data(as_text=True))


def hidden(browser: FlaskClient, page: str) -> dict[str, str]:
    """What the page's form of the signature says was shown."""
    shown = browser.get(page).get_data(as_text=True)
    found = {}
    for name in ("contract_id", "digest", "text"):
        (field,) = re.findall(rf'<input[^>]*name="{name}"[^>]*>', shown)
        found[name] = re.findall(r'value="([^"]*)"', field)[0]
    return found


def sign(send: Send, browser: FlaskClient, desk: Desk, **fields: str) -> Any:
    sent = {**hidden(browser, desk.mine), "typed_name": "Lý Thị Mai", "agrees": "y", **fields}
    return send(browser, desk.mine, **sent)


def letter(rows: Session, app: Any) -> tuple[str, str]:
    promised = rows.scalars(select(OutboxMessage).order_by(OutboxMessage.id.desc())).first()
    assert promised is not None
    work = Work(rows, app.config["FAIRAPP"], datetime.now(UTC))
    (found,) = letter_jobs()[promised.name](work, **promised.facts)
    return render(found, work.settings)


def test_a_contract_is_written_published_signed_and_countersigned(
    browse: Browse, send: Send, rows: Session, desk: Desk, app: Any
) -> None:
    organiser, maker = browse(desk.organiser), browse(desk.maker)
    text = "/o/OCOP27/contract/text"
    fields = {"text_vi": "Giữ gian sạch.", "text_en": "Keep the booth clean.", "before": "confirm"}
    assert send(organiser, text, **fields, must_sign_again="y").status_code == 303
    assert "There is no contract to sign yet" in words(maker.get(desk.mine))
    assert send(organiser, text, "/o/OCOP27/contract/publish").status_code == 303
    subject, body = letter(rows, app)
    assert "Please sign the exhibition contract" in subject
    assert desk.mine in body
    status = words(maker.get(f"/me/applications/{desk.application.id}"))
    assert "The exhibition contract is not signed. Read and sign it under Contract." in status
    page = words(maker.get(desk.mine))
    assert "Keep the booth clean." in page
    assert "A-001 (9 m²)" in page
    assert sign(send, maker, desk).status_code == 303
    signature = rows.scalars(select(Signature)).one()
    assert (signature.typed_name, signature.address) == ("Lý Thị Mai", "127.0.0.1")
    assert "HTX Chè Suối Giàng" in words(organiser.get("/o/OCOP27/contract"))
    act = "/o/OCOP27/contract/countersign"
    answer = send(organiser, "/o/OCOP27/contract", act, pick=signature.id, typed_name="Trần Nam")
    assert answer.status_code == 303
    assert "Both sides have signed" in letter(rows, app)[0]
    assert "Signed by both sides" in words(maker.get(desk.mine))
    assert "countersigned" in words(organiser.get(desk.theirs))


def test_the_pdf_is_the_copy_of_both_sides_and_of_nobody_else(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    make.contract(rows, desk.fair)
    rows.commit()
    maker, organiser = browse(desk.maker), browse(desk.organiser)
    sign(send, maker, desk)
    signature = rows.scalars(select(Signature)).one()
    here = f"/signatures/{signature.id}/file"
    first = maker.get(here)
    assert (first.mimetype, first.headers["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert first.headers["Content-Disposition"].startswith("attachment; filename=contract-OCOP27-")
    with pikepdf.open(BytesIO(first.data)) as pdf:
        assert len(pdf.pages) == 1
    send(organiser, desk.theirs, "/o/OCOP27/contract/countersign", pick=signature.id, typed_name="Trần Nam")
    both = organiser.get(here)
    assert (both.status_code, both.data != first.data) == (200, True)
    stranger, elsewhere, reviewer = (make.account(rows) for _ in range(3))
    make.member(rows, stranger, make.organisation(rows))
    make.grant(rows, elsewhere, Role.ORGANISER, make.fair(rows, "ELSEWHERE"))
    make.grant(rows, reviewer, Role.REVIEWER, desk.fair)
    rows.commit()
    people = [browse(each) for each in (stranger, elsewhere, reviewer)]
    version = rows.scalars(select(Contract.id)).one()
    for page, answers in {
        here: (404, 404, 404),
        desk.mine: (404, 404, 404),
        desk.theirs: (404, 404, 403),
        "/o/OCOP27/contract": (404, 404, 403),
        "/o/OCOP27/contract/text": (404, 404, 403),
        f"/o/OCOP27/contract/versions/{version}": (404, 404, 403),
        f"/o/ELSEWHERE/contract/versions/{version}": (404, 404, 404),
        f"/photos/{signature.file_key}": (404, 404, 404),
    }.items():
        assert tuple(each.get(page).status_code for each in people) == answers, page
    act = f"/o/ELSEWHERE/contract/{signature.id}/refuse"
    assert send(people[1], "/o/ELSEWHERE/contract/text", act, reason="x").status_code == 404
    many = "/o/ELSEWHERE/contract/countersign"
    answer = send(people[1], "/o/ELSEWHERE/contract/text", many, pick=signature.id, typed_name="X")
    assert answer.status_code == 404


def test_nobody_signs_what_changed_while_they_read(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    make.contract(rows, desk.fair)
    rows.commit()
    maker = browse(desk.maker)
    shown = hidden(maker, desk.mine)
    make.contract(rows, desk.fair, 2)
    rows.commit()
    answer = send(maker, desk.mine, **shown, typed_name="Lý Thị Mai", agrees="y")
    page = words(answer)
    assert (answer.status_code, "have changed while you read" in page) == (409, True)
    assert 'value="Lý Thị Mai"' in page
    assert "Clause 2." in page
    assert rows.scalars(select(Signature)).all() == []


def test_a_signature_without_name_or_yes_is_refused_with_both_reasons(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    make.contract(rows, desk.fair)
    rows.commit()
    answer = send(browse(desk.maker), desk.mine, **hidden(browse(desk.maker), desk.mine), typed_name=" ")
    page = words(answer)
    assert answer.status_code == 409
    assert "Type your full name" in page
    assert "Tick that you have read" in page


def test_the_language_that_was_read_is_the_language_that_is_signed(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    make.contract(rows, desk.fair)
    rows.commit()
    maker = browse(desk.maker)
    shown = hidden(maker, f"{desk.mine}?text=vi")
    assert send(maker, desk.mine, **shown, typed_name="Lý Thị Mai", agrees="y").status_code == 303
    signature = rows.scalars(select(Signature)).one()
    assert (signature.language, signature.facts["text"]) == ("vi", "Điều 1. Giữ gian sạch.")


def test_a_signature_is_not_taken_with_a_reason_and_given_again(
    browse: Browse, send: Send, rows: Session, desk: Desk, app: Any
) -> None:
    make.contract(rows, desk.fair)
    rows.commit()
    maker, organiser = browse(desk.maker), browse(desk.organiser)
    sign(send, maker, desk)
    signature = rows.scalars(select(Signature)).one()
    act = f"/o/OCOP27/contract/{signature.id}/refuse"
    lacking = send(organiser, desk.theirs, act, reason=" ")
    assert (lacking.status_code, "Say why you do not take the signature" in words(lacking)) == (409, True)
    for _ in range(2):
        answer = send(organiser, "/o/OCOP27/contract/text", act, reason="Not the director.")
        assert answer.status_code == 303
    assert "Not the director." in letter(rows, app)[1]
    assert "Not the director." in words(maker.get(desk.mine))
    assert sign(send, maker, desk).status_code == 303
    states = rows.scalars(select(Signature.state).order_by(Signature.id)).all()
    assert states == [SignatureState.REFUSED, SignatureState.SIGNED]


def test_lists_say_who_waits_who_lacks_and_who_is_done(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    organiser = browse(desk.organiser)
    assert "The fair has no contract yet" in words(organiser.get("/o/OCOP27/contract"))
    contract = make.contract(rows, desk.fair)
    lotus = make.organisation(rows, "Sen Đồng Tháp", folded="sen dong thap")
    other = make.application(rows, lotus, desk.fair, state=State.ACCEPTED)
    make.signature(rows, other, contract)
    rows.commit()
    waiting = words(organiser.get("/o/OCOP27/contract"))
    assert ("Sen Đồng Tháp" in waiting, "HTX Chè Suối Giàng" in waiting) == (True, False)
    lacking = words(organiser.get("/o/OCOP27/contract?show=unsigned"))
    assert ("Sen Đồng Tháp" in lacking, "HTX Chè Suối Giàng" in lacking) == (False, True)
    assert "203.0.113.7" in words(organiser.get("/o/OCOP27/contract?show=log"))
    assert "Nobody is in this list" in words(organiser.get("/o/OCOP27/contract?show=done"))
    assert "Nothing found" in words(organiser.get("/o/OCOP27/contract?q=nobody"))
    act = "/o/OCOP27/contract/countersign"
    nobody = send(organiser, "/o/OCOP27/contract", act, typed_name="Trần Nam")
    assert (nobody.status_code, "Tick at least one contract" in words(nobody)) == (422, True)
    unnamed = send(organiser, "/o/OCOP27/contract", act, typed_name=" ", pick="1")
    assert (unnamed.status_code, "Type your full name" in words(unnamed)) == (409, True)


def test_a_draft_is_read_before_it_is_published_and_not_twice_the_same(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    contract = make.contract(rows, desk.fair)
    rows.commit()
    organiser, text = browse(desk.organiser), "/o/OCOP27/contract/text"
    assert "Clause 1. Keep the booth clean." in words(organiser.get(text))
    fields = {"text_vi": contract.texts["vi"], "text_en": contract.texts["en"], "before": "hand_over"}
    assert send(organiser, text, **fields).status_code == 303
    draft = rows.scalars(select(Contract).where(Contract.published_at.is_(None))).one()
    assert "Draft" in words(organiser.get(f"/o/OCOP27/contract/versions/{draft.id}"))
    same = send(organiser, text, "/o/OCOP27/contract/publish")
    assert (same.status_code, "The draft says what the version in force says" in words(same)) == (409, True)
    assert send(organiser, text, **{**fields, "before": "nonsense"}).status_code == 422
    assert send(organiser, text, **{**fields, "text_en": "x" * 40_001}).status_code == 422


def test_the_list_asks_as_often_for_three_signatures_as_for_one(
    browse: Browse, rows: Session, desk: Desk
) -> None:
    contract, organiser = make.contract(rows, desk.fair), browse(desk.organiser)
    for show in ("waiting", "unsigned", "log"):
        counts = []
        for more in (1, 2):
            for _ in range(more):
                application = make.application(rows, make.organisation(rows), desk.fair, state=State.ACCEPTED)
                if show != "unsigned":
                    make.signature(rows, application, contract)
            rows.commit()
            counts.append(len(queries(organiser, f"/o/OCOP27/contract?show={show}")))
        assert counts[0] == counts[1], show
