"""A fascia board as it will be cut, for its exhibitor and the organiser to look at before they approve it."""

from __future__ import annotations

from io import BytesIO

from sqlalchemy.orm import Session

from fairapp.rules.signs import LONGEST_BOARD, fascia_size
from fairapp.store.allocation import Exhibitor
from fairapp.store.badges_lists import stands_of

PROOF_SCALE = 10


def board_proof(session: Session, exhibitor: Exhibitor, text: str) -> bytes:
    """The board 1:10 as a PDF page, by the code that prints all others; an empty text is an empty board."""
    from fairapp.adapters.pdf.hall_signs import Fascia, print_fascias

    stands = stands_of(session, [exhibitor.id]).get(exhibitor.id, ())
    organisation, out = exhibitor.organisation, BytesIO()
    board = Fascia(
        "proof", stands[0].booth if stands else "", text[:LONGEST_BOARD], organisation.name_language
    )
    size = fascia_size(exhibitor.fair.settings.get("fascia_mm"))
    print_fascias(out, [board], organisation.name, organisation.name_language, size, PROOF_SCALE)
    return out.getvalue()
