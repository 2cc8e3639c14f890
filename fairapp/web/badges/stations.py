"""A print station: take the next badges, print them, say what came out."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from fairapp.i18n import gettext as _
from fairapp.i18n import ngettext
from fairapp.rules.actors import Permission
from fairapp.rules.badge_queue import MOST_AT_ONCE, PrintJobState, PrintJobStep
from fairapp.rules.errors import Missing
from fairapp.store.badges_lists import stands_of
from fairapp.store.badges_press_queries import jobs_at, jobs_by_state, station_of
from fairapp.store.base import reading, transaction
from fairapp.usecases.badges_printing import Format, PrintBadges, print_badges
from fairapp.usecases.badges_queue import StepJob, close_station, step_job, take_jobs
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.badges.bp import bp
from fairapp.web.badges.printing import kept_files, private_file, sign, words_of

STATION = "/o/<fair_code>/badges/stations/<int(max=2147483647):print_station_id>"
AMOUNTS = (1, 4, 8, MOST_AT_ONCE)


@bp.get(STATION)
@needs(Permission.BADGE_PRINT)
def station(fair_code: str, print_station_id: int) -> Any:
    """What the station has in hand, and how much waits."""
    fair, session = current_fair(), reading()
    found = station_of(session, fair.id, print_station_id)
    jobs = jobs_at(session, found.id)
    return render_template(
        "badges/station.html",
        station=found,
        jobs=jobs,
        waiting=jobs_by_state(session, fair.id).get(PrintJobState.QUEUED, 0),
        stands=stands_of(session, [job.badge.exhibitor_id for job in jobs]),
        amounts=AMOUNTS,
    )


@bp.post(f"{STATION}/take")
@needs(Permission.BADGE_PRINT)
def take(fair_code: str, print_station_id: int) -> Any:
    """Take the next badges of the queue."""
    most, seen = _counted("most") or 1, _counted("seen")
    with transaction() as session:
        jobs = take_jobs(
            session, current_actor(), current_fair().id, print_station_id, most, datetime.now(UTC), seen
        )
    if jobs:
        flash(
            ngettext("%(num)s badge is yours to print.", "%(num)s badges are yours to print.", len(jobs)),
            "ok",
        )
    return _back(print_station_id)


def _counted(name: str) -> int | None:
    """A small number of the form; None where it is none."""
    said = request.form.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 4 else None


@bp.get(f"{STATION}/badges.pdf")
@needs(Permission.BADGE_PRINT)
def station_file(fair_code: str, print_station_id: int) -> Any:
    """The badges in hand as the printer takes them; looking at it prints nothing."""
    fair, session = current_fair(), reading()
    jobs = jobs_at(session, station_of(session, fair.id, print_station_id).id)
    if not jobs:
        raise Missing
    layout: Format = "a4" if request.args.get("format") == "a4" else "single"
    out = BytesIO()
    order = PrintBadges(fair.id, tuple(job.badge_id for job in jobs), layout)
    print_badges(session, current_actor(), order, words_of(fair), sign(), kept_files(), out)
    return private_file(out.getvalue(), "application/pdf", f"{fair.code}-badges.pdf")


@bp.post(f"{STATION}/printed")
@needs(Permission.BADGE_PRINT)
def came_out(fair_code: str, print_station_id: int) -> Any:
    """Keep that the badges came out: the one pressed, or all in hand."""
    count = _each(print_station_id, PrintJobStep.PRINT)
    flash(ngettext("%(num)s badge lies ready.", "%(num)s badges lie ready.", count), "ok")
    return _back(print_station_id)


@bp.post(f"{STATION}/give-back")
@needs(Permission.BADGE_PRINT)
def give_back(fair_code: str, print_station_id: int) -> Any:
    """Give badges back to the queue, for another station to print."""
    count = _each(print_station_id, PrintJobStep.GIVE_BACK)
    flash(
        ngettext("%(num)s badge is back in the queue.", "%(num)s badges are back in the queue.", count), "ok"
    )
    return _back(print_station_id)


def _each(station_id: int, step: PrintJobStep) -> int:
    fair_id, now = current_fair().id, datetime.now(UTC)
    said = request.form.get("job", "")
    with transaction() as session:
        in_hand = [job.id for job in jobs_at(session, station_of(session, fair_id, station_id).id)]
        ids = [int(said)] if said.isdecimal() and len(said) < 11 else in_hand
        for job_id in ids:
            step_job(session, current_actor(), StepJob(fair_id, job_id, step, station_id), now)
    return len(ids)


@bp.post(f"{STATION}/close")
@needs(Permission.BADGE_PRINT)
def close(fair_code: str, print_station_id: int) -> Any:
    """Take the station out of use."""
    with transaction() as session:
        close_station(session, current_actor(), current_fair().id, print_station_id, datetime.now(UTC))
    flash(_("The station is closed. What it printed stays in the list."), "ok")
    return redirect(url_for("badges.queue", fair_code=current_fair().code))


def _back(station_id: int) -> Any:
    return redirect(url_for("badges.station", fair_code=current_fair().code, print_station_id=station_id))
