"""The forms of a profile: one part each, short enough for an old phone."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
    URLField,
)
from wtforms.validators import InputRequired, Optional, StopValidation

from fairapp.adapters import places
from fairapp.i18n import LANGUAGES, current_language
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.producers import OrganisationKind, Paper
from fairapp.rules.reasons import Shape
from fairapp.rules.tongues import TONGUES
from fairapp.usecases.producers import Contact, Identity, Place, Story
from fairapp.usecases.producers_products import KeepProduct

FILL_IN = _l("Fill this in.")
STARS = ("1", "2", "3", "4", "5")


class IdentityForm(FlaskForm):  # type: ignore[misc]
    """What the organisation is, what it is called, under which number it pays taxes."""

    kind = RadioField(_l("What are you?"), validate_choice=False)
    name = StringField(_l("Name"), [InputRequired(FILL_IN)])
    name_language = SelectField(_l("The name is written in"), validate_choice=False)
    name_latin = StringField(_l("Name in Latin letters"))
    country = SelectField(_l("Country"), validate_choice=False)
    tax_number = StringField(_l("Tax code or personal number"))
    forget_number = BooleanField(_l("Remove the number that is kept"))
    version = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [SelectChoice(kind.value, phrase(kind)) for kind in OrganisationKind]
        self.name_language.choices = [SelectChoice(code, name) for code, name in TONGUES.items()]
        self.country.choices = [
            SelectChoice(land.alpha2, land.name) for land in places.countries(current_language())
        ]

    def validate_kind(self, field: Any) -> None:
        """One must be chosen."""
        if field.data not in {kind.value for kind in OrganisationKind}:
            raise StopValidation(phrase(Shape.NOT_A_CHOICE))

    def order(self, number_is_kept: bool = False) -> Identity:
        """What was typed; an empty number keeps a hidden one unless its removal was asked for."""
        typed = (self.tax_number.data or "").strip()
        keeps = number_is_kept and not typed and not self.forget_number.data
        return Identity(
            kind=OrganisationKind(self.kind.data),
            name=self.name.data or "",
            name_latin=self.name_latin.data or "",
            name_language=self.name_language.data if self.name_language.data in TONGUES else "vi",
            country=self.country.data or "",
            tax_number=None if keeps else typed,
        )


class PlaceForm(FlaskForm):  # type: ignore[misc]
    """Province, then commune; or words, where no Vietnamese code exists."""

    province = SelectField(_l("Province or city"), validate_choice=False)
    commune = StringField(_l("Commune or ward"))
    place = StringField(_l("Region and place"))
    address = StringField(_l("Street, village or house number"))
    version = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = current_language()
        found = (
            sorted(places.provinces(), key=lambda each: each.latin)
            if language == "en"
            else places.provinces()
        )
        self.province.choices = [
            SelectChoice("", str(_l("Choose…"))),
            *(SelectChoice(each.code, each.name_in(language)) for each in found),
        ]

    def commune_code(self) -> str:
        """The commune that was typed or picked, when it is one of the province; else nothing."""
        typed = (self.commune.data or "")[:200]
        found = places.find_commune(typed, self.province.data or "")
        return "" if found is None else found.code

    def order(self) -> Place:
        """What was typed."""
        return Place(
            province_code=self.province.data or "",
            commune_code=self.commune_code(),
            place=self.place.data or "",
            address=self.address.data or "",
        )


class ContactForm(FlaskForm):  # type: ignore[misc]
    """How buyers and the fair office reach the organisation."""

    phone = TelField(_l("Phone"))
    email = EmailField(_l("Email"))
    website = URLField(_l("Website"))
    is_public = BooleanField(_l("Show phone, email and website to visitors of the fairs where we exhibit"))
    version = HiddenField()

    def order(self) -> Contact:
        """What was typed."""
        return Contact(
            self.phone.data or "", self.email.data or "", self.website.data or "", bool(self.is_public.data)
        )


class StoryForm(FlaskForm):  # type: ignore[misc]
    """What visitors read and the catalogue prints."""

    story_vi = TextAreaField(_l("Your story in Vietnamese"))
    story_en = TextAreaField(_l("Your story in English"))
    version = HiddenField()

    def order(self) -> Story:
        """What was typed."""
        return Story({"vi": self.story_vi.data or "", "en": self.story_en.data or ""})


class ProductForm(FlaskForm):  # type: ignore[misc]
    """A product with its group, stars, certificate and trace code."""

    name_vi = StringField(_l("Name of the product"))
    name_en = StringField(_l("Name of the product"))
    group = RadioField(_l("Product group"), validate_choice=False)
    stars = SelectField(_l("OCOP stars"), validate_choice=False)
    text_vi = TextAreaField(_l("What makes it special"))
    text_en = TextAreaField(_l("What makes it special"))
    authority = StringField(_l("Who issued it"))
    number = StringField(_l("Number"))
    issued_on = DateField(_l("Date of issue"), [Optional()])
    expires_on = DateField(_l("Valid until"), [Optional()])
    trace_code = StringField(_l("Trace code"))
    photo = FileField(_l("Photo"))

    def __init__(self, groups: list[SelectChoice], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.group.choices = groups
        self.stars.choices = [
            SelectChoice("", str(_l("No stars yet"))),
            *(SelectChoice(str(n), "★" * n + f" {n}") for n in (5, 4, 3, 2, 1)),
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Dates that cannot be read are said in our words."""
        held: bool = super().validate(extra_validators)
        for field in (self.issued_on, self.expires_on):
            if field.errors:
                field.errors = [phrase(Shape.NOT_A_DATE)]
        return held

    def order(self, organisation_id: int, scheme: str, product_id: int | None) -> KeepProduct:
        """What was typed."""
        return KeepProduct(
            organisation_id=organisation_id,
            product_id=product_id,
            names={lang: self[f"name_{lang}"].data or "" for lang in LANGUAGES},
            texts={lang: self[f"text_{lang}"].data or "" for lang in LANGUAGES},
            scheme=scheme,
            group_code=self.group.data or "",
            stars=int(self.stars.data) if self.stars.data in STARS else None,
            trace_code=self.trace_code.data or "",
            paper=Paper(
                self.authority.data or "",
                self.number.data or "",
                self.issued_on.data,
                self.expires_on.data,
            ),
        )


class PhotoForm(FlaskForm):  # type: ignore[misc]
    """A picture, and what it shows."""

    photo = FileField(_l("Photo"))
    alt_vi = StringField(_l("What the photo shows"))
    alt_en = StringField(_l("What the photo shows"))

    def alt(self) -> dict[str, str]:
        """What it shows, per language."""
        return {lang: self[f"alt_{lang}"].data or "" for lang in LANGUAGES}


class LogoForm(FlaskForm):  # type: ignore[misc]
    """The logo."""

    photo = FileField(_l("Logo"))
