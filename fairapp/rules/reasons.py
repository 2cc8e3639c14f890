"""Reasons that belong to no single room."""

from __future__ import annotations

from enum import StrEnum


class Lost(StrEnum):
    """Why an act that was fine a moment ago is not any more."""

    RACE = "race"
    CHANGED_MEANWHILE = "changed_meanwhile"


class Shape(StrEnum):
    """What is wrong with the shape of something sent."""

    REQUIRED = "required"
    TOO_LONG = "too_long"
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_DATE = "not_a_date"
    NOT_A_TIME = "not_a_time"
    UNREADABLE_TEXT = "unreadable_text"
