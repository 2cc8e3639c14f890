"""Plain rows for tests: each function adds one thing with believable values and answers it flushed."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Grant, Role
from fairapp.rules.allocation import ClaimState
from fairapp.rules.applications import State
from fairapp.rules.billing import InstalmentKind, InvoiceState, PriceKind
from fairapp.rules.delegations import DelegationState, EntryState
from fairapp.rules.documents import DocumentKind, Stops
from fairapp.rules.fairs import FairState, FloorKind, days_of
from fairapp.rules.manual import AnswerState, TaskKind, most_for
from fairapp.rules.partners import PartnerKind
from fairapp.rules.producers import OrganisationKind
from fairapp.rules.questions import Body, Phase, plain_body
from fairapp.rules.reviewing import Reads, ReviewState
from fairapp.rules.services import OrderState
from fairapp.rules.text import name_key, words
from fairapp.store.accounts import Account, RoleGrant
from fairapp.store.allocation import BoothClaim, ClaimDay, Exhibitor
from fairapp.store.applications import Application
from fairapp.store.applications_forms import Form, FormAnswer, FormVersion
from fairapp.store.applications_reviewing import Criterion, Review, ReviewAssignment
from fairapp.store.badges import Badge
from fairapp.store.base import Base
from fairapp.store.billing import Instalment, Invoice, PriceItem
from fairapp.store.billing_bank import Payment
from fairapp.store.contracts import Contract, Signature
from fairapp.store.delegations import Delegation, DelegationEntry
from fairapp.store.documents import Document, DocumentRequirement
from fairapp.store.fairs import Booth, BoothKind, Fair, Hall, ProductGroup
from fairapp.store.gate import Gate
from fairapp.store.manual import ManualTask, MoveInSlot, TaskAnswer
from fairapp.store.manual_services import ServiceItem, ServiceOrder
from fairapp.store.partners import Partner
from fairapp.store.producers import Membership, Organisation, Product

NOW = datetime(2027, 1, 12, 8, 0, tzinfo=UTC)
GROUPS = {
    "food": ("Thực phẩm", "Food"),
    "drink": ("Đồ uống", "Beverages"),
    "herb": ("Dược liệu", "Medicinal plants"),
    "craft": ("Thủ công mỹ nghệ", "Handicrafts"),
    "orn": ("Sinh vật cảnh", "Ornamental plants and animals"),
    "tour": ("Du lịch cộng đồng", "Community tourism"),
}
Row = TypeVar("Row", bound=Base)
_numbers = itertools.count(1)


def kept(session: Session, row: Row) -> Row:
    """Add the row and give it its number."""
    session.add(row)
    session.flush()
    return row


def fair(session: Session, code: str = "OCOP27", **values: Any) -> Fair:
    """A published fair of five days in April 2027 with six product groups."""
    if session.scalar(select(ProductGroup.id).limit(1)) is None:
        for position, (group, (vi, en)) in enumerate(GROUPS.items()):
            names = {"vi": vi, "en": en}
            session.add(
                ProductGroup(scheme="ocop2021", code=group, names=names, mark=group, position=position)
            )
    plain: dict[str, Any] = {
        "names": {"vi": "Hội chợ OCOP Quốc tế", "en": "International OCOP Fair"},
        "starts_on": date(2027, 4, 15),
        "ends_on": date(2027, 4, 19),
        "apply_from": datetime(2026, 12, 1, tzinfo=UTC),
        "apply_until": datetime(2027, 2, 28, 17, tzinfo=UTC),
        "state": FairState.PUBLISHED,
        "created_at": NOW,
    }
    return kept(session, Fair(code=code, **{**plain, **values}))


def booth_kind(session: Session, of: Fair, **values: Any) -> BoothKind:
    """The standard kind of nine square metres."""
    plain: dict[str, Any] = {
        "code": "standard",
        "floor": FloorKind.SHELL_SCHEME,
        "names": {"vi": "Gian tiêu chuẩn", "en": "Shell scheme"},
        "price_minor": 6_000_000,
    }
    return kept(session, BoothKind(fair_id=of.id, **{**plain, **values}))


def hall(session: Session, of: Fair, code: str = "A", **values: Any) -> Hall:
    """A hall."""
    return kept(session, Hall(fair_id=of.id, code=code, **values))


def booth(session: Session, of: Hall, code: str | None = None, **values: Any) -> Booth:
    """A booth of three by three metres; each next one stands to the right of the last."""
    n = next(_numbers)
    plain: dict[str, Any] = {
        "outline": [[[3 * n, 0], [3 * n + 3, 0], [3 * n + 3, 3], [3 * n, 3]]],
        "area_m2": 9.0,
        "short_code": f"T{n:06d}",
        "code": code or f"{of.code}-{n:03d}",
    }
    return kept(session, Booth(fair_id=of.fair_id, hall_id=of.id, **{**plain, **values}))


def account(session: Session, **values: Any) -> Account:
    """A confirmed account; its password hash fits no password."""
    n = next(_numbers)
    plain: dict[str, Any] = {
        "email": f"nguoi{n}@example.org",
        "email_folded": f"nguoi{n}@example.org",
        "name": f"Nguyễn Thị Hoa {n}",
        "password_hash": "!",
        "language": "vi",
        "created_at": NOW,
        "confirmed_at": NOW,
    }
    return kept(session, Account(**{**plain, **values}))


def grant(session: Session, to: Account, role: Role, of: Fair | None = None) -> RoleGrant:
    """A role in one fair, or in all."""
    fair_id = None if of is None else of.id
    return kept(session, RoleGrant(account_id=to.id, role=role, fair_id=fair_id, granted_at=NOW))


def organisation(session: Session, name: str | None = None, **values: Any) -> Organisation:
    """A cooperative of Vietnam."""
    n = next(_numbers)
    called = name or f"HTX Nông nghiệp số {n}"
    plain: dict[str, Any] = {
        "kind": OrganisationKind.COOPERATIVE,
        "name": called,
        "folded": called.lower(),
        "name_key": called.lower(),
        "story": {"vi": "Chúng tôi trồng chè trên núi.", "en": "We grow tea on the mountain."},
        "created_at": NOW,
        "changed_at": NOW,
    }
    return kept(session, Organisation(**{**plain, **values}))


def member(session: Session, to: Account, of: Organisation) -> Membership:
    """The account acts for the organisation."""
    return kept(session, Membership(account_id=to.id, organisation_id=of.id, since=NOW))


def product(session: Session, of: Organisation, **values: Any) -> Product:
    """A tea with four stars."""
    plain: dict[str, Any] = {
        "names": {"vi": "Chè Shan tuyết", "en": "Snow Shan tea"},
        "group_code": "drink",
        "stars": 4,
    }
    return kept(session, Product(organisation_id=of.id, **{**plain, **values}))


def application(session: Session, of: Organisation, to: Fair, **values: Any) -> Application:
    """A submitted application."""
    plain: dict[str, Any] = {
        "state": State.SUBMITTED,
        "made_at": NOW,
        "changed_at": NOW,
        "submitted_at": NOW,
        "area_m2": 9.0,
    }
    return kept(session, Application(fair_id=to.id, organisation_id=of.id, **{**plain, **values}))


def delegation(session: Session, of: Fair, head: Account | None = None, **values: Any) -> Delegation:
    """Lào Cai with a quota of ten booths; open when it has a head."""
    plain: dict[str, Any] = {
        "names": {"vi": "Đoàn Lào Cai", "en": "Lào Cai"},
        "province_code": "15",
        "quota_booths": 10,
        "head_email": "truong-doan@example.org",
        "head_id": None if head is None else head.id,
        "state": DelegationState.INVITED if head is None else DelegationState.OPEN,
        "invited_at": NOW,
        "made_at": NOW,
    }
    return kept(session, Delegation(fair_id=of.id, **{**plain, **values}))


def entry(session: Session, of: Delegation, for_: Application, **values: Any) -> DelegationEntry:
    """The applicant stands on the list, its application tied to the delegation."""
    for_.delegation_id = of.id
    plain: dict[str, Any] = {
        "organisation_id": for_.organisation_id,
        "application_id": for_.id,
        "state": EntryState.ENTERED,
        "changed_at": NOW,
    }
    return kept(session, DelegationEntry(delegation_id=of.id, **{**plain, **values}))


def exhibitor(session: Session, of: Organisation, to: Fair, **values: Any) -> Exhibitor:
    """The organisation is admitted to the fair."""
    return kept(session, Exhibitor(fair_id=to.id, organisation_id=of.id, admitted_at=NOW, **values))


def claim(session: Session, on: Booth, by: Exhibitor, of: Fair, **values: Any) -> BoothClaim:
    """A live claim for every day of the fair."""
    plain: dict[str, Any] = {"state": ClaimState.CONFIRMED, "made_at": NOW}
    row = kept(session, BoothClaim(booth_id=on.id, exhibitor_id=by.id, **{**plain, **values}))
    for day in days_of(of.starts_on, of.ends_on):
        session.add(ClaimDay(booth_id=on.id, day=day, claim_id=row.id))
    session.flush()
    return row


def badge(session: Session, of: Exhibitor, **values: Any) -> Badge:
    """A named badge."""
    n = next(_numbers)
    plain: dict[str, Any] = {"name": "Lý Thị Mai", "short_code": f"B{n:06d}", "named_at": NOW}
    return kept(session, Badge(fair_id=of.fair_id, exhibitor_id=of.id, **{**plain, **values}))


def invoice(
    session: Session, to: Exhibitor, instalments: tuple[int, ...] = (3_300_000, 3_300_000), **values: Any
) -> Invoice:
    """An issued invoice; an instalment falls due every ten days, the first on 1 February 2027."""
    n, gross = next(_numbers), sum(instalments)
    plain: dict[str, Any] = {
        "series": "OCOP27-",
        "number": n,
        "exhibitor_id": to.id,
        "payer_name": to.organisation.name,
        "currency": "VND",
        "net_minor": gross,
        "vat_minor": 0,
        "gross_minor": gross,
        "state": InvoiceState.ISSUED,
        "made_at": NOW,
        "issued_on": NOW.date(),
    }
    row = kept(session, Invoice(fair_id=to.fair_id, **{**plain, **values}))
    for position, amount in enumerate(instalments):
        part = InstalmentKind.WHOLE if len(instalments) == 1 else list(InstalmentKind)[min(position, 1)]
        session.add(
            Instalment(
                invoice_id=row.id,
                position=position,
                kind=part,
                due_on=date(2027, 2, 1) + timedelta(10 * position),
                amount_minor=amount,
                reference=f"OCOP27K{n:05d}{position + 1}",
            )
        )
    session.flush()
    return row


def instalments_of(session: Session, of: Invoice) -> list[Instalment]:
    """An invoice's instalments in their order."""
    wanted = select(Instalment).where(Instalment.invoice_id == of.id).order_by(Instalment.position)
    return list(session.scalars(wanted))


