"""Documents of an organisation: which a fair asks of whom, the life of each, and what a lack holds back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fairapp.rules.producers import OrganisationKind


class DocumentKind(StrEnum):
    """What fairs ask makers to prove."""

    BUSINESS_LICENCE = "business_licence"
    STAR_CERTIFICATE = "star_certificate"
    FOOD_SAFETY = "food_safety"
    LABEL = "label"
    ORIGIN = "origin"


class DocumentState(StrEnum):
    """Where a document stands; whether it has expired follows from its date and the fair's last day."""

    MISSING = "missing"
    UPLOADED = "uploaded"
    VERIFIED = "verified"
    REFUSED = "refused"


class DocumentStep(StrEnum):
    """What can be done with a document."""

    UPLOAD = "upload"
    VERIFY = "verify"
    REFUSE = "refuse"
    REMOVE = "remove"


STEPS: dict[tuple[DocumentState, DocumentStep], DocumentState] = {
    (DocumentState.MISSING, DocumentStep.UPLOAD): DocumentState.UPLOADED,
    (DocumentState.UPLOADED, DocumentStep.VERIFY): DocumentState.VERIFIED,
    (DocumentState.UPLOADED, DocumentStep.REFUSE): DocumentState.REFUSED,
    (DocumentState.UPLOADED, DocumentStep.REMOVE): DocumentState.MISSING,
    (DocumentState.VERIFIED, DocumentStep.REFUSE): DocumentState.REFUSED,
    (DocumentState.REFUSED, DocumentStep.VERIFY): DocumentState.VERIFIED,
    (DocumentState.REFUSED, DocumentStep.REMOVE): DocumentState.MISSING,
}
"""A renewed document is a new one: the old stays as it is, and the better of the two counts."""


class DocumentRefusal(StrEnum):
    """Why something cannot be done with a document or a requirement."""

    NOT_FROM_HERE = "document_not_from_here"
    VERIFIED_STAYS = "document_verified_stays"
    REASON_MISSING = "document_reason_missing"
    TOO_MANY = "document_too_many"
    TOO_MANY_ASKED = "document_too_many_asked"


class DocumentFault(StrEnum):
    """What is wrong with what was typed about a document."""

    NO_FILE = "document_no_file"
    ISSUED_AHEAD = "document_issued_ahead"
    EXPIRES_TOO_EARLY = "document_expires_too_early"
    EXPIRED_ALREADY = "document_expired_already"
    EXPIRES_WHEN = "document_expires_when"


class PdfFault(StrEnum):
    """Why a file is not taken as a PDF."""

    TOO_HEAVY = "pdf_too_heavy"
    CUT_OFF = "pdf_cut_off"
    LOCKED = "pdf_locked"
    ACTIVE = "pdf_active"


class Stops(StrEnum):
    """From which step on the lack of a document holds an exhibitor back."""

    SUBMIT = "submit"
    CONFIRM = "confirm"
    HAND_OVER = "hand_over"
    NOTHING = "nothing"


class Whence(StrEnum):
    """Whose documents are asked: of everybody, or of those at home or abroad."""

    ANYWHERE = "anywhere"
    HOME = "home"
    ABROAD = "abroad"


class Standing(StrEnum):
    """How an applicant stands with one document that a fair asks."""

    MISSING = "missing"
    REFUSED = "refused"
    EXPIRES = "expires"
    WAITING = "waiting"
    VALID = "valid"


class DocumentReason(StrEnum):
    """Why documents hold a step back."""

    MISSING = "documents_missing"
    REFUSED = "documents_refused"
    EXPIRE = "documents_expire"
    WAIT = "documents_wait"


REASONS: dict[Standing, DocumentReason] = {
    Standing.MISSING: DocumentReason.MISSING,
    Standing.REFUSED: DocumentReason.REFUSED,
    Standing.EXPIRES: DocumentReason.EXPIRE,
    Standing.WAITING: DocumentReason.WAIT,
}
"""In the order in which they are said."""

PDF_BYTES_AT_MOST = 10 * 1024 * 1024
MOST_DOCUMENTS = 60
"""Of one organisation, renewed ones included."""
MOST_ASKED = 40
"""Requirements of one fair."""
DATED = frozenset({DocumentKind.STAR_CERTIFICATE, DocumentKind.FOOD_SAFETY})
"""Kinds that never hold for ever: both end after 36 months (Decision 148/QĐ-TTg; Law 55/2010/QH12)."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """Whom a fair may ask for documents, and what it shows."""

    kind: OrganisationKind
    is_at_home: bool
    """From the fair's own country."""
    groups: frozenset[str] = frozenset()
    booth_kind: str | None = None
    has_stars: bool = False


def applicant(
    kind: OrganisationKind, is_at_home: bool, booth_kind: str | None, shown: Iterable[tuple[str, int | None]]
) -> Applicant:
    """An applicant by what it shows: group and stars of every product."""
    products = tuple(shown)
    groups = frozenset(group for group, _stars in products)
    return Applicant(kind, is_at_home, groups, booth_kind, any(stars for _group, stars in products))


