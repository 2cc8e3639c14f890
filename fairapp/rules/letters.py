"""Letters of a fair: what happened, which places a text may name, and how words are put into them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fairapp.rules.partners import PartnerState


class LetterEvent(StrEnum):
    """Why a letter goes out."""

    SUBMITTED = "submitted"
    RESUBMITTED = "resubmitted"
    RETURNED = "returned"
    IN_REVIEW = "in_review"
    ACCEPTED = "accepted"
    WAITLISTED = "waitlisted"
    DECLINED = "declined"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    REOPENED = "reopened"
    LAPSED = "lapsed"
    PLACE_OFFERED = "place_offered"
    OFFER_DECLINED = "offer_declined"
    OFFER_EXPIRED = "offer_expired"
    OFFER_TAKEN_BACK = "offer_taken_back"
    FORM_CHANGED = "form_changed"
    MORE_TIME = "more_time"
    CHANGE_APPROVED = "change_approved"
    CHANGE_REFUSED = "change_refused"
    DOCUMENT_REFUSED = "document_refused"
    DOCUMENTS_COMPLETE = "documents_complete"
    CONTRACT_TO_SIGN = "contract_to_sign"
    CONTRACT_AGAIN = "contract_again"
    CONTRACT_COUNTERSIGNED = "contract_countersigned"
    CONTRACT_REFUSED = "contract_refused"
    BOOTH_ASSIGNED = "booth_assigned"
    BOOTH_MOVED = "booth_moved"
    BOOTH_DAYS = "booth_days"
    BOOTH_RELEASED = "booth_released"
    DRAW_SEALED = "draw_sealed"
    DRAW_DRAWN = "draw_drawn"
    TURN_CALLED = "turn_called"
    TURN_MISSED = "turn_missed"
    BOOTH_HANDED_OVER = "booth_handed_over"
    HANDOVER_UNDONE = "handover_undone"
    PAYMENT_REQUESTED = "payment_requested"
    CREDIT_NOTE = "credit_note"
    PAYMENT_COMING = "payment_coming"
    FIRST_REMINDER = "first_reminder"
    SECOND_REMINDER = "second_reminder"
    LAST_REMINDER = "last_reminder"
    BADGES_APPROVED = "badges_approved"
    ENTRY_RETURNED = "entry_returned"
    VISA_ISSUED = "visa_issued"
    VISA_REFUSED = "visa_refused"
    PARTNER_APPROVED = "partner_approved"
    PARTNER_REFUSED = "partner_refused"
    PARTNER_NAMED = "partner_named"
    PARTNER_ENDED = "partner_ended"
    TASK_RETURNED = "task_returned"
    DUTIES_OWED = "duties_owed"
    DUTIES_COMING = "duties_coming"
    REVIEWS_COMING = "reviews_coming"
    REVIEWS_LATE = "reviews_late"
    FAIR_CANCELLED = "fair_cancelled"
    FAIR_POSTPONED = "fair_postponed"
    HEAD_INVITED = "head_invited"
    MAILING = "mailing"
    NEWS = "news"


class LetterTopic(StrEnum):
    """What letters are about, in the order of the work."""

    APPLICATION = "application"
    WAITING = "waiting"
    ANSWERS = "answers"
    CONTRACT = "contract"
    BOOTH = "booth"
    MONEY = "money"
    PEOPLE = "people"
    REVIEW = "review"
    FAIR = "fair"


class Place(StrEnum):
    """A place in a text that is filled for each reader: written ``{organisation}``."""

    READER = "reader"
    ORGANISATION = "organisation"
    FAIR = "fair"
    DAYS = "days"
    VENUE = "venue"
    LINK = "link"
    CONTACT = "contact"
    REASON = "reason"
    PARTS = "parts"
    DEADLINE = "deadline"
    BOOTH = "booth"
    HALL = "hall"
    AREA = "area"
    BEFORE = "before"
    BOOTH_LINK = "booth_link"
    CONFIRM_LINK = "confirm_link"
    POSITION = "position"
    PHASE = "phase"
    DOCUMENT = "document"
    NUMBER = "number"
    SUM = "sum"
    INSTALMENTS = "instalments"
    DUE_ON = "due_on"
    REFERENCE = "reference"
    ACCOUNT_NUMBER = "account_number"
    ACCOUNT_NAME = "account_name"
    BANK = "bank"
    NAMES = "names"
    COUNT = "count"
    DELEGATION = "delegation"
    VALID_UNTIL = "valid_until"
    PARTNER = "partner"
    TASK = "task"
    LATE = "late"
    DUE = "due"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Kind:
    """A letter's built-in text, the facts that tell it from others of the same file, and its places."""

    template: str
    when: Mapping[str, object] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    needs: tuple[Place, ...] = ()
    """Without these nobody could do what the letter asks for."""


