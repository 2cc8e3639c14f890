"""The catalogue and the signs as the command makes them: from the rows of a database to the file.

    python benchmarks/prints.py [--entries 1900]

Each exhibitor has a photo, a story of 90 words in two languages, some products with stars, and a booth; one
in ten shares its booth. The database is SQLite in a folder of its own. Beside it stands the same book made of
ready values (``catalogue.py``), so that the ratio tells what reading the rows costs.
"""

import argparse
import os
import random
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from catalogue import FOREIGN, PLACES, WORDS, photos
from measuring import line, measured, told

from fairapp.app import create_app
from fairapp.config import read_settings

NOW = datetime(2027, 1, 12, 8, tzinfo=UTC)
GROUPS = ("food", "drink", "herb", "craft", "orn", "tour")


def fill(count: int) -> None:
    """A fair with ``count`` exhibitors in five halls."""
    from fairapp.adapters.files import FolderFiles
    from fairapp.rules.allocation import ClaimState
    from fairapp.rules.fairs import FairState
    from fairapp.rules.producers import OrganisationKind
    from fairapp.store.allocation import BoothClaim, CoExhibitor, Exhibitor
    from fairapp.store.base import db, transaction
    from fairapp.store.fairs import Booth, Fair, Hall, ProductGroup
    from fairapp.store.migrating import migrate
    from fairapp.store.producers import Organisation, Photo, Product

    app = create_app(read_settings())
    chance = random.Random(1)
    with app.app_context(), tempfile.TemporaryDirectory() as folder:
        migrate(db.engine)
        files = FolderFiles(app.config["FAIRAPP"].files)
        keys = [files.keep(each.read_bytes(), "jpg") for each in photos(Path(folder), count)]
        with transaction() as session:
            session.add_all(
                ProductGroup(scheme="ocop2021", code=code, names={"vi": code}, mark=code, position=n)
                for n, code in enumerate(GROUPS)
            )
            fair = Fair(
                code="BENCH",
                names={"vi": "Hội chợ", "en": "Fair"},
                starts_on=date(2027, 4, 15),
                ends_on=date(2027, 4, 19),
                state=FairState.PUBLISHED,
                created_at=NOW,
            )
            session.add(fair)
            session.flush()
            halls = [Hall(fair_id=fair.id, code=code, position=n) for n, code in enumerate("ABCDE")]
            session.add_all(halls)
            claim = None
            for number in range(count):
                name, lang = (
                    chance.choice(FOREIGN) if chance.random() < 0.2 else (chance.choice(PLACES), "vi")
                )
                organisation = Organisation(
                    kind=OrganisationKind.COOPERATIVE,
                    name=f"{name} {number}",
                    name_latin="Cooperative of producers",
                    name_language=lang,
                    province_code="10",
                    phone="+84912000418",
                    contact_is_public=True,
                    story={code: " ".join(chance.choices(WORDS, k=90)) for code in ("vi", "en")},
                    created_at=NOW,
                    changed_at=NOW,
                )
                session.add(organisation)
                session.flush()
                session.add_all(
                    Product(
                        organisation_id=organisation.id,
                        names={"vi": " ".join(chance.choices(WORDS, k=4)), "en": "Forest honey"},
                        group_code=chance.choice(GROUPS),
                        stars=chance.choice((None, 3, 4, 5)),
                    )
                    for _ in range(chance.randint(1, 4))
                )
                key = keys[number % len(keys)]
                session.add(
                    Photo(
                        organisation_id=organisation.id,
                        large=key,
                        small=key,
                        width=400,
                        height=300,
                        made_at=NOW,
                    )
                )
                exhibitor = Exhibitor(fair_id=fair.id, organisation_id=organisation.id, admitted_at=NOW)
                session.add(exhibitor)
                session.flush()
                if claim is not None and number % 10 == 9:
                    session.add(CoExhibitor(claim_id=claim.id, exhibitor_id=exhibitor.id, added_at=NOW))
                    continue
                booth = Booth(
                    fair_id=fair.id,
                    hall_id=halls[number * 5 // count].id,
                    code=f"{'ABCDE'[number * 5 // count]}-{number:04d}",
                    short_code=f"7K{number:05d}",
                    area_m2=9.0,
                )
                session.add(booth)
                session.flush()
                claim = BoothClaim(
                    booth_id=booth.id, exhibitor_id=exhibitor.id, state=ClaimState.CONFIRMED, made_at=NOW
                )
                session.add(claim)
                session.flush()


def printed(what: str, out: Path) -> int:
    """Write one document of the fair, and give the number of its records."""
    from sqlalchemy import select

    from fairapp.jobs.catalogue import write_catalogue, write_signs
    from fairapp.jobs.work import Work
    from fairapp.rules.catalogue import CatalogueOrder, Edition
    from fairapp.store.base import reading
    from fairapp.store.fairs import Fair

    app = create_app(read_settings())
    with app.app_context(), out.open("wb") as file:
        work = Work(reading(), app.config["FAIRAPP"], NOW)
        fair = work.session.scalars(select(Fair)).one()
        if what == "signs":
            return write_signs(work, file, fair, "vi").printed
        return write_catalogue(work, file, fair, Edition("vi", CatalogueOrder(what))).printed


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entries", type=int, default=1900)
    parser.add_argument("--run", choices=("fill", "hall", "group", "signs"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.run == "fill":
        told(lambda: fill(asked.entries) or asked.entries)
        return
    if asked.run:
        told(lambda: printed(asked.run, Path(os.environ["FAIRAPP_INSTANCE"]) / "out.pdf"))
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FAIRAPP_INSTANCE"] = folder
        measured("prints.py", "--run", "fill", "--entries", str(asked.entries))
        costs = {what: measured("prints.py", "--run", what) for what in ("hall", "group", "signs")}
    values = measured("catalogue.py", "--run", "ours", "--entries", str(asked.entries))
    print(f"{os.cpu_count()} processors")
    print(line("catalogue from rows, by hall", costs["hall"], "entries"))
    print(line("catalogue from rows, by group", costs["group"], "entries"))
    print(line("catalogue from ready values", values, "entries"))
    print(line("signs from rows", costs["signs"], "signs"))
    print(f"ratio rows : values {costs['hall'].rate / values.rate:.2f}")


if __name__ == "__main__":
    main()
