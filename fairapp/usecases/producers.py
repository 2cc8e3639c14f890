"""An organisation's profile: begun once, kept over fairs, changed part by part."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from sqlalchemy.orm import Session

from fairapp.adapters import places
from fairapp.adapters.emails import Email, email
from fairapp.adapters.identifiers import tax_code
from fairapp.adapters.phones import Phone, phone
from fairapp.rules.actors import Actor
from fairapp.rules.collation import vietnamese_sort_text
from fairapp.rules.errors import Clash, Invalid, NotAllowed, Overlong
from fairapp.rules.identifiers import Identifier, IdentifierReason
from fairapp.rules.places import Division
from fairapp.rules.printed_texts import STORY_ROOM, PrintedFault, over
from fairapp.rules.producers import (
    LONGEST_NUMBER,
    OrganisationKind,
    Part,
    ProducerReason,
    website,
)
from fairapp.rules.reasons import Lost, Shape
from fairapp.rules.text import LONGEST_TEXT, TextRefused, clean, words
from fairapp.store.producers import Membership, Organisation
from fairapp.store.producers_queries import organisation_of
from fairapp.usecases import audit


@dataclass(frozen=True, slots=True)
class Identity:
    """What the organisation is and is called; ``tax_number`` None keeps what is there, "" takes it away."""

    kind: OrganisationKind
    name: str
    name_latin: str = ""
    name_language: str = "vi"
    country: str = "VN"
    tax_number: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is: codes of today's division in Viet Nam, words elsewhere."""

    province_code: str = ""
    commune_code: str = ""
    place: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """How it is reached, and whether visitors may see that."""

    phone: str = ""
    email: str = ""
    website: str = ""
    is_public: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """What it tells of itself, per language."""

    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class EditOrganisation:
    """One part of the profile as it shall be; ``version`` is the one its writer saw."""

    organisation_id: int
    version: int
    part: Identity | Place | Contact | Story


def create_organisation(session: Session, actor: Actor, order: Identity, now: datetime) -> Organisation:
    """Begin a profile; whoever begins it acts for it.

    :raises Invalid: per field, why.
    """
    if actor.account_id is None:
        raise NotAllowed
    made = begin_profile(session, actor, order, now)
    session.add(Membership(organisation_id=made.id, account_id=actor.account_id, since=now))
    return made


def begin_profile(session: Session, actor: Actor, order: Identity, now: datetime) -> Organisation:
    """A profile that nobody acts for yet.

    :raises Invalid: per field, why.
    """
    made = Organisation(
        kind=order.kind, name="", created_at=now, changed_at=now, country=order.country, story={}, place=""
    )
    _put_identity(made, order, now)
    _refold(made)
    session.add(made)
    session.flush()
    audit.record(session, actor, "organisation.created", now, organisation_id=made.id)
    return made


def edit_organisation(session: Session, actor: Actor, order: EditOrganisation, now: datetime) -> Organisation:
    """Put one part of the profile in place of the old one.

    :raises Missing: when the actor does not act for it.
    :raises Clash: when somebody saved after its writer began; nothing is overwritten unseen.
    :raises Invalid: per field, why.
    """
    kept = organisation_of(session, actor, order.organisation_id, lock=True)
    if kept.version != order.version:
        raise Clash(Lost.CHANGED_MEANWHILE, version=kept.version)
    with session.no_autoflush:
        match order.part:
            case Identity():
                part = Part.IDENTITY
                _put_identity(kept, order.part, now)
            case Place():
                part = Part.PLACE
                _put_place(kept, order.part)
            case Contact():
                part = Part.CONTACT
                _put_contact(kept, order.part)
            case Story():
                part = Part.STORY
                _put_story(kept, order.part)
        _refold(kept)
    kept.version += 1
    kept.changed_at = now
    audit.record(session, actor, "organisation.edited", now, organisation_id=kept.id, part=part.value)
    return kept


def line(name: str, text: str, longest: int, required: bool = False) -> str:
    """The text on one line, clean.

    :raises Invalid: naming the field, when it cannot be kept or is missing.
    :raises Overlong: with the number of characters over.
    """
    cleaned = _fitting(name, text, longest)
    if required and not cleaned:
        raise Invalid(**{name: Shape.REQUIRED})
    return cleaned


def passage(name: str, text: str, longest: int) -> str:
    """The text in its lines, clean.

    :raises Invalid: naming the field, when it cannot be kept.
    :raises Overlong: with the number of characters over.
    """
    return _fitting(name, text, longest, lines=True)