@dataclass(frozen=True, slots=True)
class Requirement:
    """A fair asks for a kind of document; what is empty asks everybody."""

    kind: DocumentKind
    stops: Stops
    organisation_kinds: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    booth_kinds: frozenset[str] = frozenset()
    whence: Whence = Whence.ANYWHERE


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as far as its standing goes."""

    kind: DocumentKind
    state: DocumentState
    expires_on: date | None = None


def refusal_of(state: DocumentState, step: DocumentStep, reason: str = "") -> DocumentRefusal | None:
    """Why ``step`` cannot be taken from ``state``; None when it can."""
    if (state, step) not in STEPS:
        stays = state is DocumentState.VERIFIED and step is DocumentStep.REMOVE
        return DocumentRefusal.VERIFIED_STAYS if stays else DocumentRefusal.NOT_FROM_HERE
    lacks = step is DocumentStep.REFUSE and not reason.strip()
    return DocumentRefusal.REASON_MISSING if lacks else None


def asks(requirement: Requirement, of: Applicant) -> bool:
    """Whether the requirement speaks to the applicant; nobody proves stars that it does not show."""
    at_home = {Whence.HOME: of.is_at_home, Whence.ABROAD: not of.is_at_home}
    return (
        (not requirement.organisation_kinds or of.kind.value in requirement.organisation_kinds)
        and (not requirement.groups or bool(requirement.groups & of.groups))
        and (not requirement.booth_kinds or of.booth_kind in requirement.booth_kinds)
        and at_home.get(requirement.whence, True)
        and (requirement.kind is not DocumentKind.STAR_CERTIFICATE or of.has_stars)
    )


def by_products(requirement: Requirement) -> bool:
    """Whether whom it speaks to depends on the products that are shown."""
    return bool(requirement.groups) or requirement.kind is DocumentKind.STAR_CERTIFICATE


def asked_of(requirements: Iterable[Requirement], applicant: Applicant) -> dict[DocumentKind, Stops]:
    """Each kind that is asked of the applicant, with the earliest step that its lack holds back."""
    order = list(Stops)
    found: dict[DocumentKind, Stops] = {}
    for each in requirements:
        if asks(each, applicant):
            earlier = found.get(each.kind, Stops.NOTHING)
            found[each.kind] = min(earlier, each.stops, key=order.index)
    return {kind: found[kind] for kind in DocumentKind if kind in found}


def standing(papers: Sequence[Paper], last_day: date) -> tuple[Standing, int | None]:
    """How one kind stands, and which of the ``papers`` (the newest first) says so.

    A verified one that holds until the fair's last day counts, whatever was uploaded since.
    """
    for index, paper in enumerate(papers):
        if paper.state is DocumentState.VERIFIED and not expires(paper, last_day):
            return Standing.VALID, index
    if not papers:
        return Standing.MISSING, None
    newest = papers[0]
    if newest.state is DocumentState.REFUSED:
        return Standing.REFUSED, 0
    return (Standing.EXPIRES if expires(newest, last_day) else Standing.WAITING), 0


def expires(paper: Paper, last_day: date) -> bool:
    """Whether the document ends before the fair does."""
    return paper.expires_on is not None and paper.expires_on < last_day


def holds_back(stops: Stops, at: Stops, how: Standing) -> bool:
    """Whether a document in this standing holds back the step ``at``.

    To submit it has to be there; whether it is right is what the organiser then checks.
    """
    order = list(Stops)
    if stops is Stops.NOTHING or order.index(stops) > order.index(at) or how is Standing.VALID:
        return False
    return how is not Standing.WAITING or at is not Stops.SUBMIT


def document_faults(
    kind: DocumentKind, issued_on: date | None, expires_on: date | None, today: date
) -> dict[str, DocumentFault]:
    """What is wrong with the days of a document, per field."""
    faults: dict[str, DocumentFault] = {}
    if issued_on is not None and issued_on > today:
        faults["issued_on"] = DocumentFault.ISSUED_AHEAD
    if expires_on is None:
        return faults | ({"expires_on": DocumentFault.EXPIRES_WHEN} if kind in DATED else {})
    if issued_on is not None and expires_on <= issued_on:
        faults["expires_on"] = DocumentFault.EXPIRES_TOO_EARLY
    elif expires_on < today:
        faults["expires_on"] = DocumentFault.EXPIRED_ALREADY
    return faults


def is_pdf(data: bytes) -> bool:
    """Whether the file calls itself a PDF in its first bytes; its name says nothing."""
    return data.startswith(b"%PDF-")


def pdf_fault(data: bytes) -> PdfFault | None:
    """Why this PDF is not kept: it is never opened here, only handed on to whoever checks it."""
    wrong = {
        PdfFault.TOO_HEAVY: len(data) > PDF_BYTES_AT_MOST,
        PdfFault.CUT_OFF: b"%%EOF" not in data[-2048:],
        PdfFault.LOCKED: b"/Encrypt" in data,
        PdfFault.ACTIVE: any(word in data for word in (b"/JavaScript", b"/Launch", b"/EmbeddedFile")),
    }
    return next((fault for fault, holds in wrong.items() if holds), None)
