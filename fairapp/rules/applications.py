"""The life of an application: its states, its steps, and who may take them."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    RESUBMITTED = "resubmitted"
    IN_REVIEW = "in_review"
    ACCEPTED = "accepted"
    WAITLISTED = "waitlisted"
    DECLINED = "declined"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"


class Step(StrEnum):
    """What can be done to an application."""

    SUBMIT = "submit"
    RETURN = "return"
    RESUBMIT = "resubmit"
    BEGIN_REVIEW = "begin_review"
    ACCEPT = "accept"
    WAITLIST = "waitlist"
    DECLINE = "decline"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"
    CANCEL = "cancel"
