"""Keep a fair's own designs of badges, version after version, and show what they look like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO

from sqlalchemy.orm import Session

from fairapp.adapters.files import Files
from fairapp.rules.actors import Actor, Permission
from fairapp.rules.badge_designs import Design, Face, body_of, design_from, faults_of, one_face
from fairapp.rules.badge_samples import Sample, one_of_each_script
from fairapp.rules.badge_tokens import TOKEN_LENGTH
from fairapp.rules.badge_words import BadgeWords
from fairapp.rules.badges import VALID, BadgeKind, BadgeRefusal
from fairapp.rules.errors import Invalid, Missing, Refused
from fairapp.rules.pictures import PictureReason
from fairapp.rules.short_codes import grouped
from fairapp.store.badges import Badge
from fairapp.store.badges_lists import stands_of
from fairapp.store.badges_press import BadgeDesign
from fairapp.store.badges_press_queries import (
    design_version,
    designs_in_force,
    longest_names,
    longest_organisations,
)
from fairapp.store.base import LOCK
from fairapp.store.fairs import Fair
from fairapp.usecases import audit
from fairapp.usecases.badges_printing import (
    Sign,
    designs_of,
    on_paper,
    part_days_of,
    pictures_of,
    sheet_of,
)
from fairapp.usecases.permission import require

PREVIEWS = 6
WALLET_DPI = 300
_SAMPLE_TOKEN = "FB1:" + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" * 4


@dataclass(frozen=True, slots=True)
class KeepDesign:
    """A new version of a kind's design; None: from now on the house's own again."""

    fair_id: int
    kind: BadgeKind
    design: Design | None
    seen: int
    """The version that the designer began with; 0: none."""


def keep_design(session: Session, actor: Actor, order: KeepDesign, now: datetime) -> BadgeDesign:
    """Keep the design as the next version; the same design again is no new one.

    :raises Refused: with everything that is wrong with it, or when somebody kept another one meanwhile.
    """
    require(actor, Permission.BADGE_APPROVE, order.fair_id)
    session.get_one(Fair, order.fair_id, with_for_update=LOCK)
    if order.design is not None and (wrong := faults_of(order.design)):
        raise Refused(*dict.fromkeys(each.fault for each in wrong))
    last = designs_in_force(session, order.fair_id).get(order.kind)
    body = {} if order.design is None else body_of(order.design)
    if last is not None and last.body == body:
        return last
    version = 0 if last is None else last.version
    if version != order.seen:
        raise Refused(BadgeRefusal.DESIGN_CHANGED)
    kept = BadgeDesign(
        fair_id=order.fair_id,
        kind=order.kind,
        version=version + 1,
        body=body,
        made_at=now,
        made_by_id=actor.account_id,
    )
    session.add(kept)
    session.flush()
    audit.record(
        session,
        actor,
        "badge_design.kept",
        now,
        fair_id=order.fair_id,
        kind=order.kind.value,
        version=kept.version,
    )
    return kept


def restore_design(
    session: Session, actor: Actor, fair_id: int, kind: BadgeKind, version: int, now: datetime
) -> BadgeDesign:
    """Make an earlier version the newest one."""
    require(actor, Permission.BADGE_APPROVE, fair_id)
    earlier = design_version(session, fair_id, kind, version)
    last = designs_in_force(session, fair_id)[kind]
    design = design_from(earlier.body) if earlier.body else None
    return keep_design(session, actor, KeepDesign(fair_id, kind, design, last.version), now)


def take_logo(files: Files, data: bytes) -> str:
    """Judge and paint a picture for a design, without transparency; takes seconds, so no transaction
    waits for it.

    :raises Invalid: with the reason why the file is no picture of ours.
    """
    from fairapp.adapters.pictures import Purpose, pictures

    painted = pictures(data, Purpose.PHOTO)
    if isinstance(painted, PictureReason):
        raise Invalid(picture=painted)
    return files.keep(painted.small.data, painted.small.suffix)


def samples(session: Session, actor: Actor, fair_id: int, kind: BadgeKind) -> Sequence[Sample]:
    """The longest names that the fair has on such badges, one of each script; else those of exhibitors."""
    require(actor, Permission.BADGE_APPROVE, fair_id)
    found = [Sample(*row) for row in longest_names(session, fair_id, kind)]
    found += [
        Sample(name, latin, "", name, language)
        for name, latin, language in longest_organisations(session, fair_id)
    ]
    return one_of_each_script(found, PREVIEWS)


def preview(design: Design | None, kind: BadgeKind, sample: Sample, words: BadgeWords, files: Files) -> bytes:
    """The badge of such a person as a PDF page, by the code that prints all others; its QR opens nothing."""
    from fairapp.adapters.pdf import badge_values as paper
    from fairapp.adapters.pdf.badges import print_badges

    band = words.bands[kind]
    badge = paper.Badge(
        record="preview",
        name=sample.name,
        role=paper.BadgeRole(band.name, band.second, band.colour, band.ink, band.icon),
        token=_SAMPLE_TOKEN[:TOKEN_LENGTH],
        code=grouped("MWMWMWMW"),
        latin=sample.latin,
        organisation=sample.organisation,
        booth="A-012",
        halls=("A", "B"),
        lang=sample.language,
        duty=sample.duty,
        design=design,
    )
    out = BytesIO()
    pictures = pictures_of(files, [design] if design else [])
    print_badges(out, [badge], sheet_of(words), "single", None, pictures)
    return out.getvalue()


def wallet_picture(session: Session, badge: Badge, words: BadgeWords, sign: Sign, files: Files) -> bytes:
    """The front of a valid badge for its wearer's phone, as a PNG of print's own layout.

    :raises Missing: when the badge opens no gate.
    """
    from fairapp.adapters.pdf.badges import print_badges
    from fairapp.adapters.pdf.rendering import page_png

    if badge.state not in VALID:
        raise Missing
    design = designs_of(session, badge.fair_id).get(badge.kind)
    if design is not None:
        design = replace(one_face(design, Face.FRONT), slot=False)
    stands = stands_of(session, [badge.exhibitor_id]).get(badge.exhibitor_id or 0, ())
    out = BytesIO()
    fair = session.get_one(Fair, badge.fair_id)
    days = part_days_of(session, fair, [badge]).get(badge.id, ())
    printed = on_paper(badge, stands, words, sign, design, days)
    print_badges(
        out, [printed], sheet_of(words), "single", None, pictures_of(files, [design] if design else [])
    )
    return page_png(out.getvalue(), 0, WALLET_DPI)
