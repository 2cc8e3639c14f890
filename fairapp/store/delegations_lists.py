"""A delegation's list as its head looks at it: entries with what is known of each, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload

from fairapp.rules.delegations import EntryState, Standing
from fairapp.rules.errors import Missing
from fairapp.store.applications import Application
from fairapp.store.delegations import Delegation, DelegationEntry, DelegationUpload
from fairapp.store.delegations_queries import is_complete
from fairapp.store.delegations_questions import with_open_questions
from fairapp.store.producers import Organisation, Product

_WHOLE = (
    joinedload(DelegationEntry.organisation),
    joinedload(DelegationEntry.application).joinedload(Application.booth_kind),
    joinedload(DelegationEntry.delegation).joinedload(Delegation.fair),
)


def entries_of(session: Session, delegation_id: int) -> list[DelegationEntry]:
    """Everybody who is or was on the list, in its order."""
    return list(
        session.scalars(
            select(DelegationEntry)
            .where(DelegationEntry.delegation_id == delegation_id)
            .order_by(DelegationEntry.position, DelegationEntry.id)
            .options(*_WHOLE)
        )
    )


def entry_of(session: Session, delegation_id: int, entry_id: int) -> DelegationEntry:
    """One producer of this very list.

    :raises Missing: when it has none such.
    """
    found = session.scalar(
        select(DelegationEntry)
        .where(DelegationEntry.id == entry_id, DelegationEntry.delegation_id == delegation_id)
        .options(*_WHOLE)
    )
    if found is None:
        raise Missing
    return found


def entries_standing(
    session: Session, delegation_id: int, wanted: Standing | None
) -> Select[DelegationEntry, bool]:
    """The list's entries of one standing (None: all but the removed), each with whether it is complete."""
    complete = is_complete(with_open_questions(session, [delegation_id]))
    found = (
        select(DelegationEntry, complete)
        .join(Application, Application.id == DelegationEntry.application_id)
        .where(DelegationEntry.delegation_id == delegation_id)
    )
    if wanted is None:
        return found.where(DelegationEntry.state != EntryState.REMOVED)
    if wanted is Standing.COMPLETE:
        waits = DelegationEntry.state.in_((EntryState.ENTERED, EntryState.INVITED))
        return found.where(waits, complete)
    found = found.where(DelegationEntry.state == EntryState(wanted.value))
    return found.where(~complete) if wanted in (Standing.ENTERED, Standing.INVITED) else found


def how_many(session: Session, found: Select[DelegationEntry, bool]) -> int:
    """How many entries were found."""
    return session.scalar(found.with_only_columns(func.count())) or 0


def page_of_entries(
    session: Session, found: Select[DelegationEntry, bool], skipped: int, size: int
) -> Sequence[tuple[DelegationEntry, bool]]:
    """Some of them in the list's order, with their organisations and applications."""
    rows = session.execute(
        found.order_by(DelegationEntry.position, DelegationEntry.id)
        .offset(skipped)
        .limit(size)
        .options(*_WHOLE[:1], contains_eager(DelegationEntry.application).joinedload(Application.booth_kind))
    )
    return [(entry, bool(complete)) for entry, complete in rows]


def products_by_organisation(session: Session, ids: Iterable[int]) -> Mapping[int, list[Product]]:
    """What each of the organisations makes, in its order."""
    found: dict[int, list[Product]] = {}
    rows = session.scalars(
        select(Product)
        .where(Product.organisation_id.in_(list(ids)), Product.removed_at.is_(None))
        .order_by(Product.position, Product.id)
    )
    for product in rows:
        found.setdefault(product.organisation_id, []).append(product)
    return found


def brought_before(session: Session, delegation: Delegation, number: str, name: str) -> Organisation | None:
    """The organisation that this head brought to an earlier fair, by its number or else its name."""
    earlier = aliased(Delegation)
    wanted = (
        select(Organisation)
        .join(DelegationEntry, DelegationEntry.organisation_id == Organisation.id)
        .join(earlier, earlier.id == DelegationEntry.delegation_id)
        .where(earlier.head_id == delegation.head_id, earlier.fair_id != delegation.fair_id)
        .where(Organisation.country == delegation.country)
    )
    same = Organisation.name == " ".join(name.split())
    if number:
        same = or_(Organisation.tax_code == number, Organisation.personal_number == number)
    return session.scalar(wanted.where(same).order_by(Organisation.id.desc()).limit(1))


def uploads_of(session: Session, delegation_id: int) -> Sequence[DelegationUpload]:
    """The last workbooks of the delegation, the latest first."""
    return session.scalars(
        select(DelegationUpload)
        .where(DelegationUpload.delegation_id == delegation_id)
        .order_by(DelegationUpload.id.desc())
        .limit(20)
    ).all()


def upload_of(session: Session, delegation_id: int, upload_id: int) -> DelegationUpload:
    """One workbook of this very delegation.

    :raises Missing: when it sent none such.
    """
    found = session.get(DelegationUpload, upload_id)
    if found is None or found.delegation_id != delegation_id:
        raise Missing
    return found
