"""The exhibitor's manual: everything it owes by day, and the page of each task."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Response, abort, flash, redirect, render_template, send_file, url_for
from wtforms import SelectChoice

from fairapp.adapters.files import NoSuchFile, content_type
from fairapp.i18n import formats, pick
from fairapp.i18n import gettext as _
from fairapp.rules.badges import COUNTED
from fairapp.rules.documents import PDF_BYTES_AT_MOST
from fairapp.rules.duties import OPEN, Duty, tally
from fairapp.rules.errors import Clash, Invalid, Missing, Refused
from fairapp.rules.manual import WITH_FILE, AnswerState, TaskKind, against_answering, asks
from fairapp.store.allocation import Exhibitor
from fairapp.store.applications import Application
from fairapp.store.applications_queries import exhibitor_from
from fairapp.store.badges_queries import badges_of, floor_of
from fairapp.store.base import db, reading, transaction
from fairapp.store.duties_queries import people_of
from fairapp.store.manual import ManualTask, MoveInSlot
from fairapp.store.manual_queries import (
    answer_for,
    answer_of,
    booking_of,
    booth_kind_of,
    halls_held,
    places_taken,
    slots_of,
    task_of,
)
from fairapp.store.manual_services import orders_of, services_of
from fairapp.usecases.badges import allotted
from fairapp.usecases.documents import take_file
from fairapp.usecases.duties import duties_of
from fairapp.usecases.manual_answers import AnswerTask, answer_task
from fairapp.usecases.producers import EditOrganisation, Story, edit_organisation
from fairapp.web.access import signed_in
from fairapp.web.actor import current_actor
from fairapp.web.manual.bp import ANSWER, ANSWER_TAGS, MINE, TAGS, TASK, bp, private_files, way_to
from fairapp.web.manual.forms import AnswerForm
from fairapp.web.one_application import own
from fairapp.web.wording import sentences


@bp.get(MINE)
@signed_in
def mine(application_id: int) -> str:
    """Everything that the exhibitor owes, whichever room asks for it: what is open by day, then the rest."""
    application = own(application_id)
    exhibitor = exhibitor_from(reading(), application.id)
    duties: list[Duty] = []
    if exhibitor is not None:
        people = people_of(reading(), application.fair.id, [exhibitor.id])
        duties = duties_of(reading(), application.fair, people, datetime.now(UTC)).get(exhibitor.id, [])
    return render_template(
        "manual/mine.html",
        application=application,
        open_duties=[duty for duty in duties if duty.state in OPEN],
        others=[duty for duty in duties if duty.state not in OPEN],
        tally=tally(duties),
        services=len(services_of(reading(), application.fair_id)),
        ordered=len(orders_of(reading(), exhibitor.id)) if exhibitor else 0,
        way_to=lambda duty: way_to(duty, exhibitor) if exhibitor else "",
        tags=TAGS,
    )


@bp.get(f"{MINE}/{TASK}")
@signed_in
def task(application_id: int, manual_task_id: int) -> str:
    """One task: what is asked, what was handed in, and the form."""
    exhibitor, wanted = _asked(own(application_id), manual_task_id)
    form = AnswerForm(formdata=None)
    answer = answer_for(reading(), wanted.id, exhibitor.id)
    organisation = exhibitor.organisation
    form.text.data = answer.value.get("text", "") if answer else ""
    form.fascia.data = exhibitor.fascia_name
    form.story_vi.data, form.story_en.data = (organisation.story.get(each, "") for each in ("vi", "en"))
    form.version.data = str(organisation.version)
    form.is_ticked.data = answer is not None
    booking = booking_of(reading(), exhibitor.id)
    form.slot.data = str(booking.slot_id) if booking else None
    return _page(exhibitor, wanted, form)


@bp.post(f"{MINE}/{TASK}")
@signed_in
def hand_in(application_id: int, manual_task_id: int) -> Any:
    """Hand it in; what is wrong with it stands beside its field, and nothing that was typed is lost."""
    exhibitor, wanted = _asked(own(application_id), manual_task_id)
    form = AnswerForm()
    if not form.validate_on_submit():
        return _page(exhibitor, wanted, form), 422
    try:
        key, size = _kept_file(wanted, form)
        order = AnswerTask(
            application_id,
            wanted.id,
            (form.fascia.data if wanted.kind is TaskKind.FASCIA else form.text.data) or "",
            bool(form.is_ticked.data),
            form.slot_id,
            key,
            size,
        )
        with transaction() as session:
            if wanted.kind is TaskKind.CATALOGUE:
                _tell_story(session, exhibitor, form)
            answer_task(session, current_actor(), order, datetime.now(UTC))
    except Invalid as invalid:
        db.session.rollback()
        for name, reason in invalid.fields.items():
            form.blame(name, reason, invalid.facts_of(name))
        return _page(*_asked(own(application_id), manual_task_id), form), 422
    except (Refused, Clash) as refused:
        db.session.rollback()
        form.form_errors.extend(sentences(refused))
        exhibitor, wanted = _asked(own(application_id), manual_task_id)
        form.version.process_data(str(exhibitor.organisation.version))
        return _page(exhibitor, wanted, form), 409
    flash(_("Handed in: %(task)s.", task=pick(wanted.names)), "ok")
    return redirect(url_for("manual.mine", application_id=application_id), 303)


@bp.get(f"/manual/answers/{ANSWER}/file")
@signed_in
def file(task_answer_id: int) -> Response:
    """The file that was handed in, for its exhibitor and for the organiser; it is saved, never run."""
    answer = answer_of(reading(), current_actor(), task_answer_id)
    if not answer.file_key:
        abort(404)
    try:
        body = private_files().open(answer.file_key)
    except NoSuchFile:
        abort(404)
    sent = send_file(
        body,
        mimetype=content_type(answer.file_key),
        as_attachment=True,
        download_name=f"{answer.task.kind.value}-{answer.id}.{answer.file_key.rpartition('.')[2]}",
    )
    sent.headers["Cache-Control"] = "private, no-store"
    return sent


def _asked(application: Application, task_id: int) -> tuple[Exhibitor, ManualTask]:
    """The exhibitor and a task that is asked of it."""
    exhibitor = exhibitor_from(reading(), application.id)
    if exhibitor is None:
        raise Missing
    wanted = task_of(reading(), application.fair_id, task_id)
    if not asks(wanted.asking, booth_kind_of(exhibitor)):
        raise Missing
    return exhibitor, wanted


def _kept_file(wanted: ManualTask, form: AnswerForm) -> tuple[str, int]:
    """The file judged by its bytes; it may take a second, so no transaction waits for it."""
    if wanted.kind not in WITH_FILE:
        return "", 0
    taken = take_file(private_files(), form.file.data.read() if form.file.data else b"")
    return taken.key, taken.size


def _tell_story(session: Any, exhibitor: Exhibitor, form: AnswerForm) -> None:
    """Write the text into the profile, where the catalogue and the booth's page read it."""
    organisation = exhibitor.organisation
    texts = {"vi": form.story_vi.data or "", "en": form.story_en.data or ""}
    told = {language: "\n".join(text.splitlines()).strip() for language, text in texts.items()}
    if any(told[language] != organisation.story.get(language, "") for language in told):
        order = EditOrganisation(organisation.id, form.seen, Story(texts))
        edit_organisation(session, current_actor(), order, datetime.now(UTC))