def payment(session: Session, to: Fair, amount_minor: int = 3_300_000, **values: Any) -> Payment:
    """Money that came in and is booked nowhere."""
    plain: dict[str, Any] = {
        "received_on": date(2027, 1, 10),
        "currency": "VND",
        "payer_name": "NGUYEN VAN A",
        "text": "chuyen tien",
        "matched_minor": 0,
        "refunded_minor": 0,
        "made_at": NOW,
    }
    return kept(session, Payment(fair_id=to.id, amount_minor=amount_minor, **{**plain, **values}))


def gate(session: Session, of: Fair, code: str = "MAIN", **values: Any) -> Gate:
    """The main gate."""
    plain: dict[str, Any] = {"names": {"vi": "Cổng chính", "en": "Main gate"}}
    return kept(session, Gate(fair_id=of.id, code=code, **{**plain, **values}))


def actor(
    role: Role | None = None,
    of: Fair | None = None,
    acting_for: tuple[Organisation, ...] = (),
    account_id: int | None = None,
) -> Actor:
    """Somebody with one role in one fair (or in all), acting for some organisations."""
    grants = frozenset() if role is None else frozenset({Grant(role, None if of is None else of.id)})
    return Actor(
        account_id=account_id,
        name="Người thử",
        grants=grants,
        organisation_ids=frozenset(each.id for each in acting_for),
        address="127.0.0.1",
    )