_ALWAYS = (Place.ORGANISATION, Place.FAIR, Place.LINK, Place.CONTACT)
_STEP = (*_ALWAYS, Place.DAYS)
_UNTIL = (*_STEP, Place.DEADLINE)
_SAID = (*_STEP, Place.REASON)
_STAND = (*_ALWAYS, Place.DAYS, Place.BOOTH, Place.HALL, Place.AREA, Place.BOOTH_LINK)
_PAY = (*_ALWAYS, Place.NUMBER, Place.SUM)
_BANK = (Place.ACCOUNT_NUMBER, Place.ACCOUNT_NAME, Place.BANK)
_DUE = (*_PAY, Place.DUE_ON, Place.REFERENCE, *_BANK)
_OFFERED = (*_UNTIL, Place.BOOTH, Place.HALL, Place.AREA)
_OFFER = (*_STEP, Place.POSITION)
_OWED = (*_ALWAYS, Place.REASON, Place.LATE, Place.DUE, Place.COUNT)
_REVIEWS = (Place.READER, *_ALWAYS[1:], Place.REASON, Place.COUNT, Place.DEADLINE)
_CHANGED = (Place.READER, *_STEP, Place.REASON, Place.OFFICE)
_HEAD = (*_ALWAYS[1:], Place.DAYS, Place.DELEGATION, Place.COUNT, Place.DEADLINE, Place.VALID_UNTIL)
_E = LetterEvent


def _step(step: str, *places: Place) -> Kind:
    return Kind("applications/step", {"step": step}, places)


def _partner(state: PartnerState) -> Kind:
    return Kind("partners/decided", {"state": state}, (*_ALWAYS, Place.PARTNER, Place.REASON))


def _guest(*, named: bool) -> Kind:
    places = (Place.ORGANISATION, Place.FAIR, Place.CONTACT, Place.PARTNER)
    return Kind("partners/guest", {"named": named}, places)


def _contract(event: str, *places: Place) -> Kind:
    return Kind("contracts/contract", {"event": event}, (*_ALWAYS, *places))