def _fitting(name: str, text: str, longest: int, lines: bool = False) -> str:
    try:
        cleaned = clean(text, longest=max(longest, len(text)), lines=lines)
    except TextRefused as refused:
        raise Invalid(**{name: refused.reason}) from refused
    if len(cleaned) > longest:
        raise Overlong(PrintedFault.OVER, **{name: len(cleaned) - longest})
    return cleaned


def _put_identity(kept: Organisation, said: Identity, now: datetime) -> None:
    name = line("name", said.name, 200, required=True)
    latin = line("name_latin", said.name_latin, 200)
    if not places.is_country(said.country):
        raise Invalid(country=ProducerReason.UNKNOWN_COUNTRY)
    moved = kept.country != said.country
    typed = said.tax_number
    if typed is None and moved:  # a number is one of its country's register
        typed = ""
    if typed is not None:
        _put_number(kept, typed.strip(), said.country, now)
    if moved:
        kept.province_code = kept.commune_code = None
    kept.kind, kept.country = said.kind, said.country
    kept.name, kept.name_latin = name, "" if latin == name else latin
    kept.name_language = said.name_language


def _put_number(kept: Organisation, typed: str, country: str, now: datetime) -> None:
    if not typed:
        kept.tax_code = kept.personal_number = None
        return
    number = tax_code(typed, country, now.date())
    if isinstance(number, IdentifierReason):
        raise Invalid(tax_number=number)
    assert isinstance(number, Identifier)
    if len(number.value) > LONGEST_NUMBER:
        raise Invalid(tax_number=IdentifierReason.TOO_LONG)
    kept.personal_number = number.value if number.is_personal else None
    kept.tax_code = None if number.is_personal else number.value


def _put_place(kept: Organisation, said: Place) -> None:
    address = line("address", said.address, 300)
    words_ = line("place", said.place, 200)
    province = commune = None
    if kept.country == "VN":
        province = places.province(said.province_code)
        if province is None:
            raise Invalid(province=ProducerReason.UNKNOWN_PROVINCE)
        commune = places.commune(said.commune_code)
        if commune is None or commune.province_code != province.code:
            raise Invalid(commune=ProducerReason.UNKNOWN_COMMUNE)
    elif not words_:
        raise Invalid(place=Shape.REQUIRED)
    kept.units_version = Division.SINCE_2025.value
    kept.province_code = None if province is None else province.code
    kept.commune_code = None if commune is None else commune.code
    kept.place = "" if province is not None else words_
    kept.address = address


def _put_contact(kept: Organisation, said: Contact) -> None:
    line_, mail, site = None, None, None
    wrong: dict[str, Enum] = {}
    if said.phone.strip():
        read = phone(said.phone, kept.country)
        line_ = read.e164 if isinstance(read, Phone) else None
        if not isinstance(read, Phone):
            wrong["phone"] = read
    if said.email.strip():
        found = email(said.email)
        mail = found.address if isinstance(found, Email) else None
        if not isinstance(found, Email):
            wrong["email"] = found
    if said.website.strip():
        site = website(said.website)
        if isinstance(site, ProducerReason):
            wrong["website"] = site
    if wrong:
        raise Invalid(**wrong)
    kept.phone, kept.email, kept.website = line_, mail, site
    kept.contact_is_public = said.is_public


def _put_story(kept: Organisation, said: Story) -> None:
    told = {lang: passage(f"story_{lang}", text, LONGEST_TEXT) for lang, text in said.texts.items()}
    if long := {f"story_{lang}": more for lang, text in told.items() if (more := over(text, STORY_ROOM))}:
        raise Overlong(PrintedFault.OVER, **long)
    others = {lang: text for lang, text in kept.story.items() if lang not in told}
    kept.story = others | {lang: text for lang, text in told.items() if text}


def _refold(kept: Organisation) -> None:
    """Keep what searches and lists go by in step with the names and the place."""
    province = places.province(kept.province_code) if kept.province_code else None
    commune = places.commune(kept.commune_code) if kept.commune_code else None
    lands = (places.country_name(kept.country, "vi"), places.country_name(kept.country, "en"))
    told = (kept.name, kept.name_latin, commune and commune.name, province and province.name, kept.place)
    kept.folded = words(" ".join(part for part in (*told, *lands) if part))
    kept.name_key = vietnamese_sort_text(kept.name_latin or kept.name)
