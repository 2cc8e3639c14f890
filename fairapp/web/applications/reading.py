"""An application as its reviewer reads it: with everything, or blind, without a trace of who applies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import url_for

from fairapp.i18n import formats, pick
from fairapp.i18n import gettext as _
from fairapp.rules.questions import Phase
from fairapp.rules.review_settings import ReviewSettings
from fairapp.rules.veiling import Veil
from fairapp.store.applications import Application
from fairapp.store.applications_queries import products_shown
from fairapp.store.applications_reading import names_to_hide
from fairapp.store.base import reading
from fairapp.store.fairs import Fair
from fairapp.web.applications.answered import KeptFile, Shown, ShownPart, answered_in
from fairapp.web.applications.showing import size_of
from fairapp.web.places import place_name, place_of

Words = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class ReadProduct:
    """A product as it is judged."""

    name: str
    text: str
    group: str
    stars: int | None
    photo: str
    """The key of its picture; empty without one, and for who reads blind."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that the reviewer's page may say: templates get this and no row of the applicant."""

    number: int
    title: str
    place: str
    kind: str
    size: str
    needs: str
    story: str
    products: tuple[ReadProduct, ...]
    asked: tuple[ShownPart, ...]
    is_blind: bool


def is_blind(fair: Fair) -> bool:
    """Whether reviewers of the fair do not learn who applies."""
    return ReviewSettings.of(fair.settings).blind


def title_of(application: Application) -> str:
    """What the reviewer calls the application: by its number when reading blind."""
    if is_blind(application.fair):
        return _("Application %(number)s", number=application.id)
    return application.organisation.name


def origin_of(application: Application) -> str:
    """Where it comes from; blind no closer than the province or country."""
    of = application.organisation
    if not is_blind(application.fair):
        return place_of(of)
    return place_name(of.province_code if of.country == "VN" and of.province_code else of.country)


def sheet_of(application: Application) -> Sheet:
    """The application, ready to be read."""
    session, blind = reading(), is_blind(application.fair)
    hide: Words = Veil(*names_to_hide(session, application)).over if blind else str
    kind = application.booth_kind
    return Sheet(
        application.id,
        title_of(application),
        origin_of(application),
        pick(kind.names) if kind else "",
        size_of(application),
        hide(application.needs.get("words") or ""),
        "" if blind else pick(application.organisation.story or {}),
        tuple(
            ReadProduct(
                hide(pick(each.names)),
                hide(pick(each.texts or {})),
                each.group_code,
                each.stars,
                "" if blind or each.photo is None else each.photo.small,
            )
            for each in products_shown(session, application.id)
        ),
        tuple(
            replace(part, answers=tuple(_read(one, application, hide, blind) for one in part.answers))
            for part in answered_in(application, Phase.APPLY, application.fair.code)
        ),
        blind,
    )


def points(mean: float | None) -> str:
    """A mean as it is read: points of 100 with one decimal."""
    return "" if mean is None else formats.number(round(mean / 100, 1))


def _read(one: Shown, application: Application, hide: Words, blind: bool) -> Shown:
    """An answer in words that tell nothing; a file only for who may know whose it is."""
    words, file = one.words, None
    if one.file is not None and blind:
        words = _("A file was given. It is not shown while reviewing is blind.")
    elif one.file is not None:
        file_id = one.file.href.rpartition("/")[2]
        address = url_for(
            "applications.read_file",
            fair_code=application.fair.code,
            application_id=application.id,
            file_id=file_id,
        )
        file = KeptFile(one.file.name, address)
    rows = tuple(tuple(hide(cell) for cell in row) for row in one.rows)
    return replace(one, words=hide(words) if one.file is None else words, rows=rows, file=file)
