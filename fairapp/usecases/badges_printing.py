"""Print badges: their texts and signed codes on paper, and a printing kept for each that came out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, BinaryIO, Literal

from sqlalchemy.orm import Session

from fairapp.adapters.files import Files, NoSuchFile
from fairapp.rules.actors import Actor, Permission
from fairapp.rules.badge_designs import Design, design_from
from fairapp.rules.badge_tokens import Claims
from fairapp.rules.badge_words import BadgeWords
from fairapp.rules.badges import BADGE_STEPS, KIND_NUMBERS, VALID, BadgeKind, BadgeRefusal, BadgeStep
from fairapp.rules.days import days_of_mask
from fairapp.rules.errors import Refused
from fairapp.rules.fairs import days_of
from fairapp.rules.printing import PrintFault, Report
from fairapp.rules.short_codes import grouped
from fairapp.store.badges import Badge, BadgePrint
from fairapp.store.badges_lists import Stand, badges_to_print, printings_at, stands_of
from fairapp.store.badges_press_queries import designs_in_force
from fairapp.store.claim_days import days_of_exhibitors
from fairapp.store.fairs import Fair
from fairapp.usecases import audit
from fairapp.usecases.permission import require

if TYPE_CHECKING:
    from fairapp.adapters.pdf.badge_values import Badge as PaperBadge
    from fairapp.adapters.pdf.badge_values import BadgeSheet

Sign = Callable[[Claims], str]
Format = Literal["a4", "single"]
IN_THE_REQUEST = 200
"""So many badges are printed while somebody waits; more become long work."""


@dataclass(frozen=True, slots=True)
class PrintBadges:
    """Print these badges of a fair, in this order."""

    fair_id: int
    badge_ids: tuple[int, ...]
    layout: Format = "a4"


def claims_of(badge: Badge) -> Claims:
    """What the badge's code says: numbers, no names."""
    return Claims(badge.fair_id, badge.id, badge.issue, KIND_NUMBERS[badge.kind], badge.days)


def print_badges(
    session: Session,
    actor: Actor,
    order: PrintBadges,
    words: BadgeWords,
    sign: Sign,
    files: Files,
    out: BinaryIO,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Report, tuple[tuple[int, int], ...]]:
    """Write the PDF; answer its report and which badges, in which issue, stand on it. Keeps nothing.

    :raises Refused: when none of the badges may be printed.
    """
    from fairapp.adapters.pdf import badges as paper

    require(actor, Permission.BADGE_PRINT, order.fair_id)
    fair = session.get_one(Fair, order.fair_id)
    badges = [badge for badge in badges_to_print(session, fair.id, order.badge_ids) if badge.state in VALID]
    if not badges:
        raise Refused(BadgeRefusal.NOTHING_TO_PRINT)
    stands = stands_of(session, (badge.exhibitor_id for badge in badges))
    sheet, days = sheet_of(words), part_days_of(session, fair, badges)
    designs = designs_of(session, fair.id)
    printed = [
        on_paper(
            badge,
            stands.get(badge.exhibitor_id or 0, ()),
            words,
            sign,
            designs.get(badge.kind),
            days.get(badge.id, ()),
        )
        for badge in badges
    ]
    pictures = pictures_of(files, designs.values())
    report = paper.print_badges(out, printed, sheet, order.layout, progress, pictures)
    left_out = {
        finding.record for finding in report if finding.reason in (PrintFault.NO_NAME, PrintFault.SKIPPED)
    }
    done = tuple((badge.id, badge.issue) for badge in badges if badge.short_code not in left_out)
    return report, done


def keep_printings(
    session: Session, actor: Actor, fair_id: int, printed: Sequence[tuple[int, int]], now: datetime
) -> int:
    """Keep that these badges came out; one revoked or replaced meanwhile stays as it is. Answers how many.

    A printing is known by its badge, who asked for it, and when: work that is begun again keeps it once.
    """
    require(actor, Permission.BADGE_PRINT, fair_id)
    issues = dict(printed)
    badges = badges_to_print(session, fair_id, sorted(issues), lock=True)
    known = printings_at(session, sorted(issues), actor.account_id, now)
    kept = [
        badge
        for badge in badges
        if badge.state in VALID and badge.issue == issues[badge.id] and badge.id not in known
    ]
    if not kept:
        return 0
    for badge in kept:
        badge.state = BADGE_STEPS[badge.state, BadgeStep.PRINT]
        session.add(BadgePrint(badge_id=badge.id, issue=badge.issue, at=now, by_id=actor.account_id))
    audit.record(session, actor, "badge.print", now, fair_id=fair_id, badges=[badge.id for badge in kept])
    return len(kept)


def designs_of(session: Session, fair_id: int) -> dict[BadgeKind, Design]:
    """The designs in force, of the kinds of badges that have one of the fair's own."""
    kept = designs_in_force(session, fair_id)
    return {kind: design_from(each.body) for kind, each in kept.items() if each.body}


def pictures_of(files: Files, designs: Iterable[Design]) -> dict[str, bytes]:
    """The pictures of the designs, as far as they are still there."""
    found = {}
    for key in sorted({design.picture for design in designs if design.picture}):
        with suppress(NoSuchFile):
            found[key] = files.read(key)
    return found


def sheet_of(words: BadgeWords) -> BadgeSheet:
    """What all badges of a run share."""
    from fairapp.adapters.pdf.badge_values import BadgeSheet

    return BadgeSheet(words.title, words.fair, words.days, words.hall, words.language)


def on_paper(
    badge: Badge,
    stands: Sequence[Stand],
    words: BadgeWords,
    sign: Sign,
    design: Design | None,
    days: Collection[date] = (),
) -> PaperBadge:
    """The badge as the press takes it; ``days``: where it is not for all days of the fair."""
    from fairapp.adapters.pdf import badges as paper

    band = words.bands[badge.kind]
    organisation = None if badge.exhibitor is None else badge.exhibitor.organisation
    return paper.Badge(
        record=badge.short_code,
        name=badge.name,
        role=paper.BadgeRole(band.name, band.second, band.colour, band.ink, band.icon),
        token=sign(claims_of(badge)),
        code=grouped(badge.short_code),
        latin=badge.name_latin,
        organisation="" if organisation is None or organisation.name == badge.name else organisation.name,
        booth=stands[0].booth if stands else "",
        halls=tuple(dict.fromkeys(stand.hall for stand in stands)),
        lang="vi" if organisation is None else organisation.name_language,
        duty=badge.duty,
        design=design,
        days=words.some_days(days) if days else "",
    )


def part_days_of(session: Session, fair: Fair, badges: Iterable[Badge]) -> dict[int, tuple[date, ...]]:
    """By badge the days on which it opens a gate, where these are not all: its own, else its booth's."""
    listed, whole = list(badges), days_of(fair.starts_on, fair.ends_on)
    held = days_of_exhibitors(session, fair, {each.exhibitor_id for each in listed if each.exhibitor_id})
    found = {
        each.id: days_of_mask(each.days, whole) if each.days else held.get(each.exhibitor_id or 0, ())
        for each in listed
    }
    return {badge_id: days for badge_id, days in found.items() if 0 < len(days) < len(whole)}
