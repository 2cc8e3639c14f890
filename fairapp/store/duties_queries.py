"""What many exhibitors owe, each room's part of it in a fixed number of questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, contains_eager, joinedload, load_only

from fairapp.rules.applications import ADMITTED
from fairapp.rules.badges import COUNTED
from fairapp.rules.billing import DEAD, InvoiceKind, InvoiceState, Payer
from fairapp.rules.contracts import SignatureState
from fairapp.rules.documents import DocumentKind, Paper
from fairapp.rules.manual import AnswerState
from fairapp.rules.producers import OrganisationKind
from fairapp.rules.questions import Phase
from fairapp.store.allocation import Exhibitor
from fairapp.store.applications import Application, ApplicationProduct
from fairapp.store.applications_forms import DeadlineExtension, Form, FormAnswer
from fairapp.store.badges import Badge
from fairapp.store.billing import Instalment, Invoice
from fairapp.store.contracts import Contract, Signature
from fairapp.store.documents import Document
from fairapp.store.fairs import BoothKind
from fairapp.store.manual import TaskAnswer
from fairapp.store.producers import Organisation, Product


class Person(NamedTuple):
    """An exhibitor with an application of its own, as far as what it owes depends on it."""

    id: int
    application_id: int
    organisation_id: int
    name: str
    folded: str
    kind: OrganisationKind
    country: str
    booth_kind_id: int | None
    booth_kind: str | None
    """The code of the kind."""


Wanted = TypeVar("Wanted", bound=Select[*tuple[Any, ...]])
Ids = Sequence[int] | Select[Any]
"""Numbers, or the question for all of them."""
Shown = tuple[str, int | None]
"""Group and stars of a product."""


@dataclass(frozen=True, slots=True)
class People:
    """Some exhibitors of a fair by name, and how other tables are asked about them."""

    rows: Sequence[Person]
    ids: Ids
    application_ids: Ids
    organisation_ids: Ids


class Part(NamedTuple):
    """An instalment as far as it is owed."""

    exhibitor_id: int
    due_on: date
    open_minor: int
    amount_minor: int
    currency: str


_NAMED = (
    Organisation.name,
    Organisation.name_key,
    Organisation.folded,
    Organisation.kind,
    Organisation.country,
)
"""What lists of many need: stories and answers stay where they are."""


def _on_the_way(wanted: Wanted, fair_id: int) -> Wanted:
    """What is wanted of those who come to the fair by an application of their own, by name."""
    return (
        wanted.join(Application, Application.id == Exhibitor.application_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Exhibitor.fair_id == fair_id, Exhibitor.left_at.is_(None), Application.state.in_(ADMITTED))
        .order_by(Organisation.name_key, Exhibitor.id)
    )


def exhibitors_asked(fair_id: int) -> Select[Exhibitor]:
    """Who is on the way to the fair by an application of its own, by name."""
    return _on_the_way(select(Exhibitor), fair_id).options(
        contains_eager(Exhibitor.application).options(
            load_only(Application.fair_id, Application.organisation_id, Application.booth_kind_id),
            joinedload(Application.booth_kind),
        ),
        contains_eager(Exhibitor.organisation).load_only(*_NAMED),
    )


def people_of(session: Session, fair_id: int, only: Collection[int] | None = None) -> People:
    """Who is on the way to the fair, or which of these exhibitors; rows, for there may be thousands."""
    columns = select(
        Exhibitor.id,
        Application.id,
        Exhibitor.organisation_id,
        Organisation.name,
        Organisation.folded,
        Organisation.kind,
        Organisation.country,
        Application.booth_kind_id,
        BoothKind.code,
    )
    wanted = _on_the_way(columns, fair_id).outerjoin(BoothKind, BoothKind.id == Application.booth_kind_id)
    if only is not None:
        rows = [*map(Person._make, session.execute(wanted.where(Exhibitor.id.in_(only))))]
        ids, applications, organisations = zip(*(row[:3] for row in rows), strict=True) if rows else ((),) * 3
        return People(rows, ids, applications, organisations)

    def all_of(column: InstrumentedAttribute[int] | InstrumentedAttribute[int | None]) -> Select[Any]:
        return select(column).where(Exhibitor.fair_id == fair_id, column.is_not(None))

    rows = [*map(Person._make, session.execute(wanted))]
    ours = (Exhibitor.id, Exhibitor.application_id, Exhibitor.organisation_id)
    return People(rows, *map(all_of, ours))


def answer_states(session: Session, ids: Ids) -> Mapping[tuple[int, int], AnswerState]:
    """How the answers of these exhibitors stand, by (exhibitor, task)."""
    rows = session.execute(
        select(TaskAnswer.exhibitor_id, TaskAnswer.task_id, TaskAnswer.state).where(
            TaskAnswer.exhibitor_id.in_(ids)
        )
    )
    return {(exhibitor_id, task_id): state for exhibitor_id, task_id, state in rows}


def people_named(session: Session, ids: Ids) -> Mapping[int, int]:
    """How many people each of these exhibitors has named."""
    rows = session.execute(
        select(Badge.exhibitor_id, func.count())
        .where(Badge.exhibitor_id.in_(ids), Badge.state.in_(COUNTED))
        .group_by(Badge.exhibitor_id)
    )
    return {exhibitor_id: many for exhibitor_id, many in rows if exhibitor_id is not None}


def forms_for_details(session: Session, fair_id: int) -> Mapping[int | None, int]:
    """The form of each kind of booth that asks for details; None: of every other kind."""
    rows = session.execute(
        select(Form.booth_kind_id, Form.id).where(Form.fair_id == fair_id, Form.phase == Phase.DETAILS)
    )
    return dict(rows.all())


def details_given(session: Session, application_ids: Ids) -> Mapping[int, FormAnswer]:
    """The details of these applications, with the version that they were given to."""
    rows = session.scalars(
        select(FormAnswer)
        .where(FormAnswer.application_id.in_(application_ids), FormAnswer.phase == Phase.DETAILS)
        .options(joinedload(FormAnswer.form_version))
    )
    return {row.application_id: row for row in rows}


def more_time(session: Session, application_ids: Ids) -> Mapping[int, DeadlineExtension]:
    """Who of them was given more time for its details."""
    rows = session.scalars(
        select(DeadlineExtension).where(
            DeadlineExtension.application_id.in_(application_ids), DeadlineExtension.phase == Phase.DETAILS
        )
    )
    return {row.application_id: row for row in rows}


def papers_kept(session: Session, organisation_ids: Ids) -> Mapping[tuple[int, DocumentKind], list[Paper]]:
    """The documents of these organisations by kind, the newest first."""
    rows = session.execute(
        select(Document.organisation_id, Document.kind, Document.state, Document.expires_on)
        .where(Document.organisation_id.in_(organisation_ids), Document.removed_at.is_(None))
        .order_by(Document.id.desc())
    )
    found: defaultdict[tuple[int, DocumentKind], list[Paper]] = defaultdict(list)
    for organisation_id, kind, state, expires_on in rows:
        found[organisation_id, kind].append(Paper(kind, state, expires_on))
    return found


def products_shown_by(session: Session, application_ids: Ids) -> Mapping[int, frozenset[Shown]]:
    """Group and stars of the products that these applications show."""
    rows = session.execute(
        select(ApplicationProduct.application_id, Product.group_code, Product.stars)
        .join(Product, Product.id == ApplicationProduct.product_id)
        .where(ApplicationProduct.application_id.in_(application_ids), Product.removed_at.is_(None))
    )
    found: defaultdict[int, set[Shown]] = defaultdict(set)
    for application_id, group, stars in rows:
        found[application_id].add((group, stars))
    return {application_id: frozenset(shown) for application_id, shown in found.items()}


def last_signatures(session: Session, application_ids: Ids) -> Mapping[int, tuple[SignatureState, int]]:
    """State and version of the latest signature of each of these applications."""
    rows = session.execute(
        select(Signature.application_id, Signature.state, Contract.number)
        .join(Contract, Contract.id == Signature.contract_id)
        .where(Signature.application_id.in_(application_ids))
        .order_by(Signature.id)
    )
    return {application_id: (state, number) for application_id, state, number in rows}


def parts_owed(session: Session, ids: Ids) -> Sequence[Part]:
    """The instalments of invoices to these exhibitors themselves, paid ones too."""
    still = Instalment.amount_minor - Instalment.paid_minor - Instalment.waived_minor
    rows = session.execute(
        select(Exhibitor.id, Instalment.due_on, still, Instalment.amount_minor, Invoice.currency)
        .select_from(Instalment)
        .join(Invoice, Invoice.id == Instalment.invoice_id)
        .join(Exhibitor, Exhibitor.id == Invoice.exhibitor_id)
        .where(
            Exhibitor.id.in_(ids),
            Invoice.payer == Payer.PRODUCER,
            Invoice.kind == InvoiceKind.INVOICE,
            Invoice.state.not_in({*DEAD, InvoiceState.DRAFT}),
        )
        .order_by(Instalment.due_on, Instalment.id)
    )
    return [*map(Part._make, rows)]
