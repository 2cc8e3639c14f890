"""States and refusals of badges and the answers of gates in words."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.badges import BadgeKind, BadgeRefusal, BadgeState, BadgeStep, GateRefusal, GateResult

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (BadgeState.NAMED, _l("Waiting for approval")),
    (BadgeState.APPROVED, _l("Approved")),
    (BadgeState.ISSUED, _l("Printed")),
    (BadgeState.REVOKED, _l("Revoked")),
    (BadgeState.REPLACED, _l("Replaced")),
    (BadgeKind.EXHIBITOR, _l("Exhibitor")),
    (BadgeKind.ORGANISER, _l("Organiser")),
    (BadgeKind.GUEST, _l("Guest")),
    (BadgeKind.PRESS, _l("Press")),
    (BadgeKind.CONTRACTOR, _l("Contractor")),
    (BadgeStep.RENAME, _l("Change the name")),
    (BadgeStep.APPROVE, _l("Approve")),
    (BadgeStep.PRINT, _l("Print")),
    (BadgeStep.REVOKE, _l("Revoke")),
    (BadgeStep.REPLACE, _l("Replace a lost badge")),
    (
        BadgeRefusal.NOT_FROM_HERE,
        _l("This is not possible for the badge of %(name)s any more. Look at its state again."),
    ),
    (
        BadgeRefusal.TOO_MANY_LANGUAGES,
        _l("A sign has room for %(most)s languages. Choose those in which visitors are served best."),
    ),
    (
        BadgeRefusal.ALLOTMENT_USED_UP,
        _l("All %(allotted)s badges of your stand have names. Take a name back to free one."),
    ),
    (
        BadgeRefusal.NO_BOOTH_YET,
        _l("Badges come with the booth. Name people as soon as a booth is assigned."),
    ),
    (BadgeRefusal.NAMES_CLOSED, _l("The deadline for names has passed. Write to the organiser.")),
    (BadgeRefusal.NAME_MISSING, _l("Write the person's name.")),
    (BadgeRefusal.EXHIBITOR_LEFT, _l("This exhibitor does not take part any more.")),
    (
        BadgeRefusal.ISSUES_USED_UP,
        _l("The badge of %(name)s was replaced 254 times. Revoke it and name the person anew."),
    ),
    (BadgeRefusal.REASON_MISSING, _l("Say why the badge is revoked. The gate shows it to the steward.")),
    (BadgeRefusal.NOTHING_CHOSEN, _l("Choose at least one badge of the list.")),
    (
        BadgeRefusal.NOTHING_TO_PRINT,
        _l("No badge is ready for print. Approve badges first, or choose others."),
    ),
    (GateResult.ADMITTED, _l("Welcome")),
    (GateResult.ALREADY, _l("Already inside")),
    (GateResult.REVOKED, _l("Badge revoked")),
    (GateResult.NOT_TODAY, _l("Not valid today")),
    (GateResult.UNKNOWN, _l("Unknown badge")),
    (GateRefusal.NOTHING_TO_UNDO, _l("There is no admission to undo. It may have been undone already.")),
    (GateRefusal.REASON_MISSING, _l("Say why the admission is undone.")),
)