def form(session: Session, of: Fair, body: Body, phase: Phase = Phase.APPLY, **values: Any) -> Form:
    """A form whose draft says what its one published version says."""
    row = kept(session, Form(fair_id=of.id, phase=phase, draft=plain_body(body), changed_at=NOW, **values))
    kept(session, FormVersion(form_id=row.id, number=1, body=row.draft, published_at=NOW))
    return row


def form_answer(session: Session, by: Application, to: FormVersion, said: dict[str, Any]) -> FormAnswer:
    """Answers that were given to a version."""
    phase = session.get_one(Form, to.form_id).phase
    return kept(
        session,
        FormAnswer(application_id=by.id, phase=phase, form_version_id=to.id, answers=said, answered_at=NOW),
    )


def requirement(session: Session, of: Fair, **values: Any) -> DocumentRequirement:
    """The fair asks everybody for the business licence before they confirm."""
    plain: dict[str, Any] = {"kind": DocumentKind.BUSINESS_LICENCE, "stops": Stops.CONFIRM}
    return kept(session, DocumentRequirement(fair_id=of.id, **{**plain, **values}))


def document(session: Session, of: Organisation, **values: Any) -> Document:
    """A business licence that waits to be checked."""
    plain: dict[str, Any] = {
        "kind": DocumentKind.BUSINESS_LICENCE,
        "file_key": f"{next(_numbers):064x}.jpg",
        "size": 1000,
        "uploaded_at": NOW,
    }
    return kept(session, Document(organisation_id=of.id, **{**plain, **values}))


