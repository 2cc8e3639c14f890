"""The organiser builds forms: the list of them, and one form's draft with its sections and questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from fairapp.i18n import gettext as _
from fairapp.i18n import pick
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.errors import Clash, Refused
from fairapp.rules.form_building import FormRefusal, body_faults
from fairapp.rules.form_versions import difference, standing
from fairapp.rules.forms import form_settings
from fairapp.rules.questions import Body, Phase, body_from
from fairapp.store.applications_forms import Form, FormVersion
from fairapp.store.applications_forms_queries import (
    asked_in,
    form_of,
    forms_of,
    kinds_with_own_form,
    newest_versions,
    versions_of,
)
from fairapp.store.base import db, reading, transaction
from fairapp.store.fairs_queries import kinds_of
from fairapp.usecases.applications_forms import (
    KeepSection,
    MakeForm,
    Page,
    keep_section,
    make_form,
    move_section,
    remove_form,
    remove_section,
)
from fairapp.usecases.applications_publishing import set_form_settings
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.applications.bp import FORM, FORMS, bp
from fairapp.web.applications.building_forms import DetailsDueForm, NewFormForm, SectionForm, VersionForm
from fairapp.web.wording import sentences


def form_title(form: Form) -> str:
    """Which form it is: when it is asked, and of whom."""
    of_whom = pick(form.booth_kind.names) if form.booth_kind else _("All kinds of booths")
    return f"{phrase(form.phase)} · {of_whom}"


@bp.get(FORMS)
@needs(Permission.FORM_EDIT)
def forms(fair_code: str) -> Any:
    """Every form of the fair, how far it is, and who has answered."""
    return _forms_page(_new_form())


@bp.post(FORMS)
@needs(Permission.FORM_EDIT)
def begin_form(fair_code: str) -> Any:
    """Begin a form."""
    fair, form = current_fair(), _new_form()
    if not form.validate_on_submit():
        return _forms_page(form), 422
    kind, copied = form.kind.data, form.copy_of.data
    order = MakeForm(
        fair.id, Phase(form.phase.data), int(kind) if kind else None, int(copied) if copied else None
    )
    try:
        with transaction() as session:
            made = make_form(session, current_actor(), order, datetime.now(UTC))
            address = url_for("applications.form_draft", fair_code=fair.code, form_id=made.id)
    except Refused as refused:
        db.session.rollback()
        return _forms_page(_new_form(), sentences(refused)), 409
    return redirect(address, 303)


@bp.route(f"{FORMS}/deadline", methods=["GET", "POST"])
@needs(Permission.FORM_EDIT)
def details_due(fair_code: str) -> Any:
    """Until when details are given, and what missing ones hold back."""
    fair, form = current_fair(), DetailsDueForm()
    form.offer()
    reasons: tuple[str, ...] = ()
    if form.validate_on_submit():
        try:
            with transaction() as session:
                chosen = form.chosen(fair.timezone)
                set_form_settings(session, current_actor(), fair.id, chosen, datetime.now(UTC))
            flash(_("Saved."), "ok")
            return redirect(url_for("applications.forms", fair_code=fair.code), 303)
        except Refused as refused:
            db.session.rollback()
            reasons = sentences(refused)
    elif request.method == "GET":
        form.fill(form_settings(fair.settings), fair.timezone)
    page = render_template("applications/form_deadline.html", form=form, reasons=reasons)
    return (page, 422) if request.method == "POST" else page


@bp.get(FORM)
@needs(Permission.FORM_EDIT)
def form_draft(fair_code: str, form_id: int) -> Any:
    """The draft: every section and question with what can be done to it."""
    return draft_page(form_of(reading(), current_fair().id, form_id))


@bp.post(f"{FORM}/remove")
@needs(Permission.FORM_EDIT)
def drop_form(fair_code: str, form_id: int) -> Any:
    """Take away a form that was never published."""
    fair = current_fair()
    with transaction() as session:
        remove_form(session, current_actor(), fair.id, form_id, datetime.now(UTC))
    flash(_("The form is gone."), "ok")
    return redirect(url_for("applications.forms", fair_code=fair.code), 303)


@bp.route(f"{FORM}/sections/new", methods=["GET", "POST"])
@bp.route(f"{FORM}/sections/<key>", methods=["GET", "POST"])
@needs(Permission.FORM_EDIT)
def form_section(fair_code: str, form_id: int, key: str = "") -> Any:
    """The heading of a section, new or renamed."""
    fair, form = current_fair(), SectionForm()
    kept = form_of(reading(), fair.id, form_id)
    there = body_from(kept.draft).section(key)
    if key and there is None:
        abort(404)
    reasons: tuple[str, ...] = ()
    if form.validate_on_submit():
        order = KeepSection(Page(fair.id, form_id, form.seen()), form.names(), key)
        reasons = tried(lambda session, now: keep_section(session, current_actor(), order, now))
        if not reasons:
            return back_to_draft(form_id)
        kept = form_of(reading(), fair.id, form_id)
    elif request.method == "GET" and there is not None:
        form.name_vi.data, form.name_en.data = there.names.get("vi", ""), there.names.get("en", "")
    form.version.data = str(kept.version)
    page = render_template(
        "applications/form_section.html", form=form, reasons=reasons, kept=kept, section=there
    )
    return (page, 422) if request.method == "POST" else page


@bp.post(f"{FORM}/sections/<key>/remove")
@needs(Permission.FORM_EDIT)
def drop_section(fair_code: str, form_id: int, key: str) -> Any:
    """Take away an empty section."""
    return done(form_id, lambda session, page, now: remove_section(session, current_actor(), page, key, now))


@bp.post(f"{FORM}/sections/<key>/move")
@needs(Permission.FORM_EDIT)
def shift_section(fair_code: str, form_id: int, key: str) -> Any:
    """Put a section at another place."""
    place = place_asked()
    return done(
        form_id,
        lambda session, page, now: move_section(session, current_actor(), page, key, place, now),
        f"s-{key}",
    )


def place_asked() -> int:
    """The place in a list that was asked for."""
    text = request.form.get("place", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def done(form_id: int, deed: Callable[[Session, Page, datetime], object], anchor: str = "") -> Any:
    """Do one thing to the draft and show it; what is in the way is said there."""
    page = Page(current_fair().id, form_id, VersionForm().seen())
    reasons = tried(lambda session, now: deed(session, page, now))
    if reasons:
        return draft_page(form_of(reading(), current_fair().id, form_id), reasons), 409
    return back_to_draft(form_id, anchor)


def tried(deed: Callable[[Session, datetime], object]) -> tuple[str, ...]:
    """Do it; answer with what was in the way."""
    try:
        with transaction() as session:
            deed(session, datetime.now(UTC))
    except Refused as refused:
        db.session.rollback()
        return sentences(refused)
    except Clash as clash:
        db.session.rollback()
        return sentences(clash)
    return ()


def back_to_draft(form_id: int, anchor: str = "") -> Any:
    """To the draft, at the part that was changed."""
    address = url_for(
        "applications.form_draft", fair_code=current_fair().code, form_id=form_id, _anchor=anchor or None
    )
    return redirect(address, 303)


def draft_page(form: Form, reasons: tuple[str, ...] = ()) -> str:
    """The draft, with what is wrong in it and what it changes."""
    session, body = reading(), body_from(form.draft)
    versions = versions_of(session, form.id)
    wrong: dict[str, list[FormRefusal]] = {}
    for key, fault in body_faults(body):
        wrong.setdefault(key, []).append(fault)
    changes = difference(body_from(versions[0].body), body) if versions else None
    return render_template(
        "applications/form_draft.html",
        form=form,
        title=form_title(form),
        body=body,
        wrong=wrong,
        versions=versions,
        changes=changes,
        reasons=reasons,
        decided=_decided(body),
    )


def _decided(body: Body) -> dict[str, str]:
    """By question: the answers that make it needed, in words."""
    found = {}
    for each in body.questions():
        decides = body.question(each.condition.question) if each.condition else None
        if each.condition is not None and decides is not None:
            names = {choice.code: pick(choice.names) for choice in decides.choices}
            said = ", ".join(names.get(value, _("Yes")) for value in each.condition.values)
            found[each.key] = f"{pick(decides.labels)}: {said}"
    return found


def _new_form() -> NewFormForm:
    form, fair = NewFormForm(), current_fair()
    kinds = [(kind.id, pick(kind.names)) for kind in kinds_of(reading(), fair.id)]
    form.offer(kinds, [(each.id, form_title(each)) for each in forms_of(reading(), fair.id)])
    return form


def _forms_page(form: NewFormForm, reasons: tuple[str, ...] = ()) -> str:
    session, fair = reading(), current_fair()
    found = forms_of(session, fair.id)
    newest = newest_versions(session, [each.id for each in found])
    return render_template(
        "applications/forms.html",
        rows=[(each, form_title(each), newest.get(each.id)) for each in found],
        standings=_counted(found, newest),
        pending={
            each.id: bool(difference(body_from(newest[each.id].body), body_from(each.draft)))
            for each in found
            if each.id in newest
        },
        settings=form_settings(fair.settings),
        form=form,
        reasons=reasons,
    )


def _counted(found: Sequence[Form], newest: dict[int, FormVersion]) -> dict[int, dict[str, int]]:
    """By form: how many stand where with it."""
    session, fair_id = reading(), current_fair().id
    own = kinds_with_own_form(session, fair_id)
    of_whom = {(form.phase, form.booth_kind_id): form.id for form in found if form.id in newest}
    bodies = {form_id: body_from(version.body) for form_id, version in newest.items()}
    given: dict[int, Body] = {}
    counts: dict[int, dict[str, int]] = {form.id: {} for form in found}
    for phase in Phase:
        for each in asked_in(session, fair_id, phase):
            kind = each.booth_kind_id if (phase, each.booth_kind_id) in own else None
            form_id, answer, answered = of_whom.get((phase, kind)), each.answer, None
            if form_id is None:
                continue
            if answer is not None:
                version = answer.form_version
                answered = given.setdefault(version.id, body_from(version.body))
            how = standing(answered, bodies[form_id], answer.answers if answer else {}).value
            counts[form_id][how] = counts[form_id].get(how, 0) + 1
    return counts
