"""What a reviewer has to read: the list, the sheet with its points, a conflict declared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from fairapp.i18n import gettext as _
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n import pick
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.review_settings import ReviewSettings
from fairapp.rules.reviewing import ReviewState, ReviewStep, refusals
from fairapp.rules.text import search_terms
from fairapp.store.applications import Application
from fairapp.store.applications_reading import (
    how_many_to_read,
    next_to_read,
    page_to_read,
    read_by,
    readable,
    to_read,
)
from fairapp.store.applications_reviewing import Criterion, Review, criteria_of
from fairapp.store.base import db, reading, transaction
from fairapp.store.fairs_queries import groups_of
from fairapp.usecases.applications_reviewing import GiveReview, declare_conflict, give_review
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.applications.answering import answer_file
from fairapp.web.applications.bp import REVIEWS, bp
from fairapp.web.applications.forms import tidied
from fairapp.web.applications.reading import is_blind, origin_of, points, sheet_of, title_of
from fairapp.web.applications.showing import TAGS
from fairapp.web.fields import WholeField
from fairapp.web.paging import page_asked

PER_PAGE = 60
ONE_REVIEW = f"{REVIEWS}/<int(max=2147483647):application_id>"


class ScoreForm(FlaskForm):  # type: ignore[misc]
    """A comment; the points are added for the fair's criteria."""

    comment = TextAreaField(
        _l("Comment for the organiser"),
        [Length(max=8000, message=_l("This is too long. Shorten it.")), tidied(2000, lines=True)],
        default="",
    )


def score_form(criteria: Sequence[Criterion], review: Review | None = None, empty: bool = False) -> Any:
    """The form with a field for each criterion, and what was given before."""
    fields = {_field(each): WholeField(pick(each.names), _between(each.most)) for each in criteria}
    kind = type("ScoresForm", (ScoreForm,), fields)
    kept: dict[str, Any] = {}
    if review is not None:
        kept = {_field(each): review.scores.get(str(each.id)) for each in criteria}
        kept["comment"] = review.comment
    return kind(formdata=None, data=kept) if empty else kind(data=kept)


def _field(criterion: Criterion) -> str:
    return f"points-{criterion.id}"


def _between(most: int) -> list[Any]:
    words = _("Give whole points from 0 to %(most)s.", most=most)
    return [InputRequired(words), NumberRange(0, most, message=words)]


@bp.get(REVIEWS)
@needs(Permission.REVIEW_GIVE)
def reviews(fair_code: str) -> Any:
    """The applications that are assigned to the reviewer."""
    session, fair, actor = reading(), current_fair(), current_actor()
    settings = ReviewSettings.of(fair.settings)
    show, group = request.args.get("show", "open"), request.args.get("group", "")[:20]
    done = {"open": False, "done": True}.get(show)
    # Names must not be found out by searching for them.
    words = "" if is_blind(fair) else request.args.get("q", "")[:200]
    mine = to_read(readable(session, actor, fair), group, fair.scheme, None, search_terms(words))
    counts = how_many_to_read(session, mine)
    page = page_asked({False: counts[0], True: counts[1], None: sum(counts)}[done], PER_PAGE)
    rows = page_to_read(session, to_read(mine, "", fair.scheme, done), page.skipped, page.size)
    return render_template(
        "applications/reviews.html",
        rows=rows,
        page=page,
        counts=counts,
        show=show if show in ("open", "done") else "all",
        group=group,
        q=words,
        groups=groups_of(session, fair),
        is_blind=is_blind(fair),
        until=settings.until,
        is_late=settings.is_late(datetime.now(UTC)),
        title_of=title_of,
        origin_of=origin_of,
        points=points,
        tags=TAGS,
    )


@bp.get(ONE_REVIEW)
@needs(Permission.REVIEW_GIVE)
def score(fair_code: str, application_id: int) -> Any:
    """One application and its sheet of points."""
    application, review = _read(application_id)
    form = score_form(criteria_of(reading(), current_fair().id), review, empty=True)
    return _sheet_page(application, review, form)


@bp.post(ONE_REVIEW)
@needs(Permission.REVIEW_GIVE)
def give(fair_code: str, application_id: int) -> Any:
    """Keep the points; sent twice, they are kept once."""
    fair, (application, review) = current_fair(), _read(application_id)
    criteria = criteria_of(reading(), fair.id)
    form = score_form(criteria)
    if not form.validate_on_submit():
        return _sheet_page(application, review, form), 422
    scores = {each.id: int(form[_field(each)].data) for each in criteria}
    order = GiveReview(fair.id, application_id, scores, form.comment.data)
    try:
        with transaction() as session:
            give_review(session, current_actor(), order, datetime.now(UTC))
    except Refused as refused:
        db.session.rollback()
        application, review = _read(application_id)
        return _sheet_page(application, review, form, tuple(map(phrase, refused.reasons))), 409
    flash(_("Your review is kept."), "ok")
    if request.form.get("then") == "next":
        after = next_to_read(reading(), readable(reading(), current_actor(), fair), application_id)
        if after is not None:
            return redirect(url_for("applications.score", fair_code=fair.code, application_id=after), 303)
    return _back()


@bp.post(f"{ONE_REVIEW}/conflict")
@needs(Permission.REVIEW_GIVE)
def conflict(fair_code: str, application_id: int) -> Any:
    """Declare a conflict; a second press finds it declared."""
    try:
        with transaction() as session:
            declare_conflict(session, current_actor(), current_fair().id, application_id, datetime.now(UTC))
    except Refused as refused:
        db.session.rollback()
        for reason in refused.reasons:
            flash(phrase(reason), "warn")
        return _back()
    flash(_("Declared. The organiser gives the application to somebody else."), "ok")
    return _back()


@bp.get(f"{ONE_REVIEW}/files/<int(max=2147483647):file_id>")
@needs(Permission.REVIEW_GIVE)
def read_file(fair_code: str, application_id: int, file_id: int) -> Any:
    """A file among the answers; a blind reviewer gets none."""
    application, _review = _read(application_id)
    if is_blind(current_fair()):
        raise Missing
    return answer_file(application, file_id)


def _read(application_id: int) -> tuple[Application, Review | None]:
    return read_by(reading(), current_actor(), current_fair(), application_id)


def _back() -> Any:
    return redirect(url_for("applications.reviews", fair_code=current_fair().code), 303)


def _sheet_page(
    application: Application, review: Review | None, form: Any, reasons: tuple[str, ...] = ()
) -> str:
    session, fair = reading(), current_fair()
    criteria = criteria_of(session, fair.id)
    state = ReviewState.OPEN if review is None else review.state
    return render_template(
        "applications/score.html",
        sheet=sheet_of(application),
        state=application.state,
        review=review,
        criteria=[(each, form[_field(each)]) for each in criteria],
        weights=sum(each.weight for each in criteria),
        form=form,
        reasons=reasons,
        against=[phrase(each) for each in refusals(state, ReviewStep.SCORE, application.state)],
        groups={group.code: group for group in groups_of(session, fair)},
        points=points,
        tags=TAGS,
    )
