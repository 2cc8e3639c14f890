"""Sentences for what a print run reports about its records."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.printing import PrintFault

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (
        PrintFault.NO_GLYPH,
        _l("A letter of this text is in no font of ours and stands as a box. Write it otherwise."),
    ),
    (PrintFault.CONTROL_CHARACTERS, _l("Invisible control characters were taken out. Type the text anew.")),
    (PrintFault.TOO_LONG, _l("This text is longer than print allows and was cut. Shorten it.")),
    (PrintFault.CUT, _l("This text does not fit its place and ends in an ellipsis. Shorten it.")),
    (
        PrintFault.OVER,
        _l(
            "This text is %(over)s characters longer than what fits; it goes on overleaf, whole. "
            "Ask for it to be shortened by so many."
        ),
    ),
    (PrintFault.NO_NAME, _l("There is no name, so nothing was printed. Enter the name.")),
    (
        PrintFault.BROKEN_PHOTO,
        _l("The photo cannot be read; a drawing stands in its place. Upload it again."),
    ),
    (PrintFault.QR_TOO_LONG, _l("The text of the QR code is too long for a code. Shorten the address.")),
    (
        PrintFault.NOT_ASKED,
        _l(
            "The manual asked this exhibitor for no text, so the board bears the name as it is registered. "
            "Let the exhibitor see it before it is cut."
        ),
    ),
    (
        PrintFault.NOT_APPROVED,
        _l(
            "The exhibitor's text for the fascia is not approved yet, so no board was printed. "
            "Approve it in the manual."
        ),
    ),
    (
        PrintFault.SKIPPED,
        _l("This record could not be printed and was left out. Check its fields, then print again."),
    ),
)
