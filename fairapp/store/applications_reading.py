"""What a reviewer may read, scoped in the query; and how far the reading of a whole fair is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from fairapp.rules.actors import Actor
from fairapp.rules.applications import WAITING, State
from fairapp.rules.errors import Missing
from fairapp.rules.reviewing import Assigned, Given, Line, Order, Reads, ReviewState, Rota, Subject, line_of
from fairapp.store.accounts import Account
from fairapp.store.applications import Application, ApplicationProduct
from fairapp.store.applications_reviewing import Review, ReviewAssignment, assignments_of
from fairapp.store.base import LOCK
from fairapp.store.fairs import Fair
from fairapp.store.producers import Membership, Organisation, Product

Read = Select[*tuple[Any, ...]]
"""Of applications with the reader's own review, or none."""


def readable(session: Session, actor: Actor, fair: Fair) -> Read:
    """The applications that are assigned to the actor, each with their own review.

    Those that wait for a decision, and after it those they have reviewed; never one of their own
    organisations, nor one with a conflict that they declared.
    """
    mine = session.execute(
        select(ReviewAssignment.by, ReviewAssignment.value).where(
            ReviewAssignment.fair_id == fair.id, ReviewAssignment.account_id == actor.account_id
        )
    )
    parts: dict[Reads, list[str]] = defaultdict(list)
    for by, value in mine:
        parts[by].append(value)
    return (
        select(Application, Review)
        .join(Organisation, Organisation.id == Application.organisation_id)
        .outerjoin(
            Review, and_(Review.application_id == Application.id, Review.account_id == actor.account_id)
        )
        .where(
            Application.fair_id == fair.id,
            Application.organisation_id.not_in(actor.organisation_ids),
            Application.state != State.DRAFT,
            _within(fair, parts),
            or_(
                Review.state == ReviewState.DONE,
                and_(Review.id.is_(None), Application.state.in_(WAITING)),
            ),
        )
    )


def read_by(
    session: Session, actor: Actor, fair: Fair, application_id: int, lock: bool = False
) -> tuple[Application, Review | None]:
    """An application for its reviewer, with the review; its row locked when a review is to be kept.

    :raises Missing: when there is none, or none for this reviewer.
    """
    wanted = readable(session, actor, fair).where(Application.id == application_id)
    if lock:
        wanted = wanted.with_for_update(of=Application, **LOCK).execution_options(populate_existing=True)
    found = session.execute(wanted).one_or_none()
    if found is None:
        raise Missing
    return found[0], found[1]


def to_read(found: Read, group: str, scheme: str, done: bool | None, terms: Iterable[str] = ()) -> Read:
    """Only those of one group, only those done or to do, only those with these folded words in the name."""
    if group:
        found = found.where(_shows([group], scheme))
    if done is not None:
        found = found.where(Review.id.is_not(None) if done else Review.id.is_(None))
    for term in terms:
        found = found.where(Organisation.folded.contains(term, autoescape=True))
    return found


def how_many_to_read(session: Session, found: Read) -> tuple[int, int]:
    """(how many are to do, how many are done)."""
    counted = found.with_only_columns(func.count(), func.count(Review.id))
    total, done = session.execute(counted).one()
    return total - done, done


def page_to_read(
    session: Session, found: Read, first: int, size: int
) -> Sequence[tuple[Application, Review | None]]:
    """Some of them by number, which tells nothing of their names."""
    whole = (joinedload(Application.organisation), joinedload(Application.booth_kind))
    rows = session.execute(found.order_by(Application.id).offset(first).limit(size).options(*whole))
    return [(application, review) for application, review in rows]


def next_to_read(session: Session, found: Read, after: int) -> int | None:
    """The next application without a review, from the one given round to it."""
    open_ones = found.where(Review.id.is_(None), Application.id != after).with_only_columns(Application.id)
    return session.scalar(open_ones.order_by(Application.id < after, Application.id).limit(1))


def rota_of(session: Session, fair_id: int) -> Rota:
    """Who reads what in the fair."""
    return Rota(Assigned(each.account_id, each.by, each.value) for each in assignments_of(session, fair_id))


def subjects_of(
    session: Session, fair: Fair, rota: Rota, application_ids: Iterable[int] | None = None
) -> list[Subject]:
    """The applications that wait for a decision, or these ones, with what the rota finds readers by."""
    chosen = _chosen(application_ids)
    mine = (Application.fair_id == fair.id, Application.state != State.DRAFT, chosen)
    groups: dict[int, set[str]] = defaultdict(set)
    for application_id, group in session.execute(
        select(ApplicationProduct.application_id, Product.group_code)
        .join(Product, Product.id == ApplicationProduct.product_id)
        .join(Application, Application.id == ApplicationProduct.application_id)
        .where(
            *mine,
            Product.removed_at.is_(None),
            Product.scheme == fair.scheme,
            Product.group_code.in_(rota.groups),
        )
        .distinct()
    ):
        groups[application_id].add(group)
    members: dict[int, set[int]] = defaultdict(set)
    for application_id, account_id in session.execute(
        select(Application.id, Membership.account_id)
        .join(Membership, Membership.organisation_id == Application.organisation_id)
        .where(*mine, Membership.account_id.in_(rota.accounts))
    ):
        members[application_id].add(account_id)
    rows = session.execute(
        select(Application.id, Organisation.country, Organisation.province_code)
        .join(Organisation, Organisation.id == Application.organisation_id)
        .where(*mine)
        .order_by(Application.id)
    )
    none: frozenset[str] = frozenset()
    alike = {each: frozenset(some) for each, some in groups.items()}
    nobody: frozenset[int] = frozenset()
    return [
        Subject(
            number,
            country,
            province,
            alike.get(number, none),
            frozenset(members[number]) if number in members else nobody,
        )
        for number, country, province in rows
    ]


