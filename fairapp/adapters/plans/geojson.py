"""A floor plan from GeoJSON in local metres (y down): bytes in, draft and findings out."""

from collections.abc import Mapping
from math import isfinite
from statistics import median
from typing import Any

from fairapp.adapters.plans.features import DEFAULT_HALL, MAX_METRES, MAX_POINTS, PlanFile, read_features
from fairapp.adapters.plans.reading import PlanUnreadable, load
from fairapp.rules.geometry import Ring, box_around
from fairapp.rules.plan_findings import PlanTrouble


def read_plan(data: bytes, default_hall: str = DEFAULT_HALL) -> PlanFile:
    """Read a plan; PlanUnreadable when the file as a whole is none.

    A booth is a Polygon feature with the properties ``hall``, ``code`` and, when wanted, ``kind``,
    ``booth_kind``, ``zone``, ``area_m2``; other kinds become facilities. Coordinates are metres.
    """
    body = load(data)
    features = body.get("features") if isinstance(body, dict) else None
    if not isinstance(features, list) or body.get("type") != "FeatureCollection":
        raise PlanUnreadable(PlanTrouble.NOT_GEOJSON)
    _refuse_other_units(body, features)
    return read_features(features, default_hall)


def _refuse_other_units(body: Mapping[str, Any], features: list[Any]) -> None:
    """Degrees of longitude and latitude, or map coordinates far from any hall, are said so at once."""
    crs = str(body.get("crs") or "").casefold()
    corners = [corner for feature in features for corner in _first_corners(feature)]
    if not corners:
        return
    box = box_around(corners)
    on_earth = max(abs(box.left), abs(box.right)) <= 180 and max(abs(box.top), abs(box.bottom)) <= 90
    declared = any(name in crs for name in ("4326", "crs84", "wgs"))
    # Half a metre holds no hall; half a degree holds any.
    if on_earth and (declared or max(box.width, box.height) < 0.5):
        raise PlanUnreadable(PlanTrouble.DEGREES)
    # The middle one decides, so that a single wild corner is refused alone.
    if median(max(abs(x), abs(y)) for x, y in corners) > MAX_METRES:
        raise PlanUnreadable(PlanTrouble.NOT_METRES)


def _first_corners(feature: Any) -> Ring:
    """The corners of a plausible polygon, for a first look at the units; none when it is not one."""
    try:
        ring = feature["geometry"]["coordinates"][0]
        return tuple((float(x), float(y)) for x, y in ring[:MAX_POINTS] if isfinite(x) and isfinite(y))
    except (KeyError, IndexError, TypeError, ValueError, OverflowError):
        return ()
