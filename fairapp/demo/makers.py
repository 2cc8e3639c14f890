"""The demo's makers as organisations with products, papers and drawn pictures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.adapters import places
from fairapp.adapters.files import FolderFiles
from fairapp.demo.content import DemoProducer, DemoProduct
from fairapp.demo.drawings.scenes import picture
from fairapp.demo.drawings.seals import seal
from fairapp.rules.actors import Actor
from fairapp.rules.collation import vietnamese_sort_text
from fairapp.rules.places import Division
from fairapp.rules.producers import OrganisationKind
from fairapp.rules.text import fold
from fairapp.store.producers import Certificate, Organisation, Photo, Product

LARGE, SMALL, LOGO = 1200, 480, 480
OWN_LANGUAGES = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Maker:
    """An organisation, what it makes, and somebody who acts for it."""

    organisation: Organisation
    products: tuple[Product, ...]
    actor: Actor


def keep_maker(session: Session, files: FolderFiles, told: DemoProducer, scheme: str, now: datetime) -> Maker:
    """Add the maker with its logo and every product with its picture and paper."""
    province = places.find_province(told.province) if told.country == "VN" else None
    commune = places.find_commune(told.commune, province.code) if province and told.commune else None
    place = told.province if province is None else ""
    where = " ".join((told.province, told.commune, places.country_name(told.country, "vi")))
    organisation = Organisation(
        kind=OrganisationKind(told.kind),
        name=told.name,
        name_latin=told.name_latin,
        name_language=told.language,
        country=told.country,
        units_version=Division.SINCE_2025.value,
        province_code=None if province is None else province.code,
        commune_code=None if commune is None else commune.code,
        place=place,
        tax_code=told.tax_code,
        phone=told.phone,
        email=told.email,
        story=told.story,
        folded=fold(f"{told.name} {told.name_latin} {' '.join(told.names.values())} {where}"),
        name_key=vietnamese_sort_text(told.name_latin or told.name),
        is_demo=True,
        created_at=now,
        changed_at=now,
    )
    session.add(organisation)
    session.flush()
    logo = seal(told.products[0].art, told.key, LOGO)
    key = files.keep(logo, "jpg")
    photo = Photo(
        organisation_id=organisation.id, large=key, small=key, width=LOGO, height=LOGO, alt={}, made_at=now
    )
    session.add(photo)
    session.flush()
    organisation.logo_id = photo.id
    products = tuple(
        _product(session, files, organisation, told, product, scheme, position, now)
        for position, product in enumerate(told.products)
    )
    actor = Actor(account_id=None, name=told.name, organisation_ids=frozenset({organisation.id}))
    return Maker(organisation, products, actor)


def _product(
    session: Session,
    files: FolderFiles,
    organisation: Organisation,
    maker: DemoProducer,
    told: DemoProduct,
    scheme: str,
    position: int,
    now: datetime,
) -> Product:
    photo = Photo(
        organisation_id=organisation.id,
        large=files.keep(picture(told.art, told.key, LARGE), "jpg"),
        small=files.keep(picture(told.art, told.key, SMALL), "jpg"),
        width=LARGE,
        height=LARGE * 3 // 4,
        alt={language: told.names.get(language, "") for language in OWN_LANGUAGES},
        position=position + 1,
        made_at=now,
    )
    session.add(photo)
    session.flush()
    names = {language: told.names[language] for language in OWN_LANGUAGES}
    if maker.language not in OWN_LANGUAGES and maker.language in told.names:
        names["native"] = told.names[maker.language]
    product = Product(
        organisation_id=organisation.id,
        names=names,
        scheme=scheme,
        group_code=told.group,
        stars=None if told.certificate is None else told.certificate.stars,
        origin_province=organisation.province_code,
        origin_commune=organisation.commune_code,
        photo_id=photo.id,
        folded=fold(" ".join(told.names.values())),
        position=position,
    )
    session.add(product)
    session.flush()
    if told.certificate is not None:
        session.add(
            Certificate(
                product_id=product.id,
                authority=told.certificate.authority,
                number=told.certificate.number,
                issued_on=told.certificate.issued_on,
                expires_on=told.certificate.expires_on,
            )
        )
    return product
