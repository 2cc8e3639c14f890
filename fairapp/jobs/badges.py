"""What happens later with badges: the letter that they are approved, and printing many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import BinaryIO

from sqlalchemy.orm import Session

from fairapp.adapters.files import FolderFiles
from fairapp.adapters.signing import BadgeKeys
from fairapp.config import Settings
from fairapp.i18n import speaking
from fairapp.i18n.phrases import phrase
from fairapp.i18n.printed_badges import badge_words
from fairapp.jobs.applications import letters_to
from fairapp.jobs.work import Letter, Result, Work
from fairapp.rules.actors import SYSTEM, Actor
from fairapp.rules.badges import VALID
from fairapp.rules.printing import Report
from fairapp.store.allocation import Exhibitor
from fairapp.store.badges_queries import badges_of
from fairapp.store.base import transaction
from fairapp.store.fairs import Fair
from fairapp.usecases.badges_printing import Format, PrintBadges, keep_printings, print_badges


def badges_approved(work: Work, *, exhibitor_id: int) -> list[Letter]:
    """Tell everybody of the organisation whose badges are approved."""
    exhibitor = work.session.get(Exhibitor, exhibitor_id)
    if exhibitor is None or exhibitor.left_at is not None:
        return []
    names = [badge.name for badge in badges_of(work.session, exhibitor.id) if badge.state in VALID]
    if not names:
        return []
    fair, organisation = exhibitor.fair, exhibitor.organisation
    facts = {
        "fair_names": fair.names,
        "first": fair.starts_on,
        "last": fair.ends_on,
        "organisation": organisation.name,
        "names": names,
        "path": f"/me/exhibitors/{exhibitor.id}/badges",
    }
    return letters_to(work, fair.id, organisation, "badges/approved", facts)


def printed_badges(
    work: Work,
    progress: Callable[[int, int], None],
    *,
    of_fair: int,
    by: int | None,
    badge_ids: Sequence[int],
    layout: Format,
    language: str,
    asked_at: str = "",
) -> Result:
    """Print these badges into a file, and keep a printing for each that came out, once for ``asked_at``."""
    fair = work.session.get_one(Fair, of_fair)
    out, actor = BytesIO(), replace(SYSTEM, account_id=by)
    order = PrintBadges(of_fair, tuple(badge_ids), layout)
    report, printed = printed_on(out, work.session, work.settings, actor, fair, order, progress)
    key = FolderFiles(work.settings.files).keep(out.getvalue(), "pdf")
    name = f"{fair.code}-badges.pdf"
    with transaction() as session:
        asked = datetime.fromisoformat(asked_at) if asked_at else work.now
        keep_printings(session, actor, of_fair, printed, asked)
    with speaking(language):
        return Result(key, name, report_lines(report))


def printed_on(
    out: BinaryIO,
    session: Session,
    settings: Settings,
    actor: Actor,
    fair: Fair,
    order: PrintBadges,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Report, tuple[tuple[int, int], ...]]:
    """Write the PDF with the fair's own words; answer its report and which badges stand on it."""
    words = badge_words(fair.names, fair.venue_names, fair.starts_on, fair.ends_on, fair.country)
    files = FolderFiles(settings.files)
    return print_badges(session, actor, order, words, BadgeKeys(settings.keys).sign, files, out, progress)


def report_lines(report: Report) -> tuple[dict[str, object], ...]:
    """Each finding as the job's page and the command line show it."""
    return tuple(
        {"record": finding.record, "field": finding.field, "text": phrase(finding.reason)}
        for finding in report
    )


LETTERS = {"mail.badges_approved": badges_approved}
LONG = {"badges": printed_badges}
