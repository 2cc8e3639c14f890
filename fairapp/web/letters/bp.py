"""The room's blueprint, its addresses, and the colours of its states."""

from __future__ import annotations

from flask import Blueprint

from fairapp.rules.letter_log import LetterState

bp = Blueprint("letters", __name__)

OFFICE = "/o/<fair_code>/letters"
TEXTS = f"{OFFICE}/texts"
NEW = f"{OFFICE}/new"
MAILINGS = f"{OFFICE}/mailings"
MAILING = f"{MAILINGS}/<int(max=2147483647):mailing_id>"
LETTER = f"{OFFICE}/<int(max=2147483647):letter_log_id>"

TAGS: dict[LetterState, tuple[str, str]] = {
    LetterState.WAITING: ("info", "clock"),
    LetterState.SENT: ("ok", "check"),
    LetterState.FAILED: ("err", "ban"),
    LetterState.DROPPED: ("", "minus"),
}
