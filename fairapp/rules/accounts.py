"""Accounts: how often one may try, how long a mailed link lives, who may grant what, and where one starts."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from fairapp.rules.actors import GRANTED, Actor, Permission, Role

PRIVACY = "privacy"
PRIVACY_VERSION = "2026-11-23"
LONGEST_NAME = 120


class AccountReason(StrEnum):
    """Why somebody cannot sign in, register or be granted a role."""

    WRONG_SIGN_IN = "wrong_sign_in"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - a reason, not a secret
    WRONG_REGISTRATION = "wrong_registration"
    NO_CONSENT = "no_consent"
    LINK_ENDED = "link_ended"
    SAME_EMAIL = "same_email"
    EMAIL_TAKEN = "email_taken"
    NOBODY_THERE = "nobody_there"
    GRANTED_ALREADY = "granted_already"
    NOT_YOURS_TO_GRANT = "not_yours_to_grant"
    NEEDS_A_FAIR = "needs_a_fair"
    OWN_ROLE = "own_role"
    LAST_ADMINISTRATOR = "last_administrator"


class Purpose(StrEnum):
    """What a mailed link is good for."""

    CONFIRM = "confirm"
    RESET = "reset"
    EMAIL = "email"


LINK_LIVES: dict[Purpose, timedelta] = {
    Purpose.CONFIRM: timedelta(days=2),
    Purpose.RESET: timedelta(hours=1),
    Purpose.EMAIL: timedelta(hours=24),
}
LINK_PATHS: dict[Purpose, str] = {
    Purpose.CONFIRM: "/confirm",
    Purpose.RESET: "/reset",
    Purpose.EMAIL: "/account/email",
}
"""Where each link leads, its token behind one more slash."""


class Counted(StrEnum):
    """What is counted: wrong passwords per account and per address, letters per reader and per asker."""

    ACCOUNT = "account"
    ADDRESS = "address"
    READER = "reader"
    ASKER = "asker"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many within the window."""

    most: int
    window: timedelta


LIMITS: dict[Counted, Limit] = {
    Counted.ACCOUNT: Limit(5, timedelta(minutes=15)),
    Counted.ADDRESS: Limit(30, timedelta(minutes=15)),
    Counted.READER: Limit(5, timedelta(hours=1)),
    Counted.ASKER: Limit(30, timedelta(hours=1)),
}
LONGEST_WINDOW = max(limit.window for limit in LIMITS.values())


def seconds_to_wait(times: Sequence[datetime], limit: Limit, now: datetime) -> int:
    """How long until one more try is open: 0 at once, else whole seconds from 1 on."""
    recent = sorted(time for time in times if time > now - limit.window)
    if len(recent) < limit.most:
        return 0
    opens = recent[len(recent) - limit.most] + limit.window
    return max(1, -int(-(opens - now).total_seconds() // 1))


@dataclass(frozen=True, slots=True, repr=False)
class Seal:
    """The installation's secret at work: link tokens and the digests under which things are counted.

    A token is worked out again from its nonce whenever a letter is written, so that neither the outbox nor
    any other table ever holds one; the database alone opens nothing.
    """

    secret: str

    def token(self, purpose: Purpose, account_id: int, nonce: str) -> str:
        """The secret part of a mailed link: 256 bits, 43 characters."""
        sealed = self._mac(f"link:{purpose.value}:{account_id}:{nonce}").digest()
        return urlsafe_b64encode(sealed).decode().rstrip("=")

    def counted(self, kind: Counted, what: str) -> str:
        """The name under which ``what`` (an address folded, or a network) is counted."""
        return self._mac(f"counted:{kind.value}:{what}").hexdigest()

    def _mac(self, text: str) -> hmac.HMAC:
        return hmac.new(self.secret.encode(), text.encode(), hashlib.sha256)


def token_digest(token: str) -> str:
    """What the database keeps of a link's token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def network_of(address: str | None) -> str:
    """Who is counted together: one IPv4 address, or the /64 that one IPv6 customer owns."""
    try:
        parsed = ip_address((address or "").partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ip_network((parsed, 64), strict=False))
    return str(parsed)


def own_path(text: str | None) -> str | None:
    """``text`` when it is a path on this very site, else None: nobody is led away by a link of ours."""
    if not text or len(text) > 2000 or not text.startswith("/") or text.startswith("//"):
        return None
    if "\\" in text or any(ord(letter) <= 32 or ord(letter) == 127 for letter in text):
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return None if parts.scheme or parts.netloc else text


GRANTED_BY_ORGANISERS: tuple[Role, ...] = (
    Role.REVIEWER,
    Role.FINANCE,
    Role.STEWARD,
    Role.SUPERVISOR,
    Role.ORGANISER,
)
WITHOUT_A_FAIR: tuple[Role, ...] = (Role.ADMINISTRATOR, Role.PRODUCER)


def grant_faults(actor: Actor, role: Role, fair_id: int | None) -> tuple[AccountReason, ...]:
    """Every reason why ``actor`` may not grant or revoke ``role`` there."""
    manages_all = actor.may(Permission.ACCOUNTS_MANAGE)
    own_fair = (
        fair_id is not None and actor.may(Permission.PEOPLE_GRANT, fair_id) and role in GRANTED_BY_ORGANISERS
    )
    faults = {
        AccountReason.NOT_YOURS_TO_GRANT: not (manages_all or own_fair),
        AccountReason.NEEDS_A_FAIR: (fair_id is None) != (role in WITHOUT_A_FAIR),
    }
    return tuple(reason for reason, holds in faults.items() if holds)


@dataclass(frozen=True, slots=True)
class FairDays:
    """What the start page must know of a fair."""

    fair_id: int
    code: str
    starts_on: date
    ends_on: date


_OFFICE = frozenset({Permission.FAIR_EDIT, Permission.APPLICATION_SEE, Permission.REVIEW_GIVE})


def start_path(actor: Actor, fairs: Sequence[FairDays], today: date) -> str:
    """Where somebody begins: the office, the gate, the accounts, its delegations, or the own page."""
    running_first = sorted(fairs, key=lambda fair: _nearness(fair, today))
    for permissions, room in ((_OFFICE, "o"), (frozenset({Permission.GATE_SCAN}), "g")):
        for fair in running_first:
            if any(actor.may(permission, fair.fair_id) for permission in permissions):
                return f"/{room}/{fair.code}"
    if any(Permission.ACCOUNTS_MANAGE in GRANTED[grant.role] for grant in actor.grants):
        return "/admin/accounts"
    is_head = any(grant.role is Role.DELEGATION_HEAD for grant in actor.grants)
    return "/d" if is_head and not actor.organisation_ids else "/me"


def _nearness(fair: FairDays, today: date) -> tuple[bool, int]:
    """Fairs that are on or to come first, the nearest of them in front; then the latest past one."""
    if fair.ends_on >= today:
        return False, fair.starts_on.toordinal()
    return True, -fair.ends_on.toordinal()
