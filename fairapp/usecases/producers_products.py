"""An organisation's products: added, described, put in order, taken out; and what their stars rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor
from fairapp.rules.errors import Invalid, Refused
from fairapp.rules.producers import (
    MOST_PRODUCTS,
    Paper,
    ProducerReason,
    is_trace_code,
    paper_faults,
)
from fairapp.rules.reasons import Shape
from fairapp.rules.text import words
from fairapp.store.producers import Certificate, Organisation, Product
from fairapp.store.producers_queries import organisation_of, product_of, products_of
from fairapp.store.schemes import groups_of_scheme
from fairapp.usecases import audit
from fairapp.usecases.producers import line, passage

LONGEST_NAME = 120
LONGEST_TEXT = 1_000
FIRST_ZONE = timedelta(hours=14)
"""Where a day begins first: a paper of today's date was issued today, wherever its maker lives."""


NO_PAPER = Paper("", "", None, None)


@dataclass(frozen=True, slots=True)
class KeepProduct:
    """A product as it shall be; without ``product_id`` a new one."""

    organisation_id: int
    names: dict[str, str]
    texts: dict[str, str]
    scheme: str
    group_code: str
    stars: int | None = None
    trace_code: str = ""
    paper: Paper = NO_PAPER
    product_id: int | None = None


@dataclass(frozen=True, slots=True)
class MoveProduct:
    """A product goes one place up or down."""

    organisation_id: int
    product_id: int
    up: bool


def keep_product(session: Session, actor: Actor, order: KeepProduct, now: datetime) -> Product:
    """Add the product, or change it, together with its certificate.

    :raises Invalid: per field, why.
    :raises Refused: when the organisation has as many as it may.
    """
    organisation = organisation_of(session, actor, order.organisation_id, lock=True)
    names = {lang: line(f"name_{lang}", text, LONGEST_NAME) for lang, text in order.names.items()}
    names = {lang: name for lang, name in names.items() if name}
    if not names:
        raise Invalid(name_vi=Shape.REQUIRED)
    texts = {lang: passage(f"text_{lang}", text, LONGEST_TEXT) for lang, text in order.texts.items()}
    paper = _paper(order.paper)
    if faults := _faults(session, order, paper, now):
        raise Invalid(**faults)
    if order.product_id is None:
        product = _new_product(session, organisation)
    else:
        product = product_of(session, organisation.id, order.product_id)
    others = {lang: name for lang, name in (product.names or {}).items() if lang not in order.names}
    product.names = others | names
    product.texts = {lang: text for lang, text in texts.items() if text}
    product.scheme, product.group_code, product.stars = order.scheme, order.group_code, order.stars
    product.trace_code = order.trace_code.strip() or None
    product.folded = words(" ".join(product.names.values()))
    session.add(product)
    session.flush()
    _keep_paper(session, product, paper)
    what = "product.added" if order.product_id is None else "product.edited"
    _touch(organisation, now)
    audit.record(session, actor, what, now, organisation_id=organisation.id, product_id=product.id)
    return product


def remove_product(
    session: Session, actor: Actor, organisation_id: int, product_id: int, now: datetime
) -> Product:
    """Take the product out of the profile; applications that showed it keep their history."""
    organisation = organisation_of(session, actor, organisation_id, lock=True)
    product = product_of(session, organisation.id, product_id)
    product.removed_at = now
    _touch(organisation, now)
    audit.record(
        session, actor, "product.removed", now, organisation_id=organisation.id, product_id=product_id
    )
    return product


def move_product(session: Session, actor: Actor, order: MoveProduct, now: datetime) -> None:
    """Let the product change places with its neighbour; the first stays first, the last stays last."""
    organisation = organisation_of(session, actor, order.organisation_id, lock=True)
    moved = product_of(session, organisation.id, order.product_id)
    row = list(products_of(session, organisation.id))
    here = row.index(moved)
    there = max(0, min(len(row) - 1, here - 1 if order.up else here + 1))
    row.insert(there, row.pop(here))
    for position, product in enumerate(row):
        product.position = position
    _touch(organisation, now)
    audit.record(
        session, actor, "product.moved", now, organisation_id=organisation.id, product_id=moved.id, to=there
    )


def _touch(organisation: Organisation, now: datetime) -> None:
    organisation.changed_at = now


def _paper(paper: Paper) -> Paper:
    authority = line("authority", paper.authority, 200)
    return Paper(authority, line("number", paper.number, 80), paper.issued_on, paper.expires_on)


def _faults(session: Session, order: KeepProduct, paper: Paper, now: datetime) -> dict[str, ProducerReason]:
    faults = paper_faults(paper, (now + FIRST_ZONE).date())
    if order.group_code not in {group.code for group in groups_of_scheme(session, order.scheme)}:
        faults["group"] = ProducerReason.UNKNOWN_GROUP
    if order.stars is not None and not 1 <= order.stars <= 5:
        faults["stars"] = ProducerReason.WRONG_STARS
    if order.trace_code.strip() and not is_trace_code(order.trace_code.strip()):
        faults["trace_code"] = ProducerReason.ODD_TRACE_CODE
    return faults


def _new_product(session: Session, organisation: Organisation) -> Product:
    there = select(func.count(), func.coalesce(func.max(Product.position), -1)).where(
        Product.organisation_id == organisation.id, Product.removed_at.is_(None)
    )
    count, last = session.execute(there).one()
    if count >= MOST_PRODUCTS:
        raise Refused(ProducerReason.TOO_MANY_PRODUCTS, most=MOST_PRODUCTS)
    return Product(
        organisation_id=organisation.id,
        names={},
        origin_province=organisation.province_code,
        origin_commune=organisation.commune_code,
        position=last + 1,
    )


def _keep_paper(session: Session, product: Product, paper: Paper) -> None:
    """A product shows one certificate: the latest that was written down."""
    session.execute(delete(Certificate).where(Certificate.product_id == product.id))
    if paper.issued_on is not None:
        session.add(
            Certificate(
                product_id=product.id,
                authority=paper.authority,
                number=paper.number,
                issued_on=paper.issued_on,
                expires_on=paper.expires_on,
            )
        )