def given_in(
    session: Session, fair_id: int, application_ids: Iterable[int] | None = None
) -> Mapping[int, list[Given]]:
    """By application, the reviews and conflicts of those that wait for a decision, or of these ones."""
    found: dict[int, list[Given]] = defaultdict(list)
    rows = session.execute(
        select(Review.application_id, Review.account_id, Review.mean)
        .join(Application, Application.id == Review.application_id)
        .where(Application.fair_id == fair_id, _chosen(application_ids))
    )
    for application_id, account_id, mean in rows:
        found[application_id].append(Given(account_id, mean))
    return found


def lines_of(session: Session, fair: Fair, application_ids: Sequence[int] | None = None) -> list[Line]:
    """How far each application is that waits for a decision, or each of these ones, by number."""
    rota, given = rota_of(session, fair.id), given_in(session, fair.id, application_ids)
    subjects = subjects_of(session, fair, rota, application_ids)
    return [line_of(each, rota, given.get(each.application_id, ())) for each in subjects]


def how_many_reviewed(session: Session, fair_id: int) -> int:
    """How many applications wait for a decision or were reviewed."""
    had = exists().where(Review.application_id == Application.id)
    wanted = select(func.count()).where(Application.fair_id == fair_id)
    return session.scalar(wanted.where(or_(Application.state.in_(WAITING), had))) or 0


def reviewed_in_order(session: Session, fair_id: int, order: Order, skipped: int, size: int) -> list[int]:
    """Some of them: only few of many are looked at, so the database puts them in order."""
    lowest, highest, mean = func.min(Review.mean), func.max(Review.mean), func.avg(Review.mean)
    done = func.count(Review.mean)
    by: dict[Order, tuple[ColumnElement[Any], ...]] = {
        Order.SPREAD: (func.coalesce(highest - lowest, 0).desc(), done.desc()),
        Order.MEAN: (mean.is_(None), mean.desc()),
        Order.FEWEST: (done,),
    }
    found = (
        select(Application.id)
        .outerjoin(Review, Review.application_id == Application.id)
        .where(Application.fair_id == fair_id)
        .where(or_(Application.state.in_(WAITING), Review.id.is_not(None)))
        .group_by(Application.id)
        .order_by(*by[order], Application.id)
    )
    return list(session.scalars(found.offset(skipped).limit(size)))


def _chosen(application_ids: Iterable[int] | None) -> ColumnElement[bool]:
    if application_ids is None:
        return Application.state.in_(WAITING)
    return Application.id.in_(list(application_ids))


def names_to_hide(session: Session, application: Application) -> tuple[list[str], list[str]]:
    """(names, numbers) of the applicant and its people, which a blind reviewer must not read."""
    of = application.organisation
    people = session.execute(
        select(Account.name, Account.email)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.organisation_id == of.id)
    )
    names = [of.name, of.name_latin, of.address, of.email or "", of.website or "", of.tax_code or ""]
    names += [each for row in people for each in row]
    return [each for each in names if each], [each for each in (of.phone, of.tax_code) if each]


def _within(fair: Fair, parts: Mapping[Reads, list[str]]) -> ColumnElement[bool]:
    """That an application belongs to one of these parts."""
    numbers = [int(value) for value in parts.get(Reads.APPLICATION, ())]
    within: list[ColumnElement[bool]] = [Application.id.in_(numbers)]
    if Reads.ALL in parts:
        within.append(Application.id.is_not(None))
    if provinces := parts.get(Reads.PROVINCE):
        within.append(and_(Organisation.country == "VN", Organisation.province_code.in_(provinces)))
    if countries := parts.get(Reads.COUNTRY):
        within.append(Organisation.country.in_(countries))
    if groups := parts.get(Reads.GROUP):
        within.append(_shows(groups, fair.scheme))
    return or_(*within)


def _shows(groups: Sequence[str], scheme: str) -> ColumnElement[bool]:
    """That one of the products the applicant wants to show is of one of these groups."""
    return exists().where(
        ApplicationProduct.application_id == Application.id,
        Product.id == ApplicationProduct.product_id,
        Product.removed_at.is_(None),
        Product.scheme == scheme,
        Product.group_code.in_(groups),
    )
