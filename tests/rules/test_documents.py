"""Documents: their life as a matrix, whom a fair asks, how one stands, and what its lack holds back."""

from datetime import date, timedelta
from typing import Any

import pytest

from fairapp.rules.documents import (
    PDF_BYTES_AT_MOST,
    STEPS,
    Applicant,
    DocumentFault,
    DocumentKind,
    DocumentRefusal,
    DocumentState,
    DocumentStep,
    Paper,
    PdfFault,
    Requirement,
    Standing,
    Stops,
    Whence,
    asked_of,
    asks,
    document_faults,
    holds_back,
    is_pdf,
    pdf_fault,
    refusal_of,
    standing,
)
from fairapp.rules.producers import OrganisationKind

LAST_DAY = date(2027, 4, 19)
FROM_HERE = {
    DocumentState.MISSING: {DocumentStep.UPLOAD},
    DocumentState.UPLOADED: {DocumentStep.VERIFY, DocumentStep.REFUSE, DocumentStep.REMOVE},
    DocumentState.VERIFIED: {DocumentStep.REFUSE},
    DocumentState.REFUSED: {DocumentStep.VERIFY, DocumentStep.REMOVE},
}
TEA = Applicant(OrganisationKind.COOPERATIVE, True, frozenset({"drink"}), "standard", has_stars=True)


@pytest.mark.parametrize("state", DocumentState)
@pytest.mark.parametrize("step", DocumentStep)
def test_every_step_from_every_state_is_taken_or_refused_by_name(
    state: DocumentState, step: DocumentStep
) -> None:
    refusal = refusal_of(state, step, "The stamp cannot be read.")
    if step in FROM_HERE[state]:
        assert (refusal, (state, step) in STEPS) == (None, True)
    elif (state, step) == (DocumentState.VERIFIED, DocumentStep.REMOVE):
        assert refusal is DocumentRefusal.VERIFIED_STAYS
    else:
        assert refusal is DocumentRefusal.NOT_FROM_HERE


def test_a_document_is_refused_with_a_reason() -> None:
    assert refusal_of(DocumentState.UPLOADED, DocumentStep.REFUSE, " ") is DocumentRefusal.REASON_MISSING


@pytest.mark.parametrize(
    ("requirement", "asked"),
    [
        ({}, True),
        ({"organisation_kinds": {"household"}}, False),
        ({"organisation_kinds": {"household", "cooperative"}}, True),
        ({"groups": {"food"}}, False),
        ({"groups": {"food", "drink"}}, True),
        ({"booth_kinds": {"raw"}}, False),
        ({"booth_kinds": {"standard"}}, True),
        ({"whence": Whence.ABROAD}, False),
        ({"whence": Whence.HOME}, True),
        ({"groups": {"drink"}, "organisation_kinds": {"household"}}, False),
    ],
)
def test_a_fair_asks_those_whom_every_line_fits(requirement: dict[str, Any], asked: bool) -> None:
    lines = {
        name: frozenset(value) if isinstance(value, set) else value for name, value in requirement.items()
    }
    assert asks(Requirement(DocumentKind.LABEL, Stops.CONFIRM, **lines), TEA) is asked  # type: ignore[arg-type]


def test_stars_are_proved_by_those_who_show_them() -> None:
    stars = Requirement(DocumentKind.STAR_CERTIFICATE, Stops.CONFIRM)
    plain = Applicant(OrganisationKind.COOPERATIVE, True, frozenset({"drink"}))
    assert (asks(stars, TEA), asks(stars, plain)) == (True, False)


def test_a_kind_that_is_asked_twice_holds_back_the_earlier_step() -> None:
    asked = asked_of(
        [
            Requirement(DocumentKind.FOOD_SAFETY, Stops.HAND_OVER),
            Requirement(DocumentKind.BUSINESS_LICENCE, Stops.NOTHING),
            Requirement(DocumentKind.FOOD_SAFETY, Stops.SUBMIT, groups=frozenset({"drink"})),
            Requirement(DocumentKind.ORIGIN, Stops.SUBMIT, whence=Whence.ABROAD),
        ],
        TEA,
    )
    assert asked == {DocumentKind.BUSINESS_LICENCE: Stops.NOTHING, DocumentKind.FOOD_SAFETY: Stops.SUBMIT}


