"""The room's blueprint, its addresses, and where signed papers are kept."""

from __future__ import annotations

from flask import Blueprint, current_app

from fairapp.adapters.files import FolderFiles
from fairapp.rules.contracts import SignatureState
from fairapp.web import one_application

bp = Blueprint("contracts", __name__)

MINE = f"{one_application.MINE}/contract"
ONE = f"{one_application.OFFICE}/contract"
OFFICE = "/o/<fair_code>/contract"
SIGNATURE = "<int(max=2147483647):signature_id>"

TAGS: dict[SignatureState, tuple[str, str]] = {
    SignatureState.UNSIGNED: ("warn", "edit"),
    SignatureState.SIGNED: ("info", "clock"),
    SignatureState.COUNTERSIGNED: ("ok", "check"),
    SignatureState.REFUSED: ("err", "ban"),
}


def private_files() -> FolderFiles:
    """Where signed papers are kept: no public address leads there."""
    return FolderFiles(current_app.config["FAIRAPP"].private)
