"""The demo's catalogue: what it says before its chapters, and one maker with a page of its own."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from fairapp.rules.actors import SYSTEM
from fairapp.rules.catalogue import InsertKind, InsertPlace, TextKind
from fairapp.store.fairs import Fair
from fairapp.usecases.catalogue_contents import AddInsert, KeepText, add_insert, keep_text

TOLD = Path(__file__).parent / "data" / "catalogue.toml"


def keep_contents(session: Session, fair: Fair, now: datetime) -> None:
    """Write welcome and organisers in both languages, and give one exhibitor a whole page."""
    told = tomllib.loads(TOLD.read_text(encoding="utf-8"))
    for text in told["texts"]:
        order = KeepText(
            fair.id,
            TextKind(text["kind"]),
            text["language"],
            text["heading"],
            text["body"].strip(),
            text.get("signed", ""),
        )
        keep_text(session, SYSTEM, order, now)
    page = AddInsert(fair.id, InsertKind.ENTRY, InsertPlace.MIDDLE, whose=told["full_page"])
    add_insert(session, SYSTEM, page, now)
