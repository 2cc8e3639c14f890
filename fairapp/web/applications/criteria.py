"""By what applications are reviewed: the criteria with their weights, and whether reviewers read blind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import BooleanField, DateTimeLocalField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from fairapp.i18n import gettext as _
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.review_settings import MOST_DAYS, ReviewSettings
from fairapp.rules.reviewing import LEAST_POINTS, MOST_POINTS, MOST_WEIGHT
from fairapp.store.applications_reviewing import Criterion, criteria_of
from fairapp.store.base import db, reading, transaction
from fairapp.store.fairs import Fair
from fairapp.usecases.applications_criteria import (
    KeepCriterion,
    keep_criterion,
    keep_review_settings,
    remove_criterion,
)
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.applications.bp import REVIEWING, bp
from fairapp.web.applications.forms import tidied
from fairapp.web.fields import WholeField

CRITERIA = f"{REVIEWING}/criteria"
ONE_CRITERION = f"{CRITERIA}/<int(max=2147483647):criterion_id>"
_KEPT = ("reminds", "days_before", "days_after")
_TOO_LONG = _l("This is too long. Shorten it.")


def _line(label: Any, *more: Any) -> StringField:
    return StringField(label, [*more, Length(max=400, message=_TOO_LONG), tidied(100)], default="")


def _lines(label: Any) -> TextAreaField:
    return TextAreaField(label, [Length(max=2000, message=_TOO_LONG), tidied(500, lines=True)], default="")


class CriterionForm(FlaskForm):  # type: ignore[misc]
    """A criterion in two languages, its weight and its scale."""

    name_vi = _line(_l("Name of the criterion"), DataRequired(_l("Write the name in Vietnamese.")))
    name_en = _line(_l("Name of the criterion"))
    hint_vi, hint_en = _lines(_l("What the points stand for")), _lines(_l("What the points stand for"))
    weight = WholeField(
        _l("Weight"),
        [
            InputRequired(_l("Write a weight, such as 2.")),
            NumberRange(1, MOST_WEIGHT, message=_l("Write a number from 1 to 100.")),
        ],
        default=1,
    )
    most = WholeField(
        _l("Points from 0 to"),
        [
            InputRequired(_l("Write the highest number of points, such as 10.")),
            NumberRange(LEAST_POINTS, MOST_POINTS, message=_l("Write a number from 2 to 100.")),
        ],
        default=10,
    )

    def order(self, fair_id: int, criterion_id: int | None) -> KeepCriterion:
        """The wish of the form."""
        names = {"vi": self.name_vi.data, "en": self.name_en.data}
        hints = {"vi": self.hint_vi.data, "en": self.hint_en.data}
        return KeepCriterion(
            fair_id,
            {language: text for language, text in names.items() if text},
            self.weight.data,
            self.most.data,
            {language: text for language, text in hints.items() if text},
            criterion_id,
        )


class HowForm(FlaskForm):  # type: ignore[misc]
    """How the fair reviews."""

    blind = BooleanField(_l("Reviewers do not learn who applies"))


class WhenForm(FlaskForm):  # type: ignore[misc]
    """Until when reviewers read, and which letters remind them."""

    until = DateTimeLocalField(
        _l("Reviews are wanted until"), [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
    )
    reminds = BooleanField(_l("Letters go out by themselves"))
    days_before = WholeField(
        _l("Days before the deadline"), [InputRequired(_l("Write how many.")), NumberRange(0, MOST_DAYS)]
    )
    days_after = WholeField(
        _l("Days after the deadline"), [InputRequired(_l("Write how many.")), NumberRange(0, MOST_DAYS)]
    )

    def settings(self, kept: ReviewSettings, zone: str) -> ReviewSettings:
        """What was typed, beside what the other form keeps."""
        until = self.until.data.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) if self.until.data else None
        return replace(
            kept,
            until=until,
            reminds=bool(self.reminds.data),
            days_before=self.days_before.data,
            days_after=self.days_after.data,
        )


def when_form(fair: Fair) -> WhenForm:
    """The form with what the fair keeps."""
    kept = ReviewSettings.of(fair.settings)
    found = WhenForm(formdata=None, data={name: getattr(kept, name) for name in _KEPT})
    found.until.data = kept.until.astimezone(ZoneInfo(fair.timezone)) if kept.until else None
    return found


@bp.get(CRITERIA)
@needs(Permission.APPLICATION_DECIDE)
def criteria(fair_code: str) -> Any:
    """All criteria, and how the fair reviews."""
    return _criteria_page(CriterionForm(formdata=None))


@bp.post(CRITERIA)
@needs(Permission.APPLICATION_DECIDE)
def add_criterion(fair_code: str) -> Any:
    """Add one."""
    form = CriterionForm()
    return _kept(form, None, lambda reasons: _criteria_page(form, reasons))


@bp.get(ONE_CRITERION)
@needs(Permission.APPLICATION_DECIDE)
def criterion(fair_code: str, criterion_id: int) -> Any:
    """One criterion, to be changed."""
    row, form = _one(criterion_id), CriterionForm(formdata=None)
    form.name_vi.data, form.name_en.data = row.names.get("vi", ""), row.names.get("en", "")
    form.hint_vi.data, form.hint_en.data = row.hints.get("vi", ""), row.hints.get("en", "")
    form.weight.data, form.most.data = row.weight, row.most
    return _criterion_page(row, form)


@bp.post(ONE_CRITERION)
@needs(Permission.APPLICATION_DECIDE)
def change_criterion(fair_code: str, criterion_id: int) -> Any:
    """Change it."""
    row, form = _one(criterion_id), CriterionForm()
    return _kept(form, row.id, lambda reasons: _criterion_page(_one(criterion_id), form, reasons))


@bp.post(f"{ONE_CRITERION}/remove")
@needs(Permission.APPLICATION_DECIDE)
def drop_criterion(fair_code: str, criterion_id: int) -> Any:
    """Take it out; a second press finds it gone."""
    fair = current_fair()
    try:
        with transaction() as session:
            remove_criterion(session, current_actor(), fair.id, criterion_id, datetime.now(UTC))
    except Missing:
        return _back()
    except Refused as refused:
        db.session.rollback()
        for reason in refused.reasons:
            flash(phrase(reason), "warn")
        return _back()
    flash(_("The criterion is removed."), "ok")
    return _back()


@bp.post(f"{REVIEWING}/how")
@needs(Permission.APPLICATION_DECIDE)
def keep_how(fair_code: str) -> Any:
    """Keep how the fair reviews."""
    form = HowForm()
    if not form.validate_on_submit():
        return _criteria_page(CriterionForm(formdata=None)), 422
    settings = replace(ReviewSettings.of(current_fair().settings), blind=bool(form.blind.data))
    with transaction() as session:
        keep_review_settings(session, current_actor(), current_fair().id, settings, datetime.now(UTC))
    flash(_("Saved."), "ok")
    return _back()


@bp.post(f"{REVIEWING}/when")
@needs(Permission.APPLICATION_DECIDE)
def keep_when(fair_code: str) -> Any:
    """Keep until when reviewers read, and when they are reminded."""
    form, fair = WhenForm(), current_fair()
    if not form.validate_on_submit():
        return _criteria_page(CriterionForm(formdata=None), when=form), 422
    settings = form.settings(ReviewSettings.of(fair.settings), fair.timezone)
    try:
        with transaction() as session:
            keep_review_settings(session, current_actor(), fair.id, settings, datetime.now(UTC))
    except Refused as refused:
        db.session.rollback()
        form.until.errors = [*form.until.errors, *map(phrase, refused.reasons)]
        return _criteria_page(CriterionForm(formdata=None), when=form), 409
    flash(_("Saved."), "ok")
    return _back()


def _kept(form: CriterionForm, criterion_id: int | None, again: Callable[[tuple[str, ...]], str]) -> Any:
    """Keep what the form says, or show it again with what is wrong."""
    if not form.validate_on_submit():
        return again(()), 422
    order = form.order(current_fair().id, criterion_id)
    try:
        with transaction() as session:
            _keep(session, order)
    except Refused as refused:
        db.session.rollback()
        return again(tuple(map(phrase, refused.reasons))), 409
    flash(_("Saved."), "ok")
    return _back()


def _keep(session: Session, order: KeepCriterion) -> None:
    keep_criterion(session, current_actor(), order, datetime.now(UTC))


def _one(criterion_id: int) -> Criterion:
    row = reading().get(Criterion, criterion_id)
    if row is None or row.fair_id != current_fair().id:
        raise Missing
    return row


def _back() -> Any:
    return redirect(url_for("applications.criteria", fair_code=current_fair().code), 303)


def _criteria_page(form: CriterionForm, reasons: tuple[str, ...] = (), when: WhenForm | None = None) -> str:
    fair = current_fair()
    rows = criteria_of(reading(), fair.id)
    return render_template(
        "applications/criteria.html",
        rows=rows,
        weights=sum(row.weight for row in rows),
        form=form,
        how=HowForm(formdata=None, data={"blind": ReviewSettings.of(fair.settings).blind}),
        when=when or when_form(fair),
        reasons=reasons,
    )


def _criterion_page(row: Criterion, form: CriterionForm, reasons: tuple[str, ...] = ()) -> str:
    return render_template("applications/criterion.html", row=row, form=form, reasons=reasons)
