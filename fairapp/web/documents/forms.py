"""The forms of documents: an upload, a check, and what a fair asks for."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    DateField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, Optional

from fairapp.i18n import LANGUAGES, pick
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.documents import DocumentKind, Stops, Whence
from fairapp.rules.producers import OrganisationKind
from fairapp.store.documents import DocumentRequirement
from fairapp.store.fairs import BoothKind, ProductGroup
from fairapp.usecases.documents import LONGEST_NUMBER, LONGEST_REASON, TakenFile, UploadDocument
from fairapp.usecases.documents_requirements import LONGEST_TEXT, KeepRequirement

_TOO_LONG = _l("This is too long. Shorten it.")


class UploadForm(FlaskForm):  # type: ignore[misc]
    """One document: its file, and what is printed on it."""

    file = FileField(_l("File"))
    number = StringField(_l("Number on the document"), [Length(max=LONGEST_NUMBER, message=_TOO_LONG)])
    issued_on = DateField(_l("Issued on"), [Optional()])
    expires_on = DateField(_l("Valid until"), [Optional()])

    def order(self, application_id: int, kind: DocumentKind, file: TakenFile) -> UploadDocument:
        """The document as it was typed."""
        return UploadDocument(
            application_id, kind, file, self.number.data or "", self.issued_on.data, self.expires_on.data
        )


class CheckForm(FlaskForm):  # type: ignore[misc]
    """What an organiser says to a document."""

    reason = TextAreaField(_l("Why it is refused"), [Length(max=LONGEST_REASON, message=_TOO_LONG)])


class RequirementForm(FlaskForm):  # type: ignore[misc]
    """What is asked, of whom, and what its lack holds back."""

    kind = SelectField(_l("Kind of document"))
    stops = RadioField(_l("Without it, what is held back?"))
    whence = RadioField(_l("Of whom is it asked?"))
    organisation_kinds = SelectMultipleField(_l("Kinds of organisations"))
    groups = SelectMultipleField(_l("Product groups"))
    booth_kinds = SelectMultipleField(_l("Kinds of booths"))
    text_vi = TextAreaField(_l("What exactly is asked"), [Length(max=LONGEST_TEXT, message=_TOO_LONG)])
    text_en = TextAreaField(_l("What exactly is asked"), [Length(max=LONGEST_TEXT, message=_TOO_LONG)])

    def offer(self, groups: Iterable[ProductGroup], kinds: Iterable[BoothKind]) -> None:
        """Choose among these."""
        self.kind.choices = _members(DocumentKind)
        self.stops.choices, self.whence.choices = _members(Stops), _members(Whence)
        self.organisation_kinds.choices = _members(OrganisationKind)
        self.groups.choices = [SelectChoice(group.code, pick(group.names)) for group in groups]
        self.booth_kinds.choices = [SelectChoice(kind.code, pick(kind.names)) for kind in kinds]

    def fill(self, there: DocumentRequirement | None) -> None:
        """Show what is kept, or what most fairs begin with."""
        if there is None:
            self.stops.data, self.whence.data = Stops.CONFIRM.value, Whence.ANYWHERE.value
            return
        self.kind.data, self.stops.data = there.kind.value, there.stops.value
        self.whence.data = there.whence.value
        self.organisation_kinds.data = there.organisation_kinds
        self.groups.data, self.booth_kinds.data = there.group_codes, there.booth_kinds
        self.text_vi.data, self.text_en.data = there.texts.get("vi"), there.texts.get("en")

    def order(self, fair_id: int, requirement_id: int | None) -> KeepRequirement:
        """What was chosen."""
        return KeepRequirement(
            fair_id,
            DocumentKind(self.kind.data),
            Stops(self.stops.data),
            Whence(self.whence.data),
            tuple(self.organisation_kinds.data or ()),
            tuple(self.groups.data or ()),
            tuple(self.booth_kinds.data or ()),
            {language: self[f"text_{language}"].data or "" for language in LANGUAGES},
            requirement_id,
        )


def _members(of: type[Enum]) -> list[Any]:
    return [SelectChoice(member.value, phrase(member)) for member in of]
