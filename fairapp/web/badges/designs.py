"""The badge studio: a design for each kind of badge, looked at with the fair's longest names."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.badge_designs import (
    LEAST_QR,
    WRITTEN,
    Align,
    Design,
    Face,
    Part,
    Sides,
    Wrong,
    body_of,
    design_from,
    faults_of,
    one_face,
)
from fairapp.rules.badge_presets import PRESETS, Preset
from fairapp.rules.badges import BadgeKind
from fairapp.rules.errors import Invalid, Refused
from fairapp.store.badges_press_queries import design_version, design_versions, designs_in_force
from fairapp.store.base import reading, transaction
from fairapp.usecases.badges_designs import (
    KeepDesign,
    keep_design,
    preview,
    restore_design,
    samples,
    take_logo,
)
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.badges.bp import bp
from fairapp.web.badges.designs_form import OFF, asked_design, lines_of
from fairapp.web.badges.printing import kept_files, private_file, words_of
from fairapp.web.wording import sentences

LOOK_DPI = 150
LONGEST_BODY = 8_000
ALL = "/o/<fair_code>/badges/designs"
ONE = f"{ALL}/<any(exhibitor,organiser,guest,press,contractor):badge_kind>"


@bp.get(ALL)
@needs(Permission.BADGE_APPROVE)
def designs(fair_code: str) -> Any:
    """Each kind of badge with the design in force."""
    kept = designs_in_force(reading(), current_fair().id)
    return render_template("badges/designs.html", kinds=list(BadgeKind), kept=kept)


@bp.get(ONE)
@needs(Permission.BADGE_APPROVE)
def design(fair_code: str, badge_kind: str) -> Any:
    """The studio for one kind: with the last version, an earlier one, or a paper to begin with."""
    fair, kind, session = current_fair(), BadgeKind(badge_kind), reading()
    last = designs_in_force(session, fair.id).get(kind)
    begun = PRESETS[Preset.LANYARD]
    wanted = request.args.get("preset", "")
    if wanted in [each.value for each in Preset]:
        begun = PRESETS[Preset(wanted)]
    elif (number := request.args.get("version", "")).isdecimal() and len(number) < 6:
        earlier = design_version(session, fair.id, kind, int(number))
        begun = design_from(earlier.body) if earlier.body else begun
    elif last is not None and last.body:
        begun = design_from(last.body)
    return _studio(kind, begun, 0 if last is None else last.version)


@bp.post(ONE)
@needs(Permission.BADGE_APPROVE)
def keep(fair_code: str, badge_kind: str) -> Any:
    """Keep the design as a new version, or look at it without keeping it."""
    fair, kind, now = current_fair(), BadgeKind(badge_kind), datetime.now(UTC)
    wanted, seen = asked_design(), _seen()
    upload = request.files.get("picture-file")
    if upload is not None and upload.filename:
        try:
            wanted = replace(wanted, picture=take_logo(kept_files(), upload.read()))
        except Invalid as invalid:
            return _studio(kind, wanted, seen, tuple(phrase(each) for each in invalid.fields.values())), 422
    if request.form.get("do") == "look":
        return _studio(kind, wanted, seen)
    try:
        with transaction() as session:
            kept = keep_design(session, current_actor(), KeepDesign(fair.id, kind, wanted, seen), now)
    except Refused as refused:
        reasons = () if faults_of(wanted) else sentences(refused)
        return _studio(kind, wanted, seen, reasons), 422
    flash(_("Version %(number)s is kept. Badges are printed with it from now on.", number=kept.version), "ok")
    return redirect(url_for("badges.design", fair_code=fair.code, badge_kind=kind.value))


@bp.post(f"{ONE}/look")
@needs(Permission.BADGE_APPROVE)
def look(fair_code: str, badge_kind: str) -> Any:
    """What the design on the drawing board looks like, for a page that is being drawn on."""
    kind = BadgeKind(badge_kind)
    return render_template("badges/_look.html", **_looks(kind, asked_design()))


@bp.get(f"{ONE}/preview.png")
@needs(Permission.BADGE_APPROVE)
def design_picture(fair_code: str, badge_kind: str) -> Any:
    """A badge as it would be printed: the design in force or one being drawn, with a sample's name."""
    from fairapp.adapters.pdf.rendering import page_png  # heavy: only who draws pays for it

    fair, kind, session = current_fair(), BadgeKind(badge_kind), reading()
    shown: Design | None
    if drawn := request.args.get("d", ""):
        shown = _drawn(drawn)
    else:
        last = designs_in_force(session, fair.id).get(kind)
        shown = design_from(last.body) if last is not None and last.body else None
    if shown is not None and (face := request.args.get("face", "")) in [each.value for each in Face]:
        shown = one_face(shown, Face(face))
    known = samples(session, current_actor(), fair.id, kind)
    number = request.args.get("name", "0")
    sample = known[int(number) % len(known)] if number.isdecimal() and len(number) < 4 else known[0]
    data = preview(shown, kind, sample, words_of(fair), kept_files())
    return private_file(page_png(data, 0, LOOK_DPI), "image/png", "badge.png", inline=True)


