"""Letters that an organiser writes to many: to whom, in which languages, and the life of such a mailing."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from fairapp.rules.applications import State
from fairapp.rules.duties import OPEN, Duty, DutyKind, DutyState
from fairapp.rules.letter_texts import TextFault, Unknown, text_faults
from fairapp.rules.letters import Place

MOST_LETTERS = 12_000
MOST_NAMED = 500
"""Applications that are named one by one."""
PLACES = (
    Place.ORGANISATION,
    Place.FAIR,
    Place.DAYS,
    Place.VENUE,
    Place.LINK,
    Place.CONTACT,
    Place.BOOTH,
    Place.HALL,
)
"""What a letter to many may name."""


class MailingKind(StrEnum):
    """What a mailing is in the eyes of the law."""

    PARTICIPATION = "participation"
    """About taking part in a fair that its readers have applied to."""
    NEWS = "news"
    """News and invitations to apply: readers may say that they want no more of them."""


class MailingState(StrEnum):
    """Where a mailing stands."""

    DRAFT = "draft"
    SENDING = "sending"
    SENT = "sent"


class MailingStep(StrEnum):
    """What is done with a mailing."""

    EDIT = "edit"
    CONFIRM = "confirm"
    POST = "post"
    DISCARD = "discard"


STEPS: dict[tuple[MailingState, MailingStep], MailingState | None] = {
    (MailingState.DRAFT, MailingStep.EDIT): MailingState.DRAFT,
    (MailingState.DRAFT, MailingStep.CONFIRM): MailingState.SENDING,
    (MailingState.DRAFT, MailingStep.DISCARD): None,
    (MailingState.SENDING, MailingStep.CONFIRM): MailingState.SENDING,
    (MailingState.SENDING, MailingStep.POST): MailingState.SENT,
}
"""A mailing whose work was lost is confirmed again; its letters still go out once. None: it is gone."""


class MailingRefusal(StrEnum):
    """Why a mailing does not go out, or cannot be changed."""

    NOT_A_DRAFT = "not_a_draft"
    NOBODY = "nobody"
    TOO_MANY = "too_many"


class Audience(StrEnum):
    """Whom a mailing is for."""

    APPLICANTS = "applicants"
    EARLIER = "earlier"
    """Who took part in, or applied to, other fairs of the same organiser, and not to this one yet."""


class Owing(StrEnum):
    """What exhibitors owe who get a letter."""

    DOCUMENTS_MISSING = "documents_missing"
    TASKS_LATE = "tasks_late"
    ANYTHING_LATE = "anything_late"


_LATE = frozenset({DutyState.LATE})
OWED: dict[Owing, tuple[frozenset[DutyKind], frozenset[DutyState]]] = {
    Owing.DOCUMENTS_MISSING: (frozenset({DutyKind.DOCUMENT}), OPEN),
    Owing.TASKS_LATE: (frozenset({DutyKind.TASK}), _LATE),
    Owing.ANYTHING_LATE: (frozenset(DutyKind), _LATE),
}


def owes(duties: Iterable[Duty], what: Owing) -> bool:
    """Whether one of these duties is what the letter is about."""
    kinds, states = OWED[what]
    return any(duty.is_required and duty.kind in kinds and duty.state in states for duty in duties)


@dataclass(frozen=True, slots=True)
class Filter:
    """Who of them: every condition holds; nothing said is no condition."""

    audience: Audience = Audience.APPLICANTS
    states: tuple[State, ...] = ()
    group: str = ""
    place: str = ""
    kind: int | None = None
    hall: int | None = None
    unpaid: bool = False
    """With an instalment past its day."""
    owing: Owing | None = None
    ids: tuple[int, ...] = ()
    """Exactly these applications, as another page chose them."""

    def plain(self) -> dict[str, Any]:
        """As it is kept."""
        return {name: list(said) if isinstance(said, tuple) else said for name, said in asdict(self).items()}


def filter_from(kept: Mapping[str, Any]) -> Filter:
    """The filter as it was kept."""
    return Filter(
        audience=Audience(kept.get("audience", Audience.APPLICANTS)),
        states=tuple(State(each) for each in kept.get("states", ())),
        group=kept.get("group", ""),
        place=kept.get("place", ""),
        kind=kept.get("kind"),
        hall=kept.get("hall"),
        unpaid=kept.get("unpaid", False),
        owing=Owing(kept["owing"]) if kept.get("owing") else None,
        ids=tuple(kept.get("ids", ()))[:MOST_NAMED],
    )


def kind_for(audience: Audience, asked: MailingKind) -> MailingKind:
    """Whoever has not applied to the fair can only get news about it."""
    return MailingKind.NEWS if audience is Audience.EARLIER else asked


def mailing_faults(
    subjects: Mapping[str, str], bodies: Mapping[str, str]
) -> tuple[dict[str, TextFault], dict[str, Unknown]]:
    """What is wrong with the words, by ``subject_vi`` …; one language is enough, but it has to be whole."""
    faults: dict[str, TextFault] = {}
    unknown: dict[str, Unknown] = {}
    written = [each for each in subjects if subjects[each].strip() or bodies.get(each, "").strip()]
    for language in written or list(subjects)[:1]:
        wrong, names = text_faults(subjects[language], bodies.get(language, ""), PLACES)
        faults |= {f"{field}_{language}": fault for field, fault in wrong.items()}
        unknown |= {f"{field}_{language}": name for field, name in names.items()}
    return faults, unknown


def address_digest(folded: str) -> str:
    """What is kept of the address of somebody who wants no more news."""
    return hashlib.sha256(f"news:{folded}".encode()).hexdigest()


def unsubscribe_token(secret: str, digest: str) -> str:
    """Lets whoever has the letter, and nobody else, stop the news to its address."""
    return f"{digest}.{_seal(secret, digest)}"


def digest_in(secret: str, token: str) -> str | None:
    """The address's digest in a genuine token."""
    digest, _, seal = token.partition(".")
    good = token.isascii() and hmac.compare_digest(seal, _seal(secret, digest))
    return digest if good else None


def _seal(secret: str, digest: str) -> str:
    return hmac.new(secret.encode(), f"unsubscribe:{digest}".encode(), hashlib.sha256).hexdigest()[:32]
