"""Tags and filters: bounded, once, the fair's own, one's own; and many at once are done or clearly not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.applications import State, Step, StepRefusal
from fairapp.rules.errors import Missing, NotAllowed, Refused
from fairapp.rules.marks import MarkRefusal
from fairapp.store.applications_marks import ApplicationTag, SavedFilter, filters_of, tags_in, tags_on
from fairapp.store.applications_prepared import PreparedDecision
from fairapp.store.applications_waiting import WaitingPlace, line_of
from fairapp.store.operations import AuditEntry
from fairapp.usecases.applications_decisions import DecideMany, decide_many
from fairapp.usecases.applications_marks import (
    KeepFilter,
    TagMany,
    keep_filter,
    put_tag,
    remove_filter,
    rename_filter,
    take_tag,
)
from fairapp.usecases.applications_prepared import PrepareMany, prepare_many, undo_prepared
from fairapp.usecases.applications_waiting import rank_by_score
from tests import factories as make

NOW = make.NOW


class Desk:
    """A fair with three applications, an organiser with an account, and another fair's organiser."""

    def __init__(self, session: Session) -> None:
        self.fair = make.fair(session)
        self.applications = [
            make.application(session, make.organisation(session), self.fair) for _ in range(3)
        ]
        self.ids = tuple(each.id for each in self.applications)
        self.organiser = make.actor(Role.ORGANISER, self.fair, account_id=make.account(session).id)
        self.elsewhere = make.fair(session, "ELSE27")
        self.stranger = make.actor(Role.ORGANISER, self.elsewhere, account_id=make.account(session).id)


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


def refused(act: Callable[[], object]) -> tuple[object, ...]:
    with pytest.raises(Refused) as refusal:
        act()
    return tuple(refusal.value.reasons)


def test_a_tag_is_put_on_once_in_its_first_spelling_and_taken_off(session: Session, desk: Desk) -> None:
    order = TagMany(desk.fair.id, desk.ids[:2], "Gọi lại")
    assert put_tag(session, desk.organiser, order, NOW) == 2
    assert put_tag(session, desk.organiser, order, NOW) == 0
    assert put_tag(session, desk.organiser, replace(order, application_ids=desk.ids, tag="GOI LAI"), NOW) == 1
    session.flush()
    assert tags_in(session, desk.fair.id) == [("goi lai", "Gọi lại", 3)]
    off = replace(order, tag="gọi lại")
    assert (take_tag(session, desk.organiser, off, NOW), take_tag(session, desk.organiser, off, NOW)) == (
        2,
        0,
    )
    assert {number: [each.tag for each in tags] for number, tags in tags_on(session, desk.ids).items()} == {
        desk.ids[2]: ["Gọi lại"]
    }
    said = select(AuditEntry.what).order_by(AuditEntry.id)
    assert list(session.scalars(said)) == ["application.tagged"] * 2 + ["application.untagged"]


def test_tags_are_bounded_on_an_application_and_in_a_fair(session: Session, desk: Desk) -> None:
    for number in range(10):
        put_tag(session, desk.organiser, TagMany(desk.fair.id, desk.ids[:1], f"t{number}"), NOW)
    more = TagMany(desk.fair.id, desk.ids[:1], "more")
    assert refused(lambda: put_tag(session, desk.organiser, more, NOW)) == (MarkRefusal.TOO_MANY_TAGS,)
    for number in range(10, 60):
        one = (
            desk.ids[1]
            if number < 20
            else make.application(session, make.organisation(session), desk.fair).id
        )
        put_tag(session, desk.organiser, TagMany(desk.fair.id, (one,), f"t{number}"), NOW)
    more = replace(more, application_ids=desk.ids[2:])
    full = (MarkRefusal.FAIR_HAS_TOO_MANY_TAGS,)
    assert refused(lambda: put_tag(session, desk.organiser, more, NOW)) == full
    assert put_tag(session, desk.organiser, replace(more, tag="T5"), NOW) == 1
    wrong = replace(more, tag="x" * 31)
    assert refused(lambda: put_tag(session, desk.organiser, wrong, NOW)) == (MarkRefusal.TAG_TOO_LONG,)


def test_another_fairs_application_is_never_tagged(session: Session, desk: Desk) -> None:
    for order in (
        TagMany(desk.elsewhere.id, desk.ids[:1], "tag"),
        TagMany(desk.elsewhere.id, (2_000_000,), "tag"),
    ):
        for act in (put_tag, take_tag):
            with pytest.raises(Missing):
                act(session, desk.stranger, order, NOW)
    treasurer = make.actor(Role.FINANCE, desk.fair)
    for actor in (desk.stranger, treasurer):
        with pytest.raises(NotAllowed):
            put_tag(session, actor, TagMany(desk.fair.id, desk.ids, "tag"), NOW)
    assert session.scalars(select(ApplicationTag)).all() == []