@bp.post(f"{ONE}/restore")
@needs(Permission.BADGE_APPROVE)
def restore(fair_code: str, badge_kind: str) -> Any:
    """Make an earlier version, or the house's design, the newest one."""
    fair, kind, now = current_fair(), BadgeKind(badge_kind), datetime.now(UTC)
    number = request.form.get("version", "")
    with transaction() as session:
        if number == "house":
            kept = keep_design(session, current_actor(), KeepDesign(fair.id, kind, None, _seen()), now)
        elif number.isdecimal() and len(number) < 6:
            kept = restore_design(session, current_actor(), fair.id, kind, int(number), now)
        else:
            abort(400)
    flash(_("Version %(number)s is kept. Badges are printed with it from now on.", number=kept.version), "ok")
    return redirect(url_for("badges.design", fair_code=fair.code, badge_kind=kind.value))


def _seen() -> int:
    text = request.form.get("seen", "0")
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def _drawn(text: str) -> Design:
    """The design in the address; one that is none, or cannot be drawn, ends the request."""
    try:
        found = design_from(json.loads(text)) if len(text) <= LONGEST_BODY else None
    except (ValueError, KeyError, TypeError):
        found = None
    if found is None or not _is_drawable(found):
        abort(400)
    return found


def _is_drawable(design: Design) -> bool:
    """Whether its numbers are such as a page can be drawn with, right or wrong as a badge."""
    sizes = [design.width, design.height]
    for placed in (*design.front, *design.back):
        sizes += [placed.width, placed.height, placed.size]
        if not (abs(placed.x) <= 600 and abs(placed.y) <= 600 and placed.weight in (400, 600, 700, 800)):
            return False
    return all(1 <= each <= 600 for each in sizes) and _has_colour(design)


def _has_colour(design: Design) -> bool:
    colour = design.colour
    return not colour or (
        len(colour) == 7 and colour[0] == "#" and all(each in "0123456789abcdefABCDEF" for each in colour[1:])
    )


def _looks(kind: BadgeKind, design: Design) -> dict[str, Any]:
    wrong = faults_of(design)
    shown = samples(reading(), current_actor(), current_fair().id, kind)
    return {
        "kind": kind,
        "design": design,
        "body": json.dumps(body_of(design), separators=(",", ":")) if _is_drawable(design) else "",
        "wrong": [_told(each) for each in wrong],
        "samples": shown,
        "folded": design.sides is not Sides.ONE,
    }


def _told(wrong: Wrong) -> tuple[str, str]:
    """A fault as a sentence that names its field, and the field of the form to mend it in."""
    sentence = phrase(wrong.fault)
    if wrong.part is None:
        return sentence, "#width"
    where = f"{wrong.face.value}-{wrong.part.value}"
    return f"{phrase(wrong.part)} ({phrase(wrong.face)}): {sentence}", f"#{where}-x"


def _studio(kind: BadgeKind, design: Design, seen: int, reasons: tuple[str, ...] = ()) -> str:
    fair = current_fair()
    return render_template(
        "badges/design.html",
        **_looks(kind, design),
        seen=seen,
        reasons=reasons,
        versions=design_versions(reading(), fair.id, kind),
        lines=lines_of(design),
        faces=list(Face),
        presets=list(Preset),
        sides=list(Sides),
        aligns=list(Align),
        written=WRITTEN,
        least_qr=LEAST_QR,
        Part=Part,
        Sides=Sides,
        off=OFF,
    )
