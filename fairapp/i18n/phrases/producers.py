"""Kinds of organisations, parts of a profile, and why something of it cannot be kept."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.producers import (
    MOST_INVITATIONS,
    MOST_PHOTOS,
    MOST_PRODUCTS,
    OrganisationKind,
    Part,
    ProducerReason,
)

_R = ProducerReason
SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (OrganisationKind.ENTERPRISE, _l("Enterprise")),
    (OrganisationKind.COOPERATIVE, _l("Cooperative")),
    (OrganisationKind.COOPERATIVE_GROUP, _l("Cooperative group")),
    (OrganisationKind.HOUSEHOLD, _l("Business household")),
    (Part.IDENTITY, _l("Name and tax number")),
    (Part.PLACE, _l("Place")),
    (Part.CONTACT, _l("Contact")),
    (Part.STORY, _l("Your story")),
    (Part.PHOTOS, _l("Logo and photos")),
    (Part.PRODUCTS, _l("Products")),
    (_R.UNKNOWN_COUNTRY, _l("Choose a country of the list.")),
    (_R.UNKNOWN_PROVINCE, _l("Choose a province or city of the list.")),
    (_R.UNKNOWN_COMMUNE, _l("Choose a commune or ward of this province. Type its name, then pick it.")),
    (_R.WRONG_WEBSITE, _l("Enter a web address like example.com.")),
    (_R.UNKNOWN_GROUP, _l("Choose the product group.")),
    (_R.WRONG_STARS, _l("Stars go from 1 to 5.")),
    (
        _R.HALF_A_CERTIFICATE,
        _l("A certificate needs its authority, number and date. Fill in all three, or none."),
    ),
    (_R.ISSUED_AHEAD, _l("The day of issue lies ahead. Check the year.")),
    (_R.EXPIRES_TOO_EARLY, _l("The certificate ends before it begins. Check both dates.")),
    (_R.ODD_TRACE_CODE, _l("Enter the trace code in one word, 3 to 60 letters and digits.")),
    (
        _R.TOO_MANY_PRODUCTS,
        _l("%(most)s products are the most. Remove one before you add another.", most=MOST_PRODUCTS),
    ),
    (
        _R.TOO_MANY_PHOTOS,
        _l("%(most)s photos are the most. Remove one before you add another.", most=MOST_PHOTOS),
    ),
    (_R.MEMBER_ALREADY, _l("This person acts for the organisation already.")),
    (_R.INVITED_ALREADY, _l("A letter to this address is still open. Withdraw it to send a new one.")),
    (
        _R.TOO_MANY_INVITATIONS,
        _l("%(most)s invitations are open. Withdraw one before you send another.", most=MOST_INVITATIONS),
    ),
    (
        _R.INVITATION_ENDED,
        _l("This invitation was answered, taken back, or is too old. Ask for a new one."),
    ),
    (_R.LAST_MEMBER, _l("You are the last who acts for it. Invite somebody else first.")),
)
