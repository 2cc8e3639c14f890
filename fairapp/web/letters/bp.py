"""The room's blueprint, its addresses, and the colours of its states."""

from __future__ import annotations

from flask import Blueprint

from fairapp.rules.letter_log import LetterState
from fairapp.rules.visa_letters import VisaState

bp = Blueprint("letters", __name__)

OFFICE = "/o/<fair_code>/letters"
TEXTS = f"{OFFICE}/texts"
NEW = f"{OFFICE}/new"
MAILINGS = f"{OFFICE}/mailings"
MAILING = f"{MAILINGS}/<int(max=2147483647):mailing_id>"
VISA = f"{OFFICE}/visa"
VISA_ID = "<int(max=2147483647):visa_letter_id>"
LETTER = f"{OFFICE}/<int(max=2147483647):letter_log_id>"

TAGS: dict[LetterState, tuple[str, str]] = {
    LetterState.WAITING: ("info", "clock"),
    LetterState.SENT: ("ok", "check"),
    LetterState.FAILED: ("err", "ban"),
    LetterState.DROPPED: ("", "minus"),
}

VISA_TAGS: dict[VisaState, tuple[str, str]] = {
    VisaState.ASKED: ("warn", "clock"),
    VisaState.ISSUED: ("ok", "check"),
    VisaState.REFUSED: ("err", "ban"),
    VisaState.WITHDRAWN: ("", "undo"),
    VisaState.REVOKED: ("err", "x"),
}
