"""Invitation letters with which exhibitors from abroad ask for their visas: for whom, and the life of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

MOST_PEOPLE = 6
LONGEST_NAME = 120
LONGEST_NATIONALITY = 60
LONGEST_EMBASSY = 160
LONGEST_REASON = 500
KEPT_AFTER = timedelta(days=30)
"""After the fair's last day: then names and papers are erased by themselves."""
_PASSPORT = re.compile(r"[A-Z0-9]{5,20}")


class VisaState(StrEnum):
    """Where an invitation letter stands."""

    ASKED = "asked"
    ISSUED = "issued"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"


class VisaStep(StrEnum):
    """What is done with it."""

    ISSUE = "issue"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    REVOKE = "revoke"


STEPS: dict[tuple[VisaState, VisaStep], VisaState] = {
    (VisaState.ASKED, VisaStep.ISSUE): VisaState.ISSUED,
    (VisaState.ASKED, VisaStep.REFUSE): VisaState.REFUSED,
    (VisaState.ASKED, VisaStep.WITHDRAW): VisaState.WITHDRAWN,
    (VisaState.ISSUED, VisaStep.REVOKE): VisaState.REVOKED,
}


class VisaRefusal(StrEnum):
    """Why a step is not possible."""

    NOT_FROM_HERE = "not_from_here"
    NOT_ABROAD = "not_abroad"
    NOT_ADMITTED = "not_admitted"
    WAITS_ALREADY = "waits_already"


class VisaFault(StrEnum):
    """What is wrong with an entry."""

    NOBODY = "nobody"
    NAME_MISSING = "name_missing"
    NATIONALITY_MISSING = "nationality_missing"
    PASSPORT_WRONG = "passport_wrong"
    SIGNER_MISSING = "signer_missing"
    REASON_MISSING = "reason_missing"


@dataclass(frozen=True, slots=True)
class Traveller:
    """Somebody who asks for a visa; ``passport`` only if the applicant wants it on the letter."""

    name: str
    nationality: str
    passport: str = ""

    def plain(self) -> dict[str, str]:
        """As it is kept."""
        return asdict(self)


def travellers(kept: Iterable[Mapping[str, Any]]) -> tuple[Traveller, ...]:
    """The people as they were kept."""
    return tuple(Traveller(each["name"], each["nationality"], each.get("passport", "")) for each in kept)


def without_passports(people: Iterable[Traveller]) -> list[dict[str, str]]:
    """The people as they stay once the letter is printed or nobody needs it."""
    return [Traveller(each.name, each.nationality).plain() for each in people]


def passport_number(typed: str) -> str:
    """The number as it stands on papers: capitals and digits without blanks."""
    return re.sub(r"[\s.-]", "", typed).upper()


def traveller_fault(person: Traveller) -> tuple[str, VisaFault] | None:
    """(field, what is wrong), if anything is."""
    if not person.name.strip():
        return "name", VisaFault.NAME_MISSING
    if not person.nationality.strip():
        return "nationality", VisaFault.NATIONALITY_MISSING
    if person.passport and not _PASSPORT.fullmatch(person.passport):
        return "passport", VisaFault.PASSPORT_WRONG
    return None


def reference_of(fair_code: str, number: int) -> str:
    """``OCOP27-VISA-0003``."""
    return f"{fair_code}-VISA-{number:04d}"


def is_over(ends_on: date, today: date) -> bool:
    """Whether the letters of a fair that ended then are needed no more."""
    return today > ends_on + KEPT_AFTER
