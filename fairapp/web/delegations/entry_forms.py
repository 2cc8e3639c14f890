"""The head's forms: a producer as it is told, whom to invite, why one is returned."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length

from fairapp.adapters import places
from fairapp.i18n import current_language, pick
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.delegations import LONGEST_REASON
from fairapp.rules.producers import OrganisationKind, ProducerReason
from fairapp.rules.reasons import Shape
from fairapp.rules.stars import products_of
from fairapp.store.delegations import Delegation
from fairapp.store.fairs import BoothKind, ProductGroup
from fairapp.usecases.delegations_cells import said_product
from fairapp.usecases.delegations_telling import Told, commune_name
from fairapp.web.fields import WholeField


class ProducerForm(FlaskForm):  # type: ignore[misc]
    """A producer as a head tells it; places and numbers follow the delegation's country."""

    kind = RadioField(_l("What are they?"), validate_choice=False)
    name = StringField(_l("Name of the producer"), [InputRequired(_l("Fill this in."))])
    name_latin = StringField(_l("Name in Latin letters"))
    tax_number = StringField(_l("Tax code or personal number"))
    province = SelectField(_l("Province or city"), validate_choice=False)
    commune = StringField(_l("Commune or ward"))
    place = StringField(_l("Region and place"))
    address = StringField(_l("Street, village or house number"))
    phone = TelField(_l("Phone"))
    email = EmailField(_l("Email"))
    products = TextAreaField(_l("Products to show"), [Length(max=4_000)])
    group = SelectField(_l("Product group"), validate_choice=False)
    booth_kind = SelectField(_l("Kind of booth"), validate_choice=False)
    booths = WholeField(_l("Number of booths"))

    def __init__(
        self, delegation: Delegation, groups: list[ProductGroup], kinds: list[BoothKind], **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        language = current_language()
        self.delegation = delegation
        self.kind.choices = [SelectChoice(kind.value, phrase(kind)) for kind in OrganisationKind]
        self.group.choices = [
            SelectChoice("", str(_l("Choose…"))),
            *(SelectChoice(each.code, pick(each.names)) for each in groups),
        ]
        self.booth_kind.choices = [SelectChoice(str(each.id), pick(each.names)) for each in kinds]
        self.province.choices = [
            SelectChoice("", str(_l("Choose…"))),
            *(SelectChoice(each.code, each.name_in(language)) for each in places.provinces()),
        ]
        if delegation.country != "VN":
            del self.tax_number, self.province, self.commune
        else:
            del self.place
            if delegation.province_code:
                del self.province

    def fill(self, told: Told) -> None:
        """Show what is known."""
        self.kind.data, self.name.data, self.name_latin.data = told.kind.value, told.name, told.name_latin
        self.address.data, self.phone.data, self.email.data = told.address, told.phone, told.email
        self.products.data = "\n".join(said_product(each) for each in told.products)
        self.group.data, self.booths.data = told.group_code, told.booths
        self.booth_kind.data = str(told.booth_kind_id or "")
        for name, value in (
            ("tax_number", told.tax_number),
            ("province", told.province_code),
            ("commune", commune_name(told.commune_code)),
            ("place", told.place),
        ):
            if name in self:
                self[name].data = value

    def told(self) -> Told:
        """What was typed."""
        province = self.delegation.province_code or self._typed("province")
        commune = places.find_commune(self._typed("commune")[:200], province)
        kind = self.booth_kind.data or ""
        return Told(
            name=self.name.data or "",
            kind=OrganisationKind(self.kind.data),
            name_latin=self.name_latin.data or "",
            tax_number=self._typed("tax_number"),
            province_code=province,
            commune_code="" if commune is None else commune.code,
            place=self._typed("place"),
            address=self.address.data or "",
            phone=self.phone.data or "",
            email=self.email.data or "",
            products=products_of(self.products.data or ""),
            group_code=self.group.data or "",
            booth_kind_id=int(kind) if kind.isascii() and kind.isdigit() and len(kind) < 10 else None,
            booths=self.booths.data or 0,
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """The shape holds; a commune that was typed is one of the province."""
        held: bool = super().validate(extra_validators)
        if self.kind.data not in {kind.value for kind in OrganisationKind}:
            self.kind.errors = [phrase(Shape.NOT_A_CHOICE)]
            held = False
        province = self.delegation.province_code or self._typed("province")
        typed = self._typed("commune").strip()
        if typed and places.find_commune(typed[:200], province) is None:
            self.commune.errors = [phrase(ProducerReason.UNKNOWN_COMMUNE)]
            held = False
        return held

    def _typed(self, name: str) -> str:
        return (self[name].data or "") if name in self else ""


class ReturnForm(FlaskForm):  # type: ignore[misc]
    """Why a producer is returned."""

    reason = TextAreaField(_l("Reason"), [Length(max=LONGEST_REASON, message=_l("Shorten this text."))])


class EndorseForm(FlaskForm):  # type: ignore[misc]
    """Who is endorsed stands in the list's boxes; the terms are agreed to in a box of their own."""

    agreed = BooleanField(_l("These producers have read the terms of the fair and agree to them"))