def paper(state: DocumentState, days_after_the_fair: int | None = None) -> Paper:
    ends = None if days_after_the_fair is None else LAST_DAY + timedelta(days=days_after_the_fair)
    return Paper(DocumentKind.FOOD_SAFETY, state, ends)


@pytest.mark.parametrize(
    ("papers", "how"),
    [
        ([], (Standing.MISSING, None)),
        ([paper(DocumentState.UPLOADED)], (Standing.WAITING, 0)),
        ([paper(DocumentState.UPLOADED, -1)], (Standing.EXPIRES, 0)),
        ([paper(DocumentState.VERIFIED, -1)], (Standing.EXPIRES, 0)),
        ([paper(DocumentState.VERIFIED, 0)], (Standing.VALID, 0)),
        ([paper(DocumentState.VERIFIED)], (Standing.VALID, 0)),
        ([paper(DocumentState.REFUSED)], (Standing.REFUSED, 0)),
        ([paper(DocumentState.UPLOADED), paper(DocumentState.VERIFIED)], (Standing.VALID, 1)),
        ([paper(DocumentState.REFUSED), paper(DocumentState.VERIFIED, 9)], (Standing.VALID, 1)),
        ([paper(DocumentState.UPLOADED), paper(DocumentState.VERIFIED, -9)], (Standing.WAITING, 0)),
    ],
)
def test_the_best_document_counts_and_the_fairs_last_day_judges(
    papers: list[Paper], how: tuple[Standing, int | None]
) -> None:
    assert standing(papers, LAST_DAY) == how


@pytest.mark.parametrize("how", Standing)
@pytest.mark.parametrize("stops", Stops)
@pytest.mark.parametrize("at", [Stops.SUBMIT, Stops.CONFIRM, Stops.HAND_OVER])
def test_a_lack_holds_back_its_step_and_all_later_ones(how: Standing, stops: Stops, at: Stops) -> None:
    steps = [Stops.SUBMIT, Stops.CONFIRM, Stops.HAND_OVER]
    reached = stops in steps[: steps.index(at) + 1]
    wrong = how in (Standing.MISSING, Standing.REFUSED, Standing.EXPIRES)
    unchecked = how is Standing.WAITING and at is not Stops.SUBMIT
    assert holds_back(stops, at, how) is (reached and (wrong or unchecked))


@pytest.mark.parametrize(
    ("kind", "issued", "expires", "faults"),
    [
        (DocumentKind.LABEL, None, None, {}),
        (DocumentKind.LABEL, 1, None, {"issued_on": DocumentFault.ISSUED_AHEAD}),
        (DocumentKind.FOOD_SAFETY, -9, None, {"expires_on": DocumentFault.EXPIRES_WHEN}),
        (DocumentKind.FOOD_SAFETY, -9, -10, {"expires_on": DocumentFault.EXPIRES_TOO_EARLY}),
        (DocumentKind.FOOD_SAFETY, -9, -1, {"expires_on": DocumentFault.EXPIRED_ALREADY}),
        (DocumentKind.FOOD_SAFETY, -9, 0, {}),
    ],
)
def test_the_days_of_a_document_make_sense(
    kind: DocumentKind, issued: int | None, expires: int | None, faults: dict[str, DocumentFault]
) -> None:
    today = date(2027, 1, 12)
    days = [None if each is None else today + timedelta(days=each) for each in (issued, expires)]
    assert document_faults(kind, days[0], days[1], today) == faults


PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (PDF, None),
        (PDF[:-7], PdfFault.CUT_OFF),
        (PDF + b"x" * 3000, PdfFault.CUT_OFF),
        (b"%PDF-1.7" + b" " * PDF_BYTES_AT_MOST + b"%%EOF", PdfFault.TOO_HEAVY),
        (PDF.replace(b"trailer <<", b"trailer <</Encrypt 2 0 R"), PdfFault.LOCKED),
        (PDF.replace(b"<<>> endobj", b"<</S /JavaScript>> endobj"), PdfFault.ACTIVE),
        (PDF.replace(b"<<>> endobj", b"<</S /Launch>> endobj"), PdfFault.ACTIVE),
    ],
)
def test_a_pdf_is_whole_bounded_open_and_passive(data: bytes, fault: PdfFault | None) -> None:
    assert (is_pdf(data), pdf_fault(data)) == (True, fault)


def test_a_name_makes_no_pdf() -> None:
    assert not is_pdf(b"<html>licence.pdf %PDF-1.7")
