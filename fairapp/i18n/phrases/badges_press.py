"""The badge studio's and the print queue's words."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.badge_designs import Align, DesignFault, Face, Part, Sides
from fairapp.rules.badge_presets import Preset
from fairapp.rules.badge_queue import PrintJobState, PrintJobStep, QueueRefusal, ReprintReason
from fairapp.rules.badges import BadgeRefusal

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (Part.FAIR, _l("Fair, days and place")),
    (Part.ROLE, _l("Coloured band with the role")),
    (Part.NAME, _l("Name of the person")),
    (Part.LATIN, _l("The name in Latin letters")),
    (Part.DUTY, _l("Duty")),
    (Part.ORGANISATION, _l("Name of the organisation")),
    (Part.BOOTH, _l("Plate of the booth")),
    (Part.HALLS, _l("Halls it opens")),
    (Part.CODE, _l("Code to type")),
    (Part.QR, _l("QR code with its white edge")),
    (Part.PICTURE, _l("Logo or picture")),
    (Part.TEXT, _l("Words of your own")),
    (Part.BAND, _l("Brocade edge")),
    (Face.FRONT, _l("Front of the badge")),
    (Face.BACK, _l("Back of the badge")),
    (Align.LEFT, _l("left")),
    (Align.CENTRE, _l("in the middle")),
    (Align.RIGHT, _l("right")),
    (Sides.ONE, _l("One side")),
    (Sides.FOLD_TOP, _l("Two sides, folded at the top")),
    (Sides.FOLD_SIDE, _l("Two sides, folded at the left")),
    (Preset.LANYARD, _l("Lanyard, 86 × 124 mm")),
    (Preset.FOLDED, _l("Folded for a lanyard, 86 × 124 mm")),
    (Preset.CARD, _l("Card, 105 × 74 mm")),
    (Preset.LABEL_62, _l("Label, 62 × 100 mm")),
    (Preset.LABEL_80, _l("Label, 80 × 60 mm")),
    (Preset.LABEL_4X6, _l("Label, 4 × 6 inches")),
    (DesignFault.QR_MISSING, _l("The QR code is missing: gates read it. Switch it on.")),
    (
        DesignFault.QR_TOO_SMALL,
        _l("The QR code is too small to be read at a gate. Give it 36.5 mm: 30 mm and its white edge."),
    ),
    (
        DesignFault.QR_COVERED,
        _l("It stands on the QR code or on its white edge. Move one of the two away."),
    ),
    (DesignFault.NAME_MISSING, _l("The person's name is missing on the front. Switch it on.")),
    (
        DesignFault.NAME_TOO_SMALL,
        _l("The name is too small to be read by somebody who is greeted. Give it 12 points or more."),
    ),
    (
        DesignFault.CODE_MISSING,
        _l("The code to type is missing: it is needed where a QR code is damaged. Switch it on."),
    ),
    (DesignFault.OUTSIDE, _l("It stands beyond the edge of the paper. Move it, or make it smaller.")),
    (DesignFault.TOO_SMALL, _l("It is too small to be seen. Give it 2 mm or more each way.")),
    (DesignFault.LETTERS, _l("Letters have 6 to 72 points. Choose a size between them.")),
    (
        DesignFault.PAPER,
        _l("The paper has 50 to 210 mm by 40 to 297 mm, unfolded. Choose a size within that."),
    ),
    (DesignFault.COLOUR, _l("A colour has six digits of 0 to F after #. Choose it anew.")),
    (DesignFault.TEXT_MISSING, _l("There are no words yet. Write them, or switch the field off.")),
    (DesignFault.PICTURE_MISSING, _l("There is no picture yet. Upload one, or switch the field off.")),
    (DesignFault.TEXT_TOO_LONG, _l("Write at most 200 characters.")),
    (
        BadgeRefusal.DESIGN_CHANGED,
        _l("Somebody kept another version while you were drawing. Look at it, then keep yours over it."),
    ),
    (PrintJobState.QUEUED, _l("Waits for a printer")),
    (PrintJobState.TAKEN, _l("At a printer")),
    (PrintJobState.PRINTED, _l("Ready to collect")),
    (PrintJobState.COLLECTED, _l("Collected")),
    (PrintJobState.DROPPED, _l("Taken out")),
    (PrintJobStep.TAKE, _l("Take")),
    (PrintJobStep.GIVE_BACK, _l("Give back")),
    (PrintJobStep.PRINT, _l("It came out")),
    (PrintJobStep.COLLECT, _l("Hand over")),
    (PrintJobStep.DROP, _l("Take out")),
    (ReprintReason.FIRST, _l("First print")),
    (ReprintReason.DAMAGED, _l("Damaged")),
    (ReprintReason.MISPRINT, _l("Misprint")),
    (ReprintReason.RENAMED, _l("Name corrected")),
    (ReprintReason.LOST, _l("Lost: the old one stops")),
    (
        QueueRefusal.NOT_FROM_HERE,
        _l("That was done already, perhaps by somebody else. Look at the list again: %(name)s."),
    ),
    (QueueRefusal.WAITS_ALREADY, _l("%(name)s is in the queue already. It is printed in its turn.")),
    (QueueRefusal.NOT_VALID, _l("The badge of %(name)s opens no gate. Approve it first, or leave it out.")),
    (
        QueueRefusal.PRINTED_BEFORE,
        _l("The badge of %(name)s was printed before. Say why it is printed again."),
    ),
    (QueueRefusal.NAME_TAKEN, _l("There is a station called %(name)s. Choose another name.")),
    (QueueRefusal.NAME_MISSING, _l("Give the station a name, as people call it.")),
    (QueueRefusal.STATION_CLOSED, _l("The station %(name)s is closed. Open it again in the queue.")),
    (
        QueueRefusal.STATION_BUSY,
        _l("The station %(name)s has badges in hand. Print them or give them back first."),
    ),
    (QueueRefusal.TOO_MANY_STATIONS, _l("There are %(most)s stations already. Close one first.")),
    (QueueRefusal.EMPTY, _l("Nothing waits. Put badges into the queue from the list of badges.")),
    (QueueRefusal.OTHER_STATION, _l("Another station has the badge of %(name)s. Look at the list again.")),
)
