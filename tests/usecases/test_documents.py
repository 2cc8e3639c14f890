"""Documents from the fair's wish to the organiser's word, on both databases."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters.files import FolderFiles
from fairapp.config import read_settings
from fairapp.jobs.table import letter_jobs
from fairapp.jobs.work import Work
from fairapp.rules.actors import Actor, Role
from fairapp.rules.applications import State, Step
from fairapp.rules.documents import (
    MOST_ASKED,
    MOST_DOCUMENTS,
    DocumentFault,
    DocumentKind,
    DocumentReason,
    DocumentRefusal,
    DocumentState,
    DocumentStep,
    PdfFault,
    Standing,
    Stops,
    Whence,
)
from fairapp.rules.errors import Invalid, Missing, NotAllowed, Refused
from fairapp.rules.guards import Deed, Hindrance
from fairapp.rules.pictures import PictureReason
from fairapp.rules.reasons import Shape
from fairapp.store.applications import ApplicationProduct
from fairapp.store.documents import Document, DocumentRequirement
from fairapp.store.operations import AuditEntry, OutboxMessage
from fairapp.usecases.applications_steps import TakeStep, take_step
from fairapp.usecases.documents import (
    CheckDocument,
    TakenFile,
    UploadDocument,
    check_document,
    remove_document,
    take_file,
    upload_document,
)
from fairapp.usecases.documents_requirements import KeepRequirement, keep_requirement, remove_requirement
from fairapp.usecases.guarding import hindrances
from fairapp.usecases.guarding_documents import documents_asked_of
from tests import factories as make

NOW = make.NOW
LICENCE, FOOD = DocumentKind.BUSINESS_LICENCE, DocumentKind.FOOD_SAFETY
FILE = TakenFile(f"{7:064x}.pdf", 4000)


class Desk:
    """A fair that asks for a licence, an accepted maker of tea, and an organiser."""

    def __init__(self, session: Session) -> None:
        self.fair = make.fair(session)
        self.organisation = make.organisation(session)
        self.tea = make.product(session, self.organisation)
        self.application = make.application(
            session, self.organisation, self.fair, state=State.ACCEPTED, booth_kind_id=None
        )
        session.add(ApplicationProduct(application_id=self.application.id, product_id=self.tea.id))
        self.exhibitor = make.exhibitor(
            session, self.organisation, self.fair, application_id=self.application.id
        )
        make.claim(session, make.booth(session, make.hall(session, self.fair)), self.exhibitor, self.fair)
        self.asked = make.requirement(session, self.fair)
        self.maker: Actor = make.actor(acting_for=(self.organisation,))
        self.organiser: Actor = make.actor(Role.ORGANISER, self.fair)

    def upload(self, session: Session, **values: object) -> Document:
        order = replace(UploadDocument(self.application.id, LICENCE, FILE), **values)  # type: ignore[arg-type]
        return upload_document(session, self.maker, order, NOW)

    def check(self, session: Session, document: Document, step: DocumentStep, reason: str = "") -> Document:
        order = CheckDocument(document.id, self.fair.id, step, reason)
        return check_document(session, self.organiser, order, NOW)

    def confirm(self, session: Session) -> None:
        take_step(session, self.maker, TakeStep(self.application.id, Step.CONFIRM), NOW)


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


def letters(session: Session) -> list[str]:
    return list(session.scalars(select(OutboxMessage.name).order_by(OutboxMessage.id)))


def test_missing_then_waiting_documents_hold_confirmation_back_until_they_are_verified(
    session: Session, desk: Desk
) -> None:
    for reason, fact in (
        (DocumentReason.MISSING, "documents_missing"),
        (DocumentReason.WAIT, "documents_wait"),
    ):
        with pytest.raises(Refused) as refused:
            desk.confirm(session)
        assert (refused.value.reasons, refused.value.facts) == ((reason,), {fact: (LICENCE,)})
        if reason is DocumentReason.MISSING:
            document = desk.upload(session)
    desk.check(session, document, DocumentStep.VERIFY)
    desk.confirm(session)
    assert (desk.application.state, document.state) == (State.CONFIRMED, DocumentState.VERIFIED)
    assert (document.checked_at, document.checked_for_id) == (NOW, desk.fair.id)


def test_a_refused_document_says_why_and_a_better_one_takes_its_place(session: Session, desk: Desk) -> None:
    first = desk.upload(session)
    desk.check(session, first, DocumentStep.REFUSE, "Con dấu bị mờ.")
    (asked,) = documents_asked_of(session, desk.application)
    assert (asked.standing, asked.document, first.reason) == (Standing.REFUSED, first, "Con dấu bị mờ.")
    assert list(hindrances(session, desk.application, Step.CONFIRM, NOW)) == [
        Hindrance(DocumentReason.REFUSED, "documents", {"documents_refused": (LICENCE,)})
    ]
    better = desk.upload(session, file=TakenFile(f"{8:064x}.pdf", 9))
    desk.check(session, better, DocumentStep.VERIFY)
    assert hindrances(session, desk.application, Step.CONFIRM, NOW) == ()
    assert letters(session) == ["mail.document_refused", "mail.documents_complete"]


def test_a_verified_document_that_ends_before_the_fair_holds_back(session: Session, desk: Desk) -> None:
    document = desk.upload(session, expires_on=date(2027, 4, 18))
    desk.check(session, document, DocumentStep.VERIFY)
    assert [each.reason for each in hindrances(session, desk.application, Step.CONFIRM, NOW)] == [
        DocumentReason.EXPIRE
    ]
    assert letters(session) == []


@pytest.mark.parametrize(
    ("stops", "held"),
    [
        (Stops.SUBMIT, {Step.SUBMIT, Step.RESUBMIT, Step.CONFIRM, Deed.HAND_OVER}),
        (Stops.CONFIRM, {Step.CONFIRM, Deed.HAND_OVER}),
        (Stops.HAND_OVER, {Deed.HAND_OVER}),
        (Stops.NOTHING, set()),
    ],
)
def test_the_fair_says_which_steps_wait(
    session: Session, desk: Desk, stops: Stops, held: set[Step | Deed]
) -> None:
    desk.asked.stops = stops
    session.flush()
    acts = (*Step, *Deed)
    assert {act for act in acts if hindrances(session, desk.application, act, NOW)} == held


def test_what_is_asked_follows_products_kind_and_country(session: Session, desk: Desk) -> None:
    make.requirement(session, desk.fair, kind=FOOD, group_codes=["food"])
    make.requirement(session, desk.fair, kind=DocumentKind.STAR_CERTIFICATE)
    make.requirement(session, desk.fair, kind=DocumentKind.ORIGIN, whence=Whence.ABROAD)
    make.requirement(session, desk.fair, kind=DocumentKind.LABEL, organisation_kinds=["household"])
    kinds = [each.kind for each in documents_asked_of(session, desk.application)]
    assert kinds == [LICENCE, DocumentKind.STAR_CERTIFICATE]
    desk.tea.stars, desk.tea.group_code, desk.organisation.country = None, "food", "TH"
    session.flush()
    kinds = [each.kind for each in documents_asked_of(session, desk.application)]
    assert kinds == [LICENCE, FOOD, DocumentKind.ORIGIN]


def test_a_document_counts_at_the_next_fair_without_another_upload(session: Session, desk: Desk) -> None:
    desk.check(session, desk.upload(session), DocumentStep.VERIFY)
    spring = make.fair(session, "NEXT")
    make.requirement(session, spring)
    application = make.application(session, desk.organisation, spring, state=State.ACCEPTED)
    assert [each.standing for each in documents_asked_of(session, application)] == [Standing.VALID]


def test_the_same_file_twice_is_one_document(session: Session, desk: Desk) -> None:
    first, second = desk.upload(session, number="01"), desk.upload(session, number="0123")
    assert (first.id, second.number) == (second.id, "0123")


def test_what_is_typed_is_checked_per_field(session: Session, desk: Desk) -> None:
    with pytest.raises(Invalid) as invalid:
        desk.upload(session, kind=FOOD, issued_on=date(2027, 2, 1), expires_on=date(2027, 1, 1))
    assert invalid.value.fields == {
        "issued_on": DocumentFault.ISSUED_AHEAD,
        "expires_on": DocumentFault.EXPIRES_TOO_EARLY,
    }
    with pytest.raises(Invalid) as invalid:
        desk.upload(session, number="9" * 81)
    assert invalid.value.fields == {"number": Shape.TOO_LONG}


def test_an_organisation_keeps_so_many_documents_and_no_more(session: Session, desk: Desk) -> None:
    for _ in range(MOST_DOCUMENTS):
        make.document(session, desk.organisation, kind=FOOD)
    with pytest.raises(Refused) as refused:
        desk.upload(session)
    assert refused.value.reasons == (DocumentRefusal.TOO_MANY,)


def test_only_members_upload_and_only_organisers_of_a_fair_that_asks_check(
    session: Session, desk: Desk
) -> None:
    other = make.organisation(session)
    elsewhere = make.fair(session, "ELSEWHERE")
    strangers = make.actor(acting_for=(other,)), make.actor(Role.ORGANISER, elsewhere)
    with pytest.raises(Missing):
        upload_document(session, strangers[0], UploadDocument(desk.application.id, LICENCE, FILE), NOW)
    with pytest.raises(Missing):
        upload_document(session, desk.organiser, UploadDocument(desk.application.id, LICENCE, FILE), NOW)
    document = desk.upload(session)
    order = CheckDocument(document.id, desk.fair.id, DocumentStep.VERIFY)
    for actor in strangers:
        with pytest.raises(Missing):
            remove_document(session, actor, document.id, NOW)
        with pytest.raises(Missing):
            check_document(session, actor, order, NOW)
    with pytest.raises(NotAllowed):
        check_document(session, desk.maker, order, NOW)
    for role in (Role.REVIEWER, Role.FINANCE, Role.DELEGATION_HEAD, Role.SUPERVISOR):
        with pytest.raises(Missing):
            check_document(
                session,
                make.actor(role, desk.fair),
                CheckDocument(document.id, desk.fair.id, DocumentStep.VERIFY),
                NOW,
            )
    unasked = make.document(session, desk.organisation, kind=DocumentKind.LABEL)
    with pytest.raises(Missing):
        desk.check(session, unasked, DocumentStep.VERIFY)
    assert (document.state, unasked.state) == (DocumentState.UPLOADED, DocumentState.UPLOADED)


@pytest.mark.parametrize("state", [State.DRAFT, State.WITHDRAWN, State.DECLINED, State.CANCELLED])
def test_the_organiser_sees_no_documents_of_those_who_are_not_coming(
    session: Session, desk: Desk, state: State
) -> None:
    document = desk.upload(session)
    desk.application.state = state
    session.flush()
    with pytest.raises(Missing):
        desk.check(session, document, DocumentStep.VERIFY)


def test_a_document_is_taken_back_until_it_is_verified(session: Session, desk: Desk) -> None:
    document = desk.upload(session)
    remove_document(session, desk.maker, document.id, NOW)
    assert [each.standing for each in documents_asked_of(session, desk.application)] == [Standing.MISSING]
    verified = desk.upload(session)
    desk.check(session, verified, DocumentStep.VERIFY)
    with pytest.raises(Refused) as refused:
        remove_document(session, desk.maker, verified.id, NOW)
    assert refused.value.reasons == (DocumentRefusal.VERIFIED_STAYS,)


def test_a_document_is_decided_once(session: Session, desk: Desk) -> None:
    document = desk.upload(session)
    desk.check(session, document, DocumentStep.VERIFY)
    with pytest.raises(Refused) as refused:
        desk.check(session, document, DocumentStep.VERIFY)
    assert refused.value.reasons == (DocumentRefusal.NOT_FROM_HERE,)
    with pytest.raises(Refused) as refused:
        desk.check(session, document, DocumentStep.REFUSE, " ")
    assert refused.value.reasons == (DocumentRefusal.REASON_MISSING,)


def test_a_requirement_is_kept_changed_and_dropped(session: Session, desk: Desk) -> None:
    kind = make.booth_kind(session, desk.fair)
    order = KeepRequirement(
        desk.fair.id,
        FOOD,
        Stops.SUBMIT,
        groups=("food", "nonsense"),
        booth_kinds=(kind.code,),
        texts={"en": " A "},
    )
    row = keep_requirement(session, desk.organiser, order, NOW)
    assert (row.group_codes, row.booth_kinds, row.texts) == (["food"], ["standard"], {"en": "A"})
    keep_requirement(session, desk.organiser, replace(order, requirement_id=row.id, groups=()), NOW)
    assert row.group_codes == []
    remove_requirement(session, desk.organiser, desk.fair.id, row.id, NOW)
    assert list(session.scalars(select(DocumentRequirement))) == [desk.asked]
    entries = session.scalars(select(AuditEntry.what).order_by(AuditEntry.id))
    assert list(entries) == [
        "document_requirement.kept",
        "document_requirement.kept",
        "document_requirement.removed",
    ]


def test_a_fair_asks_for_its_own_things_only_and_not_without_end(session: Session, desk: Desk) -> None:
    other = make.fair(session, "OTHER")
    theirs = make.requirement(session, other)
    order = KeepRequirement(desk.fair.id, LICENCE, Stops.SUBMIT, requirement_id=theirs.id)
    with pytest.raises(Missing):
        keep_requirement(session, desk.organiser, order, NOW)
    with pytest.raises(Missing):
        remove_requirement(session, desk.organiser, desk.fair.id, theirs.id, NOW)
    with pytest.raises(NotAllowed):
        keep_requirement(session, desk.organiser, replace(order, fair_id=other.id), NOW)
    for _ in range(MOST_ASKED - 1):
        make.requirement(session, desk.fair)
    with pytest.raises(Refused) as refused:
        keep_requirement(session, desk.organiser, replace(order, requirement_id=None), NOW)
    assert refused.value.reasons == (DocumentRefusal.TOO_MANY_ASKED,)


def test_letters_reach_members_and_nobody_when_things_changed_meanwhile(session: Session, desk: Desk) -> None:
    reader = make.account(session, language="en")
    make.member(session, reader, desk.organisation)
    document = desk.upload(session)
    desk.check(session, document, DocumentStep.REFUSE, "Mờ")
    work = Work(session, read_settings({"FAIRAPP_INSTANCE": "/tmp/fairapp-letters"}), NOW)
    write = letter_jobs()["mail.document_refused"]
    facts = {"document_id": document.id, "application_id": desk.application.id}
    assert [(letter.to, letter.language, letter.facts["reason"]) for letter in write(work, **facts)] == [
        (reader.email, "en", "Mờ")
    ]
    desk.check(session, document, DocumentStep.VERIFY)
    assert write(work, **facts) == []


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", DocumentFault.NO_FILE),
        (b"MZ\x90 licence.pdf", PictureReason.NOT_A_PICTURE),
        (b"%PDF-1.4 and then nothing", PdfFault.CUT_OFF),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", PictureReason.SVG),
    ],
)
def test_a_file_is_judged_by_its_bytes(tmp_path: object, data: bytes, reason: object) -> None:
    with pytest.raises(Invalid) as invalid:
        take_file(FolderFiles(tmp_path), data)  # type: ignore[arg-type]
    assert invalid.value.fields == {"file": reason}