def contract(session: Session, of: Fair, number: int = 1, **values: Any) -> Contract:
    """A published version of the fair's contract."""
    plain: dict[str, Any] = {
        "texts": {"vi": f"Điều {number}. Giữ gian sạch.", "en": f"Clause {number}. Keep the booth clean."},
        "made_at": NOW,
        "published_at": NOW,
    }
    return kept(session, Contract(fair_id=of.id, number=number, **{**plain, **values}))


def signature(session: Session, of: Application, under: Contract, **values: Any) -> Signature:
    """An exhibitor's signature that waits for the organiser's."""
    plain: dict[str, Any] = {
        "language": "en",
        "typed_name": "Lý Thị Mai",
        "signed_at": NOW,
        "address": "203.0.113.7",
        "digest": f"{next(_numbers):064x}",
        "facts": {},
        "file_key": f"{next(_numbers):064x}.pdf",
    }
    return kept(session, Signature(application_id=of.id, contract_id=under.id, **{**plain, **values}))


def partner(session: Session, of: Exhibitor, **values: Any) -> Partner:
    """A co-exhibitor that waits for the organiser."""
    plain: dict[str, Any] = {
        "kind": PartnerKind.CO_EXHIBITOR,
        "name": "Công ty Trà Mộc",
        "country": "VN",
        "named_at": NOW,
    }
    said = {**plain, **values}
    called = {"name_key": name_key(said["name"]), "folded": words(said["name"])}
    return kept(session, Partner(exhibitor_id=of.id, **called, **said))


def manual_task(session: Session, of: Fair, kind: TaskKind = TaskKind.FASCIA, **values: Any) -> ManualTask:
    """Something that everybody hands in, five days before the fair."""
    day = datetime(of.starts_on.year, of.starts_on.month, of.starts_on.day, tzinfo=UTC) - timedelta(days=5)
    plain: dict[str, Any] = {
        "names": {"vi": "Việc phải nộp", "en": f"Task {kind.value}"},
        "due_at": day,
        "most": most_for(kind, None),
        "made_at": NOW,
    }
    return kept(session, ManualTask(fair_id=of.id, kind=kind, **{**plain, **values}))


