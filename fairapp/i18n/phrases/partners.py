"""Partners in words: their kinds, states and steps, and each reason with its cure."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.partners import PartnerFault, PartnerKind, PartnerRefusal, PartnerState, PartnerStep

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (PartnerKind.CO_EXHIBITOR, _l("Co-exhibitor")),
    (PartnerKind.REPRESENTED, _l("Represented company")),
    (PartnerState.PROPOSED, _l("Waits for the organiser")),
    (PartnerState.APPROVED, _l("Approved")),
    (PartnerState.REFUSED, _l("Refused")),
    (PartnerState.TAKEN_BACK, _l("Taken back")),
    (PartnerState.LEFT, _l("Left the fair")),
    (PartnerStep.CHANGE, _l("Change")),
    (PartnerStep.APPROVE, _l("Approve")),
    (PartnerStep.REFUSE, _l("Refuse")),
    (PartnerStep.TAKE_BACK, _l("Name it no more")),
    (PartnerStep.LEAVE, _l("Leave the fair")),
    (
        PartnerRefusal.NOT_FROM_HERE,
        _l("This partner has been dealt with meanwhile. Look at how it stands now."),
    ),
    (
        PartnerRefusal.NOT_ADMITTED,
        _l("Partners are named once the application is accepted. Look at how the application stands."),
    ),
    (
        PartnerRefusal.NAMING_CLOSED,
        _l("The deadline for naming partners has passed. Write to the organiser, who can still name one."),
    ),
    (
        PartnerRefusal.NAMED_ALREADY,
        _l("This company is named already. Change the one that is there, or name another."),
    ),
    (PartnerRefusal.ITSELF, _l("This is the main exhibitor itself. Name another company.")),
    (PartnerRefusal.TOO_MANY, _l("So many partners cannot be named. Take one back first.")),
    (
        PartnerRefusal.REASON_MISSING,
        _l("Say why you refuse the partner: its main exhibitor reads it and puts it right."),
    ),
    (
        PartnerFault.PERSONAL_NUMBER,
        _l("This is the number of a person. Leave it out: they enter it themselves."),
    ),
    (PartnerFault.TOO_MANY_PRODUCTS, _l("Name at most 12 products.")),
    (PartnerFault.NO_GROUP, _l("Choose the group of the products.")),
)
