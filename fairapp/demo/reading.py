"""Reads the demo fair's files; ``content(today)`` is the whole fair as if first started on ``today``."""

import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from fairapp.demo import invented
from fairapp.demo.calendar import calendar, moved
from fairapp.demo.content import (
    DemoApplication,
    DemoBadge,
    DemoBoothKind,
    DemoCertificate,
    DemoContent,
    DemoFair,
    DemoNamed,
    DemoPerson,
    DemoProducer,
    DemoProduct,
)
from fairapp.demo.journeys import steps_to

DATA = Path(__file__).parent / "data"
THAI_AUTHORITY = "กรมการพัฒนาชุมชน"
_PARTS = ("hall", "zone", "gate", "booth_kind", "blocked")

Raw = dict[str, Any]


def content(today: date) -> DemoContent:
    """The whole demo fair; every date in it follows from ``today``, the day of the first start."""
    days = calendar(today)
    fair = _toml(DATA / "fair.toml")
    producers = tuple(_producers(days.years_later))
    people = {producer.key: producer.people for producer in producers}
    units = {kind["code"]: kind["unit_area_m2"] for kind in fair["booth_kind"]}
    return DemoContent(
        calendar=days,
        fair=_fair(fair),
        plan=(DATA / "plan.geojson").read_bytes(),
        producers=producers,
        applications=tuple(
            _application(raw, people[raw["producer"]], units)
            for raw in _toml(DATA / "applications.toml")["application"]
        ),
    )


def _toml(path: Path) -> Raw:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _fair(raw: Raw) -> DemoFair:
    plain = {name: value for name, value in raw.items() if name not in _PARTS}
    plain["terms"] = {language: text.strip() for language, text in raw["terms"].items()}
    return DemoFair(
        **plain,
        halls=_named(raw["hall"]),
        zones=_named(raw["zone"]),
        gates=_named(raw["gate"]),
        booth_kinds=tuple(DemoBoothKind(**kind) for kind in raw["booth_kind"]),
        blocked={blocked["booth"]: blocked["reason"] for blocked in raw["blocked"]},
    )


def _named(rows: Iterable[Raw]) -> tuple[DemoNamed, ...]:
    return tuple(DemoNamed(row["code"], row["names"]) for row in rows)


def _producers(years_later: int) -> Iterator[DemoProducer]:
    position = 0
    for path in sorted((DATA / "producers").glob("*.toml")):
        for raw in _toml(path)["producer"]:
            position += 1
            yield _producer(raw, position, years_later)


def _producer(raw: Raw, position: int, years_later: int) -> DemoProducer:
    country, name = raw.get("country", "VN"), raw["name"]
    at_home = country == "VN"
    return DemoProducer(
        key=raw["key"],
        kind=raw["kind"],
        name=name.get("native", name["vi"]),
        name_latin=name.get("latin", ""),
        names={"vi": name["vi"], "en": name["en"]},
        language=raw.get("lang", "vi"),
        fascia_name=raw["fascia"],
        country=country,
        province=raw["province"],
        commune=raw.get("commune", ""),
        story=raw["story"],
        people=tuple(_people(raw)),
        products=tuple(
            _product(f"{raw['key']}-{place}", product, raw, years_later)
            for place, product in enumerate(raw["products"], start=1)
        ),
        email=invented.email(raw["key"], raw["kind"]),
        phone=invented.phone(position) if at_home else None,
        tax_code=invented.tax_code(position) if raw.get("tax_code") else None,
    )


def _people(raw: Raw) -> Iterator[DemoPerson]:
    latin = raw.get("people_latin", [""] * len(raw["people"]))
    for name, name_latin in zip(raw["people"], latin, strict=True):
        yield DemoPerson(name, name_latin)


def _product(key: str, raw: Raw, producer: Raw, years_later: int) -> DemoProduct:
    names = {"vi": raw["vi"], "en": raw["en"]}
    if "native" in raw and producer["lang"] not in names:
        names[producer["lang"]] = raw["native"]
    certificate = _certificate(raw, producer, years_later) if "stars" in raw else None
    return DemoProduct(key, names, raw["group"], raw["art"], certificate, raw.get("gi"))


def _certificate(raw: Raw, producer: Raw, years_later: int) -> DemoCertificate:
    stars, issued = raw["stars"], moved(raw["on"], years_later)
    if "no" not in raw:
        number = f"OPC {issued.year}/{producer['key'].upper()}"
        return DemoCertificate(stars, THAI_AUTHORITY, number, issued, invented.expiry(issued))
    old_province = producer.get("old_province", "")
    places = (producer["province"], old_province, producer["district"], producer["commune"])
    return DemoCertificate(
        stars=stars,
        authority=invented.authority(stars, issued, *places),
        number=invented.decision(stars, raw["no"], issued),
        issued_on=issued,
        expires_on=invented.expiry(issued),
    )


def _application(raw: Raw, people: tuple[DemoPerson, ...], units: dict[str, float]) -> DemoApplication:
    days_ago, booths = raw["days_ago"], raw.get("booths", 1)
    fields = tuple(raw.get("reason_fields", ()))
    steps = steps_to(raw["state"], days_ago, raw.get("reason", ""), fields, raw.get("returned_before", False))
    states = raw.get("badges", ())
    return DemoApplication(
        producer=raw["producer"],
        state=raw["state"],
        kind=raw["kind"],
        booths=booths,
        area_m2=raw.get("area_m2", booths * units[raw["kind"]]),
        wishes=raw["wishes"],
        needs=raw["needs"],
        begun_days_ago=days_ago + 2,
        steps=steps,
        claims=tuple(raw.get("claims", ())),
        days=tuple(raw.get("days", ())),
        shares_with=raw.get("shares_with"),
        notes=tuple(raw.get("notes", ())),
        badges=tuple(DemoBadge(person, state) for person, state in zip(people, states, strict=bool(states))),
    )