def _page(exhibitor: Exhibitor, wanted: ManualTask, form: AnswerForm) -> str:
    session = reading()
    answer = answer_for(session, wanted.id, exhibitor.id)
    state = answer.state if answer else AnswerState.OPEN
    now, fair = datetime.now(UTC), exhibitor.fair
    named = sum(badge.state in COUNTED for badge in badges_of(session, exhibitor.id))
    slots = _slots(exhibitor) if wanted.kind is TaskKind.MOVE_IN else {}
    form.slot.choices = [
        SelectChoice(str(slot.id), _times(slot, fair.timezone), {"disabled": True} if left <= 0 else {})
        for slot, left in slots.values()
    ]
    return render_template(
        "manual/task.html",
        application=exhibitor.application,
        exhibitor=exhibitor,
        task=wanted,
        answer=answer,
        state=state,
        against=against_answering(
            wanted.asking, state, booth_kind_of(exhibitor), has_left=exhibitor.left_at is not None, now=now
        ),
        form=form,
        named=named,
        allotted=allotted(exhibitor, *floor_of(session, exhibitor.id)),
        left={str(slot.id): left for slot, left in slots.values()},
        is_late=now > wanted.due_at,
        most_mb=PDF_BYTES_AT_MOST // 2**20,
        answer_tags=ANSWER_TAGS,
        Kind=TaskKind,
        State=AnswerState,
    )


def _slots(exhibitor: Exhibitor) -> dict[int, tuple[MoveInSlot, int]]:
    """The slots of the exhibitor's halls that are still to come, with the places left for it."""
    session, now = reading(), datetime.now(UTC)
    halls = halls_held(session, [exhibitor.id]).get(exhibitor.id, frozenset())
    mine = [
        slot
        for slot in slots_of(session, exhibitor.fair_id)
        if slot.ends_at > now and halls and (slot.hall_id is None or slot.hall_id in halls)
    ]
    taken = places_taken(session, [slot.id for slot in mine], besides=exhibitor.id)
    return {slot.id: (slot, slot.capacity - taken.get(slot.id, 0)) for slot in mine}


def _times(slot: MoveInSlot, zone: str) -> str:
    """``Wednesday 14 April 2027, 08:00–10:00 · Hall A``."""
    day = formats.date(slot.starts_at, "day", zone)
    times = f"{formats.time(slot.starts_at, zone)}–{formats.time(slot.ends_at, zone)}"
    hall = (pick(slot.hall.names) or slot.hall.code) if slot.hall else ""
    return " · ".join(part for part in (f"{day}, {times}", hall) if part)
