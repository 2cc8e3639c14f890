"""The demo fair as typed values: what the loader plays through the use-cases."""

from dataclasses import dataclass
from datetime import date

from fairapp.demo.calendar import DemoCalendar

Texts = dict[str, str]


@dataclass(frozen=True, slots=True)
class DemoCertificate:
    """Stars with the paper they rest on."""

    stars: int
    authority: str
    number: str
    issued_on: date
    expires_on: date


@dataclass(frozen=True, slots=True)
class DemoProduct:
    """A product; ``art`` names its drawing, ``indication`` the file number of a protected name."""

    key: str
    names: Texts
    group: str
    art: str
    certificate: DemoCertificate | None
    indication: str | None


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody who works at a booth."""

    name: str
    name_latin: str


@dataclass(frozen=True, slots=True)
class DemoProducer:
    """An invented maker. ``name`` is in its own script; ``commune`` is empty outside Viet Nam."""

    key: str
    kind: str
    name: str
    name_latin: str
    names: Texts
    language: str
    fascia_name: str
    country: str
    province: str
    commune: str
    story: Texts
    people: tuple[DemoPerson, ...]
    products: tuple[DemoProduct, ...]
    email: str
    phone: str | None
    tax_code: str | None


@dataclass(frozen=True, slots=True)
class DemoBadge:
    """A person's badge and how far it has come."""

    person: DemoPerson
    state: str


@dataclass(frozen=True, slots=True)
class DemoStep:
    """A step of an application's life, so many days before the first start."""

    step: str
    days_ago: int
    reason: str = ""
    reason_fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoApplication:
    """What a producer asks for, the steps that led to ``state``, and the booths it holds or shares."""

    producer: str
    state: str
    kind: str
    booths: int
    area_m2: float
    wishes: dict[str, str | bool]
    needs: dict[str, str | int | bool]
    begun_days_ago: int
    steps: tuple[DemoStep, ...]
    claims: tuple[str, ...]
    days: tuple[int, ...]
    """The fair's days it asks for, from 1; none are all of them."""
    shares_with: str | None
    notes: tuple[str, ...]
    badges: tuple[DemoBadge, ...]


@dataclass(frozen=True, slots=True)
class DemoNamed:
    """A hall, zone or gate."""

    code: str
    names: Texts


@dataclass(frozen=True, slots=True)
class DemoBoothKind:
    """A kind of booth with its price, per booth for a shell scheme, per m² for raw space."""

    code: str
    floor: str
    names: Texts
    texts: Texts
    unit_area_m2: float
    min_area_m2: float
    price_minor: int


@dataclass(frozen=True, slots=True)
class DemoFair:
    """The fair itself; ``demo_note`` is what marks it as invented."""

    code: str
    names: Texts
    taglines: Texts
    texts: Texts
    terms: Texts
    demo_note: Texts
    terms_version: str
    venue_names: Texts
    venue_address: str
    organiser_names: Texts
    contact_email: str
    contact_phone: str
    country: str
    opening_hours: str
    timezone: str
    currency: str
    scheme: str
    halls: tuple[DemoNamed, ...]
    zones: tuple[DemoNamed, ...]
    gates: tuple[DemoNamed, ...]
    booth_kinds: tuple[DemoBoothKind, ...]
    blocked: dict[str, str]


@dataclass(frozen=True, slots=True)
class DemoContent:
    """All of it; ``plan`` is the GeoJSON file as bytes."""

    calendar: DemoCalendar
    fair: DemoFair
    plan: bytes
    producers: tuple[DemoProducer, ...]
    applications: tuple[DemoApplication, ...]

    def producer(self, key: str) -> DemoProducer:
        """The producer of that key."""
        return next(producer for producer in self.producers if producer.key == key)
