"""The forms of partners: a company as it is told, why one is refused, and a fair's rules for them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import (
    DateTimeLocalField,
    EmailField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from fairapp.adapters import places
from fairapp.i18n import LANGUAGES, current_language, pick
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.partners import (
    LONGEST_PRODUCT,
    LONGEST_REASON,
    LONGEST_TEXT,
    MOST_PRODUCTS,
    PartnerKind,
    PartnerSettings,
)
from fairapp.rules.reasons import Shape
from fairapp.store.fairs import Fair, ProductGroup
from fairapp.store.partners import Partner
from fairapp.usecases.partners import TellPartner
from fairapp.web.fields import NumberField

_TOO_LONG = _l("This is too long. Shorten it.")
_FILL_IN = _l("Fill this in.")


class PartnerForm(FlaskForm):  # type: ignore[misc]
    """A company at the stand, or one that is represented there."""

    kind = RadioField(_l("How does it take part?"), validate_choice=False)
    name = StringField(_l("Name"), [InputRequired(_FILL_IN), Length(max=200, message=_TOO_LONG)])
    name_latin = StringField(_l("Name in Latin letters"), [Length(max=200, message=_TOO_LONG)])
    country = SelectField(_l("Country"), validate_choice=False)
    place = StringField(_l("Province or place"), [Length(max=200, message=_TOO_LONG)])
    tax_number = StringField(_l("Tax code of the company"), [Length(max=60, message=_TOO_LONG)])
    email = EmailField(_l("Email of somebody there"), [Length(max=254, message=_TOO_LONG)])
    text_vi = TextAreaField(_l("Text for the catalogue"), [Length(max=LONGEST_TEXT, message=_TOO_LONG)])
    text_en = TextAreaField(_l("Text for the catalogue"), [Length(max=LONGEST_TEXT, message=_TOO_LONG)])
    group = SelectField(_l("Product group"), validate_choice=False)
    products = TextAreaField(
        _l("Products, one on each line"),
        [Length(max=MOST_PRODUCTS * LONGEST_PRODUCT * 2, message=_TOO_LONG)],
    )

    def offer(self, groups: Iterable[ProductGroup]) -> None:
        """Choose among these."""
        self.kind.choices = [SelectChoice(kind.value, phrase(kind)) for kind in PartnerKind]
        self.country.choices = [
            SelectChoice(land.alpha2, land.name) for land in places.countries(current_language())
        ]
        self.group.choices = [
            SelectChoice("", str(_l("Choose…"))),
            *(SelectChoice(each.code, pick(each.names)) for each in groups),
        ]

    def fill(self, there: Partner | None, kind: str, country: str) -> None:
        """Show what is kept, or what most begin with."""
        if there is None:
            known = kind in {each.value for each in PartnerKind}
            self.kind.data = kind if known else PartnerKind.CO_EXHIBITOR.value
            self.country.data = country
            return
        self.kind.data, self.country.data, self.group.data = (
            there.kind.value,
            there.country,
            there.group_code,
        )
        self.name.data, self.name_latin.data, self.place.data = there.name, there.name_latin, there.place
        self.tax_number.data, self.email.data = there.tax_code, there.email
        self.text_vi.data, self.text_en.data = there.texts.get("vi"), there.texts.get("en")
        self.products.data = "\n".join(there.products)

    def validate(self, extra_validators: object = None) -> bool:
        """The shape holds, and one kind is chosen."""
        held: bool = super().validate(extra_validators)
        if self.kind.data not in {kind.value for kind in PartnerKind}:
            self.kind.errors = [phrase(Shape.NOT_A_CHOICE)]
            held = False
        return held

    def order(self, application_id: int, partner_id: int | None) -> TellPartner:
        """What was typed."""
        return TellPartner(
            application_id,
            PartnerKind(self.kind.data),
            self.name.data or "",
            self.country.data or "",
            self.name_latin.data or "",
            self.place.data or "",
            self.tax_number.data or "",
            self.email.data or "",
            tuple((language, self[f"text_{language}"].data or "") for language in LANGUAGES),
            self.group.data or "",
            tuple((self.products.data or "").splitlines()),
            partner_id,
        )


class RefuseForm(FlaskForm):  # type: ignore[misc]
    """Why a partner is refused."""

    reason = TextAreaField(_l("Why it is refused"), [Length(max=LONGEST_REASON, message=_TOO_LONG)])


class SettingsForm(FlaskForm):  # type: ignore[misc]
    """How a fair takes partners."""

    until = DateTimeLocalField(
        _l("Partners are named until"), [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
    )
    asks = RadioField(_l("Who decides?"), validate_choice=False)
    main_m2 = NumberField(_l("m² for the main exhibitor"), [InputRequired(_FILL_IN), NumberRange(0, 1_000)])
    each_m2 = NumberField(_l("m² for each co-exhibitor"), [InputRequired(_FILL_IN), NumberRange(0, 1_000)])

    def offer(self) -> None:
        """Choose among these."""
        self.asks.choices = [
            SelectChoice("yes", str(_l("The organiser approves each of them"))),
            SelectChoice("no", str(_l("They count as soon as they are named"))),
        ]

    def fill(self, there: PartnerSettings, fair: Fair) -> None:
        """Show what holds now."""
        self.until.data = there.until and there.until.astimezone(ZoneInfo(fair.timezone)).replace(tzinfo=None)
        self.asks.data = "yes" if there.asks else "no"
        self.main_m2.data = Decimal(str(there.main_m2))
        self.each_m2.data = Decimal(str(there.each_m2))

    def settings(self, fair: Fair) -> PartnerSettings:
        """What was chosen, its time where the fair is."""
        until = self.until.data
        return PartnerSettings(
            None if until is None else until.replace(tzinfo=ZoneInfo(fair.timezone)),
            self.asks.data != "no",
            float(self.main_m2.data or 0),
            float(self.each_m2.data or 0),
        )
