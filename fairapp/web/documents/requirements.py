"""What a fair asks for: the list, and one requirement."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import abort, flash, redirect, render_template, url_for

from fairapp.i18n import gettext as _
from fairapp.i18n import pick
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.documents import Whence
from fairapp.rules.errors import Refused
from fairapp.rules.producers import OrganisationKind
from fairapp.store.base import db, reading, transaction
from fairapp.store.documents import DocumentRequirement
from fairapp.store.documents_queries import requirements_of
from fairapp.store.fairs_queries import groups_of, kinds_of
from fairapp.usecases.documents_requirements import keep_requirement, remove_requirement
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.documents.bp import OFFICE, bp
from fairapp.web.documents.forms import RequirementForm
from fairapp.web.wording import sentences

ASKED = f"{OFFICE}/asked"
ONE = f"{ASKED}/<int(max=2147483647):requirement_id>"


@bp.get(ASKED)
@needs(Permission.FAIR_EDIT)
def asked(fair_code: str) -> str:
    """Everything that the fair asks for, of whom, and what its lack holds back."""
    session, fair = reading(), current_fair()
    groups = {group.code: pick(group.names) for group in groups_of(session, fair)}
    kinds = {kind.code: pick(kind.names) for kind in kinds_of(session, fair.id)}
    rows = [(row, of_whom(row, groups, kinds)) for row in requirements_of(session, fair.id)]
    return render_template("documents/asked.html", rows=rows)


@bp.route(f"{ASKED}/new", methods=["GET", "POST"])
@bp.route(ONE, methods=["GET", "POST"])
@needs(Permission.FAIR_EDIT)
def requirement(fair_code: str, requirement_id: int | None = None) -> Any:
    """Something that is asked, new or changed."""
    session, fair, form = reading(), current_fair(), RequirementForm()
    form.offer(groups_of(session, fair), kinds_of(session, fair.id))
    there = _own(requirement_id)
    if not form.is_submitted():
        form.fill(there)
        return _page(form, there)
    if not form.validate():
        return _page(form, there), 422
    try:
        with transaction() as writing:
            order = form.order(fair.id, requirement_id)
            keep_requirement(writing, current_actor(), order, datetime.now(UTC))
    except Refused as refused:
        db.session.rollback()
        form.form_errors.extend(sentences(refused))
        return _page(form, _own(requirement_id)), 409
    flash(_("Saved."), "ok")
    return redirect(url_for("documents.asked", fair_code=fair_code), 303)


@bp.post(f"{ONE}/remove")
@needs(Permission.FAIR_EDIT)
def ask_no_more(fair_code: str, requirement_id: int) -> Any:
    """Ask for it no more."""
    with transaction() as session:
        remove_requirement(session, current_actor(), current_fair().id, requirement_id, datetime.now(UTC))
    flash(_("The fair asks for it no more."), "ok")
    return redirect(url_for("documents.asked", fair_code=fair_code), 303)


def of_whom(row: DocumentRequirement, groups: dict[str, str], kinds: dict[str, str]) -> list[str]:
    """Of whom a requirement asks, in words; each line narrows the others."""
    said = [] if row.whence is Whence.ANYWHERE else [phrase(row.whence)]
    for chosen in (
        [phrase(OrganisationKind(each)) for each in row.organisation_kinds],
        [groups.get(each, each) for each in row.group_codes],
        [kinds.get(each, each) for each in row.booth_kinds],
    ):
        if chosen:
            said.append(", ".join(chosen))
    return said


def _own(requirement_id: int | None) -> DocumentRequirement | None:
    if requirement_id is None:
        return None
    row = reading().get(DocumentRequirement, requirement_id)
    if row is None or row.fair_id != current_fair().id:
        abort(404)
    return row


def _page(form: RequirementForm, there: DocumentRequirement | None) -> str:
    return render_template("documents/requirement.html", form=form, there=there)
