"""Who an organisation is, what it makes, and what its stars rest on."""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from urllib.parse import urlsplit


class OrganisationKind(StrEnum):
    """The legal kinds of makers a one-commune-one-product programme knows."""

    ENTERPRISE = "enterprise"
    COOPERATIVE = "cooperative"
    COOPERATIVE_GROUP = "cooperative_group"
    HOUSEHOLD = "household"


class Part(StrEnum):
    """The parts of a profile, each a page of its own."""

    IDENTITY = "identity"
    PLACE = "place"
    CONTACT = "contact"
    STORY = "story"
    PHOTOS = "photos"
    PRODUCTS = "products"


class ProducerReason(StrEnum):
    """Why something of an organisation's profile cannot be kept."""

    UNKNOWN_COUNTRY = "unknown_country"
    UNKNOWN_PROVINCE = "unknown_province"
    UNKNOWN_COMMUNE = "unknown_commune"
    WRONG_WEBSITE = "wrong_website"
    UNKNOWN_GROUP = "unknown_group"
    WRONG_STARS = "wrong_stars"
    HALF_A_CERTIFICATE = "half_a_certificate"
    ISSUED_AHEAD = "issued_ahead"
    EXPIRES_TOO_EARLY = "expires_too_early"
    ODD_TRACE_CODE = "odd_trace_code"
    TOO_MANY_PRODUCTS = "too_many_products"
    TOO_MANY_PHOTOS = "too_many_photos"
    MEMBER_ALREADY = "member_already"
    INVITED_ALREADY = "invited_already"
    TOO_MANY_INVITATIONS = "too_many_invitations"
    INVITATION_ENDED = "invitation_ended"
    LAST_MEMBER = "last_member"


MOST_PRODUCTS = 60
MOST_PHOTOS = 8
MOST_INVITATIONS = 20
INVITATION_LASTS = timedelta(days=14)
LONGEST_WEBSITE = 300
LONGEST_NUMBER = 20
"""Of a tax code, in whatever country."""

_HOST = re.compile(r"(?=.{4,253}$)([\w](?:[\w-]{0,61}[\w])?\.)+[^\W\d_][\w-]{1,62}")
_TRACE = re.compile(r"[\w./:()+-]{3,60}")


def website(text: str) -> str | ProducerReason:
    """The address with its scheme (``example.com`` gets ``https://``), or why it leads nowhere."""
    typed = text.strip()
    if "://" not in typed:
        typed = f"https://{typed}"
    try:
        parts = urlsplit(typed)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ProducerReason.WRONG_WEBSITE
    odd = any(letter <= " " or letter in "\"'<>\\`{}|" for letter in typed)
    known = parts.scheme in ("http", "https") and _HOST.fullmatch(host) and port != 0
    if odd or not known or "@" in parts.netloc or len(typed) > LONGEST_WEBSITE:
        return ProducerReason.WRONG_WEBSITE
    return typed


def is_trace_code(text: str) -> bool:
    """Whether a trace code has a plausible form: one word, an OCOP number, a GTIN or a link."""
    return _TRACE.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Paper:
    """A certificate as it is written down."""

    authority: str
    number: str
    issued_on: date | None
    expires_on: date | None

    @property
    def is_blank(self) -> bool:
        """Whether nothing of it was written."""
        return not (self.authority or self.number or self.issued_on or self.expires_on)


def paper_faults(paper: Paper, today: date) -> dict[str, ProducerReason]:
    """What is wrong with the certificate, per field; a blank one is fine."""
    if paper.is_blank:
        return {}
    faults = {
        name: ProducerReason.HALF_A_CERTIFICATE
        for name in ("authority", "number", "issued_on")
        if not getattr(paper, name)
    }
    if paper.issued_on and paper.issued_on > today:
        faults["issued_on"] = ProducerReason.ISSUED_AHEAD
    if paper.issued_on and paper.expires_on and paper.expires_on <= paper.issued_on:
        faults["expires_on"] = ProducerReason.EXPIRES_TOO_EARLY
    return faults


STAR_PAPER_MONTHS = 36
"""How long a certificate of three to five stars holds (Decision 148/QĐ-TTg)."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a profile holds so far."""

    has_number: bool
    has_place: bool
    has_contact: bool
    has_story: bool
    photos: int
    products: int


def missing_parts(profile: Profile) -> tuple[Part, ...]:
    """The parts that a visitor or reviewer would miss, in the order in which they are best filled in."""
    lacks = {
        Part.IDENTITY: not profile.has_number,
        Part.PLACE: not profile.has_place,
        Part.CONTACT: not profile.has_contact,
        Part.STORY: not profile.has_story,
        Part.PHOTOS: profile.photos == 0,
        Part.PRODUCTS: profile.products == 0,
    }
    return tuple(part for part, missing in lacks.items() if missing)


def invitation_token(secret: str, nonce: str) -> str:
    """The secret part of an invitation's link, worked out again for the letter and kept nowhere."""
    sealed = hmac.new(secret.encode(), f"invitation:{nonce}".encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(sealed).decode().rstrip("=")


def token_digest(token: str) -> str:
    """What the database keeps of an invitation's token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