def task_answer(session: Session, to: ManualTask, by: Exhibitor, **values: Any) -> TaskAnswer:
    """The exhibitor has handed it in."""
    plain: dict[str, Any] = {"state": AnswerState.ANSWERED, "value": {}, "answered_at": NOW}
    return kept(session, TaskAnswer(task_id=to.id, exhibitor_id=by.id, **{**plain, **values}))


def move_in_slot(session: Session, of: Fair, hall: Hall | None = None, **values: Any) -> MoveInSlot:
    """Two hours of the morning before the fair, for one exhibitor."""
    day = datetime(of.starts_on.year, of.starts_on.month, of.starts_on.day, tzinfo=UTC) - timedelta(days=1)
    plain: dict[str, Any] = {"starts_at": day, "ends_at": day + timedelta(hours=2), "capacity": 1}
    hall_id = None if hall is None else hall.id
    return kept(session, MoveInSlot(fair_id=of.id, hall_id=hall_id, **{**plain, **values}))


def criterion(session: Session, of: Fair, **values: Any) -> Criterion:
    """Ten points for the product, of weight three."""
    plain: dict[str, Any] = {
        "names": {"vi": "Sản phẩm", "en": "Product"},
        "weight": 3,
        "most": 10,
        "position": next(_numbers),
    }
    return kept(session, Criterion(fair_id=of.id, **{**plain, **values}))


def reviewer(session: Session, of: Fair, by: Reads | None = None, value: str = "", **values: Any) -> Account:
    """A reviewer of the fair who reads one part of it, or nothing yet."""
    account_ = account(session, **values)
    grant(session, account_, Role.REVIEWER, of)
    if by is not None:
        reads(session, account_, of, by, value)
    return account_


def reads(session: Session, by: Account, of: Fair, part: Reads, value: str = "") -> ReviewAssignment:
    """The reviewer reads that part too."""
    row = ReviewAssignment(fair_id=of.id, account_id=by.id, by=part, value=value, made_at=NOW)
    return kept(session, row)


def review(session: Session, by: Account, of: Application, mean: int | None = 8000, **values: Any) -> Review:
    """A review with that mean, or a conflict declared."""
    plain: dict[str, Any] = {
        "state": ReviewState.CONFLICT if mean is None else ReviewState.DONE,
        "mean": mean,
        "at": NOW,
    }
    row = Review(fair_id=of.fair_id, application_id=of.id, account_id=by.id, **{**plain, **values})
    return kept(session, row)


def price_item(session: Session, of: Fair, **values: Any) -> PriceItem:
    """A line of the price list for a service."""
    plain: dict[str, Any] = {
        "code": f"service{next(_numbers)}",
        "kind": PriceKind.SERVICE,
        "names": {"vi": "Điện 3 kW", "en": "Power, 3 kW"},
        "unit_price_minor": 500_000,
        "vat_bp": 1_000,
    }
    return kept(session, PriceItem(fair_id=of.id, **{**plain, **values}))


def service_item(session: Session, at: PriceItem, **values: Any) -> ServiceItem:
    """A service that is ordered until ten days before the fair."""
    of = session.get_one(Fair, at.fair_id)
    day = datetime(of.starts_on.year, of.starts_on.month, of.starts_on.day, tzinfo=UTC) - timedelta(days=10)
    plain: dict[str, Any] = {"names": dict(at.names), "until": day}
    return kept(session, ServiceItem(fair_id=of.id, price_item_id=at.id, **{**plain, **values}))


def service_order(session: Session, of: ServiceItem, by: Exhibitor, **values: Any) -> ServiceOrder:
    """The exhibitor has ordered one."""
    plain: dict[str, Any] = {
        "quantity": 1,
        "state": OrderState.ORDERED,
        "ordered_at": NOW,
        "changed_at": NOW,
    }
    return kept(session, ServiceOrder(service_item_id=of.id, exhibitor_id=by.id, **{**plain, **values}))