def test_a_filter_is_ones_own_under_one_name_and_bounded(session: Session, desk: Desk) -> None:
    order = KeepFilter(desk.fair.id, "Chờ xét", "state=waiting")
    first = keep_filter(session, desk.organiser, order)
    again = keep_filter(session, desk.organiser, replace(order, name="CHỜ XÉT", query="group=food"))
    assert (again.id, again.name, again.query) == (first.id, "CHỜ XÉT", "group=food")
    for number in range(19):
        keep_filter(session, desk.organiser, replace(order, name=f"f{number}"))
    more = replace(order, name="more")
    assert refused(lambda: keep_filter(session, desk.organiser, more)) == (MarkRefusal.TOO_MANY_FILTERS,)
    assert refused(lambda: keep_filter(session, desk.organiser, replace(more, query=""))) == (
        MarkRefusal.FILTER_EMPTY,
    )
    assert refused(lambda: rename_filter(session, desk.organiser, desk.fair.id, first.id, "F3")) == (
        MarkRefusal.FILTER_NAME_TAKEN,
    )
    assert rename_filter(session, desk.organiser, desk.fair.id, first.id, "chờ").key == "cho"
    for _press in range(2):
        remove_filter(session, desk.organiser, desk.fair.id, first.id)
        session.flush()
    assert len(filters_of(session, desk.fair.id, desk.organiser.account_id)) == 19


def test_nobody_reads_renames_or_removes_anothers_filter(session: Session, desk: Desk) -> None:
    kept = keep_filter(session, desk.organiser, KeepFilter(desk.fair.id, "Chờ", "state=waiting"))
    colleague = make.actor(Role.ORGANISER, desk.fair, account_id=make.account(session).id)
    assert filters_of(session, desk.fair.id, colleague.account_id) == []
    with pytest.raises(Missing):
        rename_filter(session, colleague, desk.fair.id, kept.id, "Mine")
    remove_filter(session, colleague, desk.fair.id, kept.id)
    remove_filter(session, desk.stranger, desk.elsewhere.id, kept.id)
    with pytest.raises(NotAllowed):
        keep_filter(session, desk.stranger, KeepFilter(desk.fair.id, "Chờ", "state=waiting"))
    assert session.scalars(select(SavedFilter.name)).all() == ["Chờ"]


def test_more_than_two_hundred_at_once_are_refused_whole(session: Session, desk: Desk) -> None:
    many = (*desk.ids, *range(1_000_000, 1_000_198))
    assert len(many) == 201
    for act in (
        lambda: decide_many(session, desk.organiser, DecideMany(many, Step.ACCEPT), NOW),
        lambda: prepare_many(session, desk.organiser, PrepareMany(many, Step.ACCEPT), NOW),
        lambda: undo_prepared(session, desk.organiser, desk.fair.id, many, NOW),
        lambda: put_tag(session, desk.organiser, TagMany(desk.fair.id, many, "tag"), NOW),
    ):
        assert refused(act) == (StepRefusal.TOO_MANY_AT_ONCE,)
    assert {each.state for each in desk.applications} == {State.SUBMITTED}
    assert session.scalar(select(func.count()).select_from(PreparedDecision)) == 0


def test_the_waiting_list_is_ranked_by_its_reviews(session: Session, desk: Desk) -> None:
    for rank, each in enumerate(desk.applications, 1):
        each.state = State.WAITLISTED
        make.kept(session, WaitingPlace(application_id=each.id, fair_id=desk.fair.id, rank=rank, since=NOW))
    unread, good, best = desk.applications
    assert rank_by_score(session, desk.organiser, desk.fair.id, NOW) == 0
    reviewers = [make.reviewer(session, desk.fair) for _ in range(3)]
    for by, mean in zip(reviewers, (6000, 8000, None), strict=True):
        make.review(session, by, good, mean)
    make.review(session, reviewers[0], best, 7001)
    for _press in range(2):
        assert rank_by_score(session, desk.organiser, desk.fair.id, NOW) == 2
        session.flush()
    line = [place.application_id for place in line_of(session, desk.fair.id)]
    assert line == [best.id, good.id, unread.id]
    assert list(session.scalars(select(AuditEntry.what))) == ["waiting.order"]
    for actor in (desk.stranger, make.actor(Role.FINANCE, desk.fair)):
        with pytest.raises(NotAllowed):
            rank_by_score(session, actor, desk.fair.id, NOW)