KINDS: dict[LetterEvent, Kind] = {
    _E.SUBMITTED: _step("submit", *_STEP),
    _E.RESUBMITTED: _step("resubmit", *_STEP),
    _E.RETURNED: _step("return", *_SAID, Place.PARTS),
    _E.IN_REVIEW: _step("begin_review", *_STEP),
    _E.ACCEPTED: _step("accept", *_SAID),
    _E.WAITLISTED: _step("waitlist", *_SAID),
    _E.DECLINED: _step("decline", *_SAID),
    _E.CONFIRMED: _step("confirm", *_UNTIL),
    _E.WITHDRAWN: _step("withdraw", *_UNTIL),
    _E.CANCELLED: _step("cancel", *_SAID),
    _E.REOPENED: _step("reopen", *_UNTIL),
    _E.LAPSED: _step("lapse", *_STEP),
    _E.PLACE_OFFERED: Kind("applications/waiting_offer", {"state": "open"}, _OFFERED),
    _E.OFFER_DECLINED: Kind("applications/waiting_offer", {"state": "declined"}, _OFFER),
    _E.OFFER_EXPIRED: Kind("applications/waiting_offer", {"state": "expired"}, _OFFER),
    _E.OFFER_TAKEN_BACK: Kind("applications/waiting_offer", {"state": "recalled"}, _OFFER),
    _E.FORM_CHANGED: Kind("applications/form_changed", {}, _ALWAYS[:3]),
    _E.MORE_TIME: Kind("applications/more_time", {}, (*_ALWAYS[:3], Place.PHASE, Place.DEADLINE)),
    _E.CHANGE_APPROVED: Kind("applications/change", {"approved": True}, (*_ALWAYS[:3], Place.REASON)),
    _E.CHANGE_REFUSED: Kind("applications/change", {"approved": False}, (*_ALWAYS[:3], Place.REASON)),
    _E.DOCUMENT_REFUSED: Kind("documents/refused", {}, (*_ALWAYS, Place.DOCUMENT, Place.REASON)),
    _E.DOCUMENTS_COMPLETE: Kind("documents/complete", {}, _ALWAYS),
    _E.TASK_RETURNED: Kind("manual/returned", {}, (*_ALWAYS, Place.TASK, Place.REASON)),
    _E.DUTIES_OWED: Kind("manual/owed", {"is_late": True}, _OWED),
    _E.DUTIES_COMING: Kind("manual/owed", {"is_late": False}, _OWED),
    _E.CONTRACT_TO_SIGN: _contract("sign"),
    _E.CONTRACT_AGAIN: _contract("again"),
    _E.CONTRACT_COUNTERSIGNED: _contract("countersigned"),
    _E.CONTRACT_REFUSED: _contract("refused", Place.REASON),
    _E.BOOTH_ASSIGNED: Kind("allocation/assigned", {}, (*_STAND, Place.CONFIRM_LINK)),
    _E.BOOTH_MOVED: Kind("allocation/moved", {}, (*_STAND, Place.BEFORE)),
    _E.BOOTH_DAYS: Kind("allocation/days", {}, _STAND),
    _E.BOOTH_RELEASED: Kind("allocation/released", {}, (*_STAND, Place.REASON)),
    _E.DRAW_SEALED: Kind(
        "draws/announced", {"is_drawn": False}, (*_ALWAYS, Place.NUMBER, Place.DEADLINE, Place.REFERENCE)
    ),
    _E.DRAW_DRAWN: Kind("draws/announced", {"is_drawn": True}, (*_ALWAYS, Place.POSITION)),
    _E.TURN_CALLED: Kind("draws/turn", {"is_missed": False}, (*_ALWAYS, Place.DEADLINE)),
    _E.TURN_MISSED: Kind("draws/turn", {"is_missed": True}, (*_ALWAYS, Place.DEADLINE)),
    _E.BOOTH_HANDED_OVER: Kind(
        "allocation/handover", {"step": "hand_over"}, (*_ALWAYS, Place.BOOTH, Place.HALL, Place.REASON)
    ),
    _E.HANDOVER_UNDONE: Kind(
        "allocation/handover", {"step": "take_back"}, (*_ALWAYS, Place.BOOTH, Place.HALL, Place.REASON)
    ),
    _E.PAYMENT_REQUESTED: Kind("billing/issued", {"is_credit": False}, (*_PAY, Place.INSTALMENTS, *_BANK)),
    _E.CREDIT_NOTE: Kind("billing/issued", {"is_credit": True}, (*_PAY, Place.REASON)),
    _E.PAYMENT_COMING: Kind("bank/reminder", {"reminder": "coming"}, _DUE),
    _E.FIRST_REMINDER: Kind("bank/reminder", {"reminder": "first"}, _DUE),
    _E.SECOND_REMINDER: Kind("bank/reminder", {"reminder": "second"}, _DUE),
    _E.LAST_REMINDER: Kind("bank/reminder", {"reminder": "last"}, _DUE),
    _E.BADGES_APPROVED: Kind("badges/approved", {}, (*_ALWAYS[:3], Place.DAYS, Place.NAMES, Place.COUNT)),
    _E.ENTRY_RETURNED: Kind("delegations/entry_returned", {}, (*_ALWAYS[:3], Place.DELEGATION, Place.REASON)),
    _E.VISA_ISSUED: Kind(
        "letters/visa", {"state": "issued"}, (*_ALWAYS, Place.DAYS, Place.NUMBER, Place.NAMES)
    ),
    _E.VISA_REFUSED: Kind("letters/visa", {"state": "refused"}, (*_ALWAYS, Place.REASON)),
    _E.PARTNER_APPROVED: _partner(PartnerState.APPROVED),
    _E.PARTNER_REFUSED: _partner(PartnerState.REFUSED),
    _E.PARTNER_NAMED: _guest(named=True),
    _E.PARTNER_ENDED: _guest(named=False),
    _E.HEAD_INVITED: Kind("delegations/head_invited", {}, _HEAD, (Place.LINK,)),
    _E.REVIEWS_COMING: Kind("applications/reviews_owed", {"is_late": False}, _REVIEWS),
    _E.REVIEWS_LATE: Kind("applications/reviews_owed", {"is_late": True}, _REVIEWS),
    _E.FAIR_POSTPONED: Kind("fairs/fair_changed", {"is_cancelled": False}, _CHANGED),
    _E.FAIR_CANCELLED: Kind("fairs/fair_changed", {"is_cancelled": True}, _CHANGED),
}
"""The letters that are written by themselves, each with a text that a fair may change."""

EDITABLE = tuple(KINDS)
_TOPICS = {
    "applications/step": LetterTopic.APPLICATION,
    "applications/waiting_offer": LetterTopic.WAITING,
    "applications/reviews_owed": LetterTopic.REVIEW,
    "applications": LetterTopic.ANSWERS,
    "documents": LetterTopic.ANSWERS,
    "manual": LetterTopic.ANSWERS,
    "contracts": LetterTopic.CONTRACT,
    "allocation": LetterTopic.BOOTH,
    "draws": LetterTopic.BOOTH,
    "billing": LetterTopic.MONEY,
    "bank": LetterTopic.MONEY,
    "fairs": LetterTopic.FAIR,
}


def topic_of(event: LetterEvent) -> LetterTopic:
    """What the event's letter is about."""
    template = KINDS[event].template
    room = template.partition("/")[0]
    return _TOPICS.get(template) or _TOPICS.get(room) or LetterTopic.PEOPLE


def event_of(template: str, facts: Mapping[str, object]) -> LetterEvent | None:
    """Which event the letter of this file with these facts is about."""
    for event, kind in KINDS.items():
        if kind.template == template and all(facts.get(name) == value for name, value in kind.when.items()):
            return event
    return None
