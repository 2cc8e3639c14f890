"""Sentences for what is found in a floor plan, and for what stands in a hall."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.plan_figures import Lint
from fairapp.rules.plan_findings import Cure, Fault, PlanTrouble, Weight
from fairapp.rules.plan_layers import Layer, Unit
from fairapp.rules.plan_laying import Count, RowFault
from fairapp.rules.plan_neighbours import Near
from fairapp.rules.plans import FacilityKind

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (PlanTrouble.TOO_LARGE, _l("This file is larger than %(limit_mb)s MB. Export one hall at a time.")),
    (PlanTrouble.NOT_TEXT, _l("This file is not text. Export the plan as GeoJSON in UTF-8.")),
    (
        PlanTrouble.NOT_JSON,
        _l("This is not JSON: line %(line)s, column %(column)s cannot be read. Export the plan again."),
    ),
    (
        PlanTrouble.BAD_NUMBER,
        _l("A number in this file is not finite or far too long. Export the plan again."),
    ),
    (PlanTrouble.TOO_DEEP, _l("This file is nested deeper than %(limit)s levels: it is no floor plan.")),
    (PlanTrouble.NOT_GEOJSON, _l("This JSON is no GeoJSON FeatureCollection. Export the plan as GeoJSON.")),
    (
        PlanTrouble.TOO_MANY_FEATURES,
        _l("This file holds %(count)s features, at most %(limit)s are read. Split it by hall."),
    ),
    (
        PlanTrouble.DEGREES,
        _l("This plan is in longitude and latitude. Export it in metres from a corner of the hall."),
    ),
    (
        PlanTrouble.NOT_METRES,
        _l("This plan is too large to be in metres. Export it in metres from a corner of the hall."),
    ),
    (
        PlanTrouble.NO_BOOTHS,
        _l("No booth could be read from this file. Draw every booth as a polygon with a code."),
    ),
    (
        PlanTrouble.NOT_A_PLAN_FILE,
        _l("This is no floor plan that can be read. Bring in GeoJSON, SVG, or DXF saved as text."),
    ),
    (
        PlanTrouble.NOT_XML,
        _l("This is no sound SVG: line %(line)s, column %(column)s cannot be read. Export the plan again."),
    ),
    (
        PlanTrouble.ENTITIES,
        _l("This SVG declares entities, which may hide anything. Save it as plain SVG."),
    ),
    (
        PlanTrouble.NOT_DXF,
        _l("This is no sound DXF: line %(line)s is no group code. Save the drawing again as DXF."),
    ),
    (
        PlanTrouble.BINARY_DXF,
        _l("This DXF is in binary form. Save it as ASCII DXF, release 2000 or later."),
    ),
    (
        PlanTrouble.UNIT_UNKNOWN,
        _l("The drawing does not say what one unit is; it could be %(likely)s. Choose the unit."),
    ),
    (
        PlanTrouble.UNIT_WRONG,
        _l(
            "The drawing says that one unit is 1 %(unit)s: a booth would then have %(area)s m². "
            "It could be %(likely)s. Choose the unit."
        ),
    ),
    (Layer.BOOTHS, _l("booths")),
    (Layer.RAW_SPACE, _l("raw space")),
    (Layer.LABELS, _l("booth numbers")),
    (Layer.HALL, _l("the hall's outline")),
    (Layer.FACILITIES, _l("facilities")),
    (Layer.LEFT_OUT, _l("left out")),
    (Unit.METRE, _l("metres")),
    (Unit.DECIMETRE, _l("decimetres")),
    (Unit.CENTIMETRE, _l("centimetres")),
    (Unit.MILLIMETRE, _l("millimetres")),
    (Unit.INCH, _l("inches")),
    (Unit.FOOT, _l("feet")),
    (Unit.YARD, _l("yards")),
    (Fault.NOT_A_FEATURE, _l("This entry is no GeoJSON feature.")),
    (Fault.WRONG_GEOMETRY, _l("A booth must be one polygon. Draw its outline as a closed shape.")),
    (Fault.TOO_MANY_POINTS, _l("This outline has too many corners. Simplify it.")),
    (Fault.BAD_COORDINATE, _l("A corner of this outline is no number of metres.")),
    (Fault.NO_AREA, _l("This outline encloses no floor.")),
    (Fault.BAD_TEXT, _l("The code or the hall name is too long or holds hidden characters. Type it again.")),
    (Fault.CODE_MISSING, _l("This booth has no code.")),
    (Fault.CODE_REPEATED, _l("Another booth of the hall already has the code %(code)s.")),
    (Fault.CROSSES_ITSELF, _l("The outline of %(code)s crosses itself.")),
    (Fault.OVERLAPS, _l("%(code)s lies on the floor of %(others)s.")),
    (Fault.HALL_MISSING, _l("No hall is named: taken into hall 1.")),
    (Fault.AREA_DIFFERS, _l("The stated area differs from the outline. The outline counts.")),
    (Fault.KIND_UNKNOWN, _l("This kind is not known: taken as the ordinary one.")),
    (Weight.REFUSED, _l("Not taken over")),
    (Weight.MARKED, _l("To settle")),
    (Weight.NOTED, _l("Noted")),
    (Cure.RECODE, _l("Give it the code %(new_code)s")),
    (Cure.SAME_BOOTH, _l("Make it one booth with %(others)s, known by both codes")),
    (Cure.ALTERNATIVE, _l("Keep it as an alternative outline, not let while %(others)s are")),
    (Cure.REDRAW, _l("Take the proposed outline")),
    (Cure.LEAVE_OUT, _l("Leave it out of the plan")),
    (Near.BESIDE, _l("Beside")),
    (Near.BACK_TO_BACK, _l("Back to back")),
    (Near.FACING, _l("Across the aisle")),
    (
        Lint.AISLE_NARROW,
        _l("The way between %(codes)s is %(gap)s m wide; %(wanted)s m are wanted. Move one side away."),
    ),
    (
        Lint.NO_ENTRANCE,
        _l("The hall has no entrance, so nobody knows who can be reached. Draw its entrances."),
    ),
    (
        Lint.UNREACHABLE,
        _l("%(codes)s cannot be reached on foot from an entrance. Open a way to them."),
    ),
    (Lint.EXIT_BLOCKED, _l("%(codes)s stand within %(wanted)s m of a door. Move them away from it.")),
    (Lint.NO_EXIT, _l("The hall has no exit. Draw its exits.")),
    (
        Lint.EXIT_FAR,
        _l(
            "From %(codes)s the next exit is up to %(far)s m away on foot; %(wanted)s m are wanted. "
            "Draw another exit, or open a shorter way."
        ),
    ),
    (
        Lint.OUTSIDE_HALL,
        _l("%(codes)s reach beyond the outline of the hall. Move them in, or draw the outline larger."),
    ),
    (
        Lint.OUT_OF_ORDER,
        _l("%(codes)s break the order of numbers in their row. Number the row anew."),
    ),
    (
        Lint.POWER_OVERLOADED,
        _l(
            "%(codes)s together need %(load)s kW; their power point gives %(limit)s kW. "
            "Add a power point, or write what it gives."
        ),
    ),
    (
        Lint.POWER_FAR,
        _l("%(codes)s lie more than %(wanted)s m from every power point. Add one nearer to them."),
    ),
    (Count.ALONG, _l("every row from its beginning")),
    (Count.SNAKE, _l("back and forth, row after row")),
    (RowFault.TOO_MANY, _l("At most 500 booths in 60 rows are laid out at once. Take fewer.")),
    (RowFault.SIZE, _l("A booth is half a metre to 100 metres wide and deep. Change its size.")),
    (
        RowFault.LETTER,
        _l("A row is called by up to three letters without I and O. Take another letter."),
    ),
    (FacilityKind.ENTRANCE, _l("Entrance")),
    (FacilityKind.EXIT, _l("Exit")),
    (FacilityKind.STAGE, _l("Stage")),
    (FacilityKind.TOILET, _l("Toilets")),
    (FacilityKind.OFFICE, _l("Organiser's desk")),
    (FacilityKind.STORE, _l("Storeroom")),
    (FacilityKind.CATERING, _l("Food court")),
    (FacilityKind.PILLAR, _l("Pillar")),
    (FacilityKind.WALL, _l("Wall")),
    (FacilityKind.AISLE, _l("Aisle")),
    (FacilityKind.POWER, _l("Power point")),
    (FacilityKind.WATER, _l("Water")),
    (FacilityKind.ZONE, _l("Zone area")),
    (FacilityKind.PAVILION, _l("Pavilion")),
    (FacilityKind.OTHER, _l("Facility")),
)
