"""Documents in words: their kinds and states, what a fair asks, and each reason with its cure."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.documents import (
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
from fairapp.rules.guards import Deed

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (DocumentKind.BUSINESS_LICENCE, _l("Business licence")),
    (DocumentKind.STAR_CERTIFICATE, _l("Star certificate")),
    (DocumentKind.FOOD_SAFETY, _l("Food safety certificate")),
    (DocumentKind.LABEL, _l("Product label")),
    (DocumentKind.ORIGIN, _l("Proof of origin")),
    (DocumentState.MISSING, _l("Missing")),
    (DocumentState.UPLOADED, _l("Waits to be checked")),
    (DocumentState.VERIFIED, _l("Verified")),
    (DocumentState.REFUSED, _l("Refused")),
    (DocumentStep.UPLOAD, _l("Upload")),
    (DocumentStep.VERIFY, _l("Verify")),
    (DocumentStep.REFUSE, _l("Refuse")),
    (DocumentStep.REMOVE, _l("Take the document back")),
    (Standing.MISSING, _l("Missing")),
    (Standing.REFUSED, _l("Refused")),
    (Standing.EXPIRES, _l("Expires before the fair ends")),
    (Standing.WAITING, _l("Waits to be checked")),
    (Standing.VALID, _l("In order")),
    (Stops.SUBMIT, _l("Submitting the application, and everything after")),
    (Stops.CONFIRM, _l("Confirming participation, and the hand-over")),
    (Stops.HAND_OVER, _l("The hand-over of the booth")),
    (Stops.NOTHING, _l("Nothing: it is asked, not demanded")),
    (Whence.ANYWHERE, _l("Makers from everywhere")),
    (Whence.HOME, _l("Makers of the fair's own country")),
    (Whence.ABROAD, _l("Makers from abroad")),
    (Deed.HAND_OVER, _l("Hand over the booth")),
    (DocumentReason.MISSING, _l("Missing documents: %(documents_missing)s. Upload them under Documents.")),
    (
        DocumentReason.REFUSED,
        _l("Refused documents: %(documents_refused)s. Read why under Documents and upload better ones."),
    ),
    (
        DocumentReason.EXPIRE,
        _l("Documents that expire before the fair ends: %(documents_expire)s. Upload renewed ones."),
    ),
    (
        DocumentReason.WAIT,
        _l("Documents that the organiser has yet to check: %(documents_wait)s. A letter follows the check."),
    ),
    (
        DocumentRefusal.NOT_FROM_HERE,
        _l("This document has been dealt with meanwhile. Look at what it says now."),
    ),
    (
        DocumentRefusal.VERIFIED_STAYS,
        _l("An organiser has verified this document, so it stays. Upload a newer one instead."),
    ),
    (
        DocumentRefusal.REASON_MISSING,
        _l("Say why you refuse the document: its organisation reads it and puts it right."),
    ),
    (
        DocumentRefusal.TOO_MANY,
        _l("An organisation keeps at most %(document_most)s documents here. Take old ones back first."),
    ),
    (
        DocumentRefusal.TOO_MANY_ASKED,
        _l("A fair asks for at most %(document_most)s things. Change one that is there."),
    ),
    (DocumentFault.NO_FILE, _l("Choose a file: a photo, a scan or a PDF.")),
    (DocumentFault.ISSUED_AHEAD, _l("This day lies ahead. Write the day printed on the document.")),
    (DocumentFault.EXPIRES_TOO_EARLY, _l("A document ends after the day it was issued. Check both days.")),
    (DocumentFault.EXPIRED_ALREADY, _l("This document has expired. Upload a renewed one.")),
    (DocumentFault.EXPIRES_WHEN, _l("This kind of document ends one day. Write until when it holds.")),
    (PdfFault.TOO_HEAVY, _l("This PDF is too large. Save it smaller, or photograph the page.")),
    (PdfFault.CUT_OFF, _l("The end of this PDF is missing. Save it again and upload the whole file.")),
    (PdfFault.LOCKED, _l("This PDF is locked with a password. Save it without one.")),
    (
        PdfFault.ACTIVE,
        _l("This PDF carries a program or other files. Print it into a new PDF and upload that."),
    ),
)
