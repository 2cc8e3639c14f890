"""What to ask before a document is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange

from fairapp.i18n import LANGUAGES, LazyText, current_language
from fairapp.i18n import gettext as _
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.i18n.printed_signs import MOST_FURTHER, SCAN
from fairapp.rules.catalogue import CatalogueOrder, CataloguePaper, CatalogueStories
from fairapp.rules.signs import LEAST_FASCIA_MM, LONGEST_FASCIA_MM, SignKind
from fairapp.rules.tongues import TONGUES
from fairapp.usecases.catalogue import StartCatalogue, StartSigns
from fairapp.usecases.catalogue_cut_offs import SetCutOff

ADDENDUM = "addendum"
WRITTEN = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"]
YEARS = range(2000, 2100)
_MILLIMETRES = NumberRange(LEAST_FASCIA_MM, LONGEST_FASCIA_MM)


def of_our_time(_form: Any, field: Any) -> None:
    """A year that a fair can be in."""
    if field.data is not None and field.data.year not in YEARS:
        raise ValidationError(str(_l("This year is far off. Check the day.")))


def _languages() -> list[SelectChoice]:
    return [SelectChoice(code, name) for code, name in LANGUAGES.items()]


def _orders() -> list[SelectChoice]:
    return [SelectChoice(order.value, phrase(order)) for order in CatalogueOrder]


def _papers() -> list[SelectChoice]:
    return [SelectChoice(paper.value, phrase(paper)) for paper in CataloguePaper]


def _stories() -> list[SelectChoice]:
    return [SelectChoice(each.value, phrase(each)) for each in CatalogueStories]


def _scales() -> list[SelectChoice]:
    return [
        SelectChoice("1", _l("1:1, the board itself")),
        SelectChoice("10", _l("1:10, to look at")),
    ]


def _one_of(label: LazyText, choices: Callable[[], list[SelectChoice]], default: Any) -> RadioField:
    """One of a few, with a sentence of ours when it is none of them."""
    known = AnyOf([choice.value for choice in choices()], message=_l("Choose one of the answers."))
    return RadioField(label, choices=choices, default=default, validate_choice=False, validators=[known])


class CatalogueForm(FlaskForm):  # type: ignore[misc]
    """A catalogue's language and order."""

    language = _one_of(_l("Language of the catalogue"), _languages, current_language)
    order = _one_of(_l("Order of the entries"), _orders, CatalogueOrder.HALL.value)
    paper = _one_of(_l("Size of the pages"), _papers, CataloguePaper.BOOK.value)
    stories = _one_of(_l("Stories of the exhibitors"), _stories, CatalogueStories.ONE.value)
    what = HiddenField(default="")
    """The button that was pressed: the catalogue, or its addendum."""

    def wanted(self, fair_id: int) -> StartCatalogue:
        """The order to give."""
        return StartCatalogue(
            fair_id,
            self.language.data,
            CatalogueOrder(self.order.data),
            current_language(),
            CataloguePaper(self.paper.data),
            CatalogueStories(self.stories.data),
            self.what.data == ADDENDUM,
        )


class CutOffForm(FlaskForm):  # type: ignore[misc]
    """Until when changes go into the catalogue of one language."""

    language = _one_of(_l("Catalogue in"), _languages, current_language)
    at = DateTimeLocalField(
        _l("Closed at"), [InputRequired(_l("Choose a day and time.")), of_our_time], format=WRITTEN
    )

    def wanted(self, fair_id: int, zone: str) -> SetCutOff:
        """The order to give; the moment is the fair's."""
        return SetCutOff(fair_id, self.language.data, self.at.data.replace(tzinfo=ZoneInfo(zone)))


class SignsForm(FlaskForm):  # type: ignore[misc]
    """What a kind of signs leaves open: the language, the scale of boards, where a directory hangs."""

    language = _one_of(_l("First language of the signs"), _languages, current_language)
    scale = _one_of(_l("Scale"), _scales, "1")
    here = StringField(_l("Booth at which it hangs"), [Length(max=64)])
    also = SelectMultipleField(
        _l("Further languages"), choices=[SelectChoice(code, TONGUES[code]) for code in SCAN], default=()
    )
    unasked = BooleanField(_l("Registered names too, where nobody was asked for a text"))

    def validate_also(self, field: SelectMultipleField) -> None:
        """No more languages than a sign has room for."""
        if len(field.data or ()) > MOST_FURTHER:
            raise ValidationError(_("A sign has room for %(most)s further languages.", most=MOST_FURTHER))

    @property
    def whose(self) -> str:
        """Whose form it is."""
        return str(self._prefix).removesuffix("-")

    def wanted(self, fair_id: int, kind: SignKind) -> StartSigns:
        """The order to give."""
        return StartSigns(
            fair_id,
            self.language.data,
            current_language(),
            kind,
            int(self.scale.data),
            (self.here.data or "").strip(),
            tuple(self.also.data or ()) if kind is SignKind.BOOTH else (),
            bool(self.unasked.data) and kind is SignKind.FASCIA,
        )


class BoardForm(FlaskForm):  # type: ignore[misc]
    """How large fascia boards are, in millimetres."""

    wide = IntegerField(_l("Width"), [InputRequired(_l("Write a number.")), _MILLIMETRES])
    high = IntegerField(_l("Height"), [InputRequired(_l("Write a number.")), _MILLIMETRES])
