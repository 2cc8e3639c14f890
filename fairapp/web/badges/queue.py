"""The print queue: what waits, what lies ready, and who took what."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from fairapp.i18n import gettext as _
from fairapp.i18n import ngettext
from fairapp.rules.actors import Permission
from fairapp.rules.badge_queue import PrintJobState, PrintJobStep, ReprintReason
from fairapp.rules.badges import BadgeRefusal
from fairapp.rules.errors import Missing, Refused
from fairapp.store.badges_lists import stands_of
from fairapp.store.badges_press import PrintJob
from fairapp.store.badges_press_queries import (
    PER_PAGE,
    jobs_by_state,
    jobs_counted,
    jobs_page,
    jobs_wanted,
    stations_of,
)
from fairapp.store.base import reading, transaction
from fairapp.usecases.badges_queue import QueueBadges, StepJob, open_station, queue_badges, step_job
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.badges.bp import bp
from fairapp.web.badges.forms import chosen_badges
from fairapp.web.paging import page_asked

QUEUE = "/o/<fair_code>/badges/queue"
JOB = f"{QUEUE}/<int(max=2147483647):print_job_id>"
REASONS = tuple(each for each in ReprintReason if each is not ReprintReason.FIRST)


@bp.get(QUEUE)
@needs(Permission.BADGE_PRINT)
def queue(fair_code: str) -> Any:
    """What waits and what lies ready; asked for by the page itself, only the list."""
    fair, session = current_fair(), reading()
    asked = request.args.get("state", "")
    state = PrintJobState(asked) if asked in [each.value for each in PrintJobState] else None
    query = request.args.get("q", "")[:200]
    wanted = jobs_wanted(fair.id, state, query)
    page = page_asked(jobs_counted(session, wanted), PER_PAGE)
    jobs = jobs_page(session, wanted, page.skipped, state)
    is_part = request.headers.get("HX-Request") == "true"
    return render_template(
        "badges/_queue.html" if is_part else "badges/queue.html",
        jobs=jobs,
        page=page,
        counts=jobs_by_state(session, fair.id),
        stations=stations_of(session, fair.id),
        stands=stands_of(session, [job.badge.exhibitor_id for job in jobs]),
        state=state,
        query=query,
        States=PrintJobState,
        reasons=REASONS,
    )


@bp.post(QUEUE)
@needs(Permission.BADGE_PRINT)
def queue_chosen(fair_code: str) -> Any:
    """Put the badges ticked in the list into the queue."""
    chosen = chosen_badges()
    if not chosen:
        raise Refused(BadgeRefusal.NOTHING_CHOSEN)
    return _queued(chosen)


@bp.post(f"{JOB}/again")
@needs(Permission.BADGE_PRINT)
def print_again(fair_code: str, print_job_id: int) -> Any:
    """Print the badge of a job once more, with the reason."""
    fair, session = current_fair(), reading()
    job = session.scalar(jobs_wanted(fair.id).where(PrintJob.id == print_job_id))
    if job is None:
        raise Missing
    return _queued((job.badge_id,))


def _queued(badge_ids: tuple[int, ...]) -> Any:
    said = request.form.get("reason", "")
    reason = ReprintReason(said) if said in [each.value for each in REASONS] else ReprintReason.FIRST
    with transaction() as session:
        order = QueueBadges(current_fair().id, badge_ids, reason)
        jobs = queue_badges(session, current_actor(), order, datetime.now(UTC))
    flash(ngettext("%(num)s badge is in the queue.", "%(num)s badges are in the queue.", len(jobs)), "ok")
    return redirect(url_for("badges.queue", fair_code=current_fair().code))


@bp.post(f"{JOB}/collect")
@needs(Permission.BADGE_PRINT)
def collect(fair_code: str, print_job_id: int) -> Any:
    """Hand the badge over. Nobody is checked in by that."""
    job = _step(print_job_id, PrintJobStep.COLLECT)
    flash(_("%(name)s has the badge.", name=job.badge.name), "ok")
    return _back()


@bp.post(f"{JOB}/drop")
@needs(Permission.BADGE_PRINT)
def drop(fair_code: str, print_job_id: int) -> Any:
    """Take a job out of the queue."""
    job = _step(print_job_id, PrintJobStep.DROP)
    flash(_("%(name)s is out of the queue.", name=job.badge.name), "ok")
    return _back()


def _step(job_id: int, step: PrintJobStep) -> Any:
    with transaction() as session:
        order = StepJob(current_fair().id, job_id, step)
        return step_job(session, current_actor(), order, datetime.now(UTC))


def _back() -> Any:
    kept: dict[str, Any] = {
        name: request.form[name][:200] for name in ("state", "q") if request.form.get(name, "")
    }
    return redirect(url_for("badges.queue", fair_code=current_fair().code, **kept))


@bp.post("/o/<fair_code>/badges/stations")
@needs(Permission.BADGE_PRINT)
def add_station(fair_code: str) -> Any:
    """Open a station by its name."""
    fair = current_fair()
    with transaction() as session:
        name = request.form.get("name", "")[:200]
        station = open_station(session, current_actor(), fair.id, name, datetime.now(UTC))
    flash(_("The station %(name)s is open.", name=station.name), "ok")
    return redirect(url_for("badges.station", fair_code=fair.code, print_station_id=station.id))
