"""The room's blueprint, the numbers its addresses carry, and where its files are."""

from __future__ import annotations

from flask import Blueprint, current_app

from fairapp.adapters.files import FolderFiles
from fairapp.rules.documents import DocumentState, Standing
from fairapp.web import one_application

bp = Blueprint("documents", __name__)

MINE = f"{one_application.MINE}/documents"
OFFICE = "/o/<fair_code>/documents"
ONE = f"{one_application.OFFICE}/documents"
DOCUMENT = "<int(max=2147483647):document_id>"

TAGS: dict[Standing, tuple[str, str]] = {
    Standing.MISSING: ("warn", "upload"),
    Standing.REFUSED: ("err", "ban"),
    Standing.EXPIRES: ("err", "calendar"),
    Standing.WAITING: ("info", "clock"),
    Standing.VALID: ("ok", "check"),
}
STATE_TAGS: dict[DocumentState, tuple[str, str]] = {
    DocumentState.UPLOADED: ("info", "clock"),
    DocumentState.VERIFIED: ("ok", "check"),
    DocumentState.REFUSED: ("err", "ban"),
}


def private_files() -> FolderFiles:
    """Where documents are kept: no public address leads there."""
    return FolderFiles(current_app.config["FAIRAPP"].private)
