"""A fair and its badges from JSON files, as the values the printers take; and such files made up.

The catalogue's file has ``title``, ``title_en``, ``venue``, ``first_day``, ``last_day``, ``lang``,
``labels``, ``halls``, ``groups`` and ``exhibitors``; the badges' file ``title`` and ``badges``.
"""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from fairapp.adapters.pdf.badges import Badge, BadgeRole, BadgeSheet
from fairapp.adapters.pdf.book import (
    Catalogue,
    CatalogueChapter,
    CatalogueEntry,
    CatalogueLabels,
    CatalogueProduct,
)

STARS = ("", "1 sao", "2 sao", "3 sao", "4 sao", "5 sao")
MARKS = {
    "food": "food",
    "drink": "drink",
    "herbs": "herb",
    "textile": "craft",
    "craft": "orn",
    "rural": "tour",
}
BANDS = {
    "exhibitor": ("#26397F", "home"),
    "visitor": ("#0F6B4F", "user"),
    "press": ("#8A5A00", "badge"),
    "organiser": ("#C7341B", "flag"),
    "guest": ("#5B3A80", "user"),
}


def make(folder: Path, count: int) -> Path:
    """Write a small fair of invented exhibitors, with photos and five times as many badges."""
    from badges import badges as people
    from catalogue import book as sample
    from catalogue import photos

    folder.mkdir(parents=True)
    made = sample(count, None, folder)
    pictures = {path: path.name for path in photos(folder, count)}
    exhibitors = [
        {
            "id": int(entry.record) + 1,
            "name": entry.name,
            "lang": entry.lang,
            "country_vi": "Việt Nam",
            "country_en": "Vietnam",
            "province": entry.origin,
            "group": "food",
            "hall": "ABCDE"[number],
            "booths": list(entry.booths),
            "products": [
                {"name": each.name, "name_en": each.second, "stars": each.stars} for each in entry.products
            ],
            "description_vi": entry.story,
            "description_en": "Cooperative of producers",
            "contact": {"email": f"{entry.record}@hoicho.example"},
            "photo": pictures[entry.photo],
            "photo_alt": entry.name,
            "qr": entry.qr,
        }
        for number, chapter in enumerate(made.chapters)
        for entry in chapter.entries
    ]
    fair = {
        "title": made.title,
        "title_en": made.subtitle,
        "venue": made.place,
        "first_day": "2027-04-15",
        "last_day": "2027-04-19",
        "lang": "vi",
        "labels": {key: getattr(made.labels, key) for key in ("contents", "name_index", "booth_index")},
        "halls": [{"code": code, "title": f"Nhà {code}"} for code in "ABCDE"],
        "groups": [{"code": "food", "vi": "Thực phẩm"}],
        "exhibitors": exhibitors,
    }
    cards = [
        {
            "id": number + 1,
            "name": each.name,
            "role": "exhibitor",
            "role_vi": "Nhà trưng bày",
            "role_en": "Exhibitor",
            "organisation": each.organisation,
            "organisation_lang": "vi",
            "token": each.token,
        }
        for number, each in enumerate(people(5 * count, None))
    ]
    _write(folder / "fair.json", fair)
    _write(folder / "badges.json", {"title": made.title, "badges": cards})
    return folder


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def book(path: Path) -> Catalogue:
    """The catalogue of a fair's file: a chapter for each hall, entries by their first booth."""
    fair = json.loads(path.read_text(encoding="utf-8"))
    groups = {group["code"]: group["vi"] for group in fair["groups"]}
    of_hall: defaultdict[str, list[Any]] = defaultdict(list)
    for exhibitor in fair["exhibitors"]:
        of_hall[exhibitor["hall"]].append(exhibitor)
    chapters = []
    for hall in fair["halls"]:
        here = sorted(of_hall[hall["code"]], key=lambda each: (each["booths"][0], each["id"]))
        entries = [_entry(each, path.parent, groups) for each in here]
        chapters.append(CatalogueChapter(hall["title"], entries, tab=hall["code"]))
    words = fair["labels"]
    labels = CatalogueLabels(
        contents=words["contents"],
        name_index=words["name_index"],
        booth_index=words["booth_index"],
        foot=fair["title"],
        stars=STARS,
        code_of="Mã QR: %(name)s",
    )
    days = f"{fair['first_day']} – {fair['last_day']}"
    return Catalogue(
        fair["title"], fair["title_en"], days, fair["venue"], labels, tuple(chapters), lang=fair["lang"]
    )


def _entry(each: dict[str, Any], folder: Path, groups: dict[str, str]) -> CatalogueEntry:
    contact = each["contact"]
    country = each["country_vi"]
    if each["country_en"] != country:
        country += f" ({each['country_en']})"
    return CatalogueEntry(
        record=str(each["id"]),
        name=each["name"],
        lang=each["lang"],
        qr=each["qr"],
        booths=tuple(each["booths"]),
        story=each["description_vi"],
        story_lang="vi",
        beside=each["description_en"],
        beside_lang="en",
        products=tuple(
            [
                CatalogueProduct(
                    product["name"], product["name_en"], product["stars"], each["lang"], second_lang="en"
                )
                for product in each["products"]
            ]
        ),
        origin=f"{each['province']}, {country}",
        contact=" · ".join([contact[key] for key in ("person", "phone", "email", "web") if contact.get(key)]),
        mark=MARKS.get(each["group"], ""),
        group=groups[each["group"]],
        photo=Path(f"{folder}/{each['photo']}"),
        photo_alt=each["photo_alt"],
    )


def badges(path: Path) -> tuple[list[Badge], BadgeSheet]:
    """The badges of a file in their order."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    roles = {
        (each["role"], each["role_vi"], each["role_en"]): BadgeRole(
            each["role_vi"],
            each["role_en"],
            color=BANDS.get(each["role"], BANDS["guest"])[0],
            icon=BANDS.get(each["role"], BANDS["guest"])[1],
        )
        for each in kept["badges"]
    }
    made = [
        Badge(
            record=str(each["id"]),
            name=each["name"],
            role=roles[each["role"], each["role_vi"], each["role_en"]],
            token=each["token"],
            organisation=each["organisation"],
            organisation_lang=each["organisation_lang"],
        )
        for each in kept["badges"]
    ]
    return made, BadgeSheet(kept["title"], kept["title"], "", "")
