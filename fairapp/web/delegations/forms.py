"""The organiser's forms of a delegation: what it is, and who heads it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, EmailField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, NumberRange, Optional

from fairapp.adapters import places
from fairapp.i18n import current_language
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.delegations import MOST_BOOTHS
from fairapp.store.delegations import Delegation
from fairapp.usecases.delegations import DelegationDetails, InviteHead
from fairapp.web.fields import WholeField
from fairapp.web.inviting import InviteForm


class DetailsForm(FlaskForm):  # type: ignore[misc]
    """Names, place, quota and deadline; times of the fair's own zone."""

    name_vi = StringField(_l("Name of the delegation"))
    name_en = StringField(_l("Name of the delegation"))
    country = SelectField(_l("Country"), validate_choice=False)
    province = SelectField(_l("Province or city"), validate_choice=False)
    quota = WholeField(
        _l("Quota of booths"),
        [
            InputRequired(_l("Write a number, such as 12.")),
            NumberRange(1, MOST_BOOTHS, message=_l("Give between 1 and %(max)s booths.")),
        ],
    )
    list_until = DateTimeLocalField(_l("The list closes"), [Optional()], format=["%Y-%m-%dT%H:%M"])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = current_language()
        self.country.choices = [
            SelectChoice(land.alpha2, land.name) for land in places.countries(current_language())
        ]
        found = sorted(places.provinces(), key=lambda each: each.latin if language == "en" else "")
        self.province.choices = [
            SelectChoice("", str(_l("The whole country"))),
            *(SelectChoice(each.code, each.name_in(language)) for each in found),
        ]

    def fill(self, kept: Delegation) -> None:
        """Show what is known, in the fair's zone."""
        self.name_vi.data, self.name_en.data = kept.names.get("vi", ""), kept.names.get("en", "")
        self.country.data, self.province.data = kept.country, kept.province_code or ""
        self.quota.data = kept.quota_booths
        until, zone = kept.list_until, ZoneInfo(kept.fair.timezone)
        self.list_until.data = None if until is None else until.astimezone(zone).replace(tzinfo=None)

    def details(self, zone: str) -> DelegationDetails:
        """What was typed."""
        until: datetime | None = self.list_until.data
        return DelegationDetails(
            names={"vi": self.name_vi.data or "", "en": self.name_en.data or ""},
            country=self.country.data or "",
            province_code=self.province.data or "",
            quota_booths=self.quota.data or 0,
            list_until=None if until is None else until.replace(tzinfo=ZoneInfo(zone)),
        )


class HeadForm(InviteForm):
    """Who is asked to head it, and in which language."""

    email = EmailField(_l("Email of the head"))

    def head(self, nonce: str, secret: str) -> InviteHead:
        """Whom to write to."""
        return InviteHead(self.email.found, self.language_chosen, nonce, secret)


class NewForm(DetailsForm, HeadForm):
    """A delegation and its head in one go."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
