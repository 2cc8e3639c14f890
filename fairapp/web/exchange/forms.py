"""The forms of lists: the file, and what its columns mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import RadioField, SelectChoice
from wtforms.validators import ValidationError

from fairapp.i18n import gettext as _
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.column_titles import Field
from fairapp.rules.columns import ColumnReason, ColumnsRefused
from fairapp.rules.exchange_runs import ListKind
from fairapp.rules.import_plan import WithoutBooth
from fairapp.usecases.exchange import CheckList, KeepList


class ListForm(FlaskForm):  # type: ignore[misc]
    """A CSV or XLSX file, and what it is a list of."""

    kind = RadioField(_l("What does the list hold?"), default=ListKind.EXHIBITORS.value)
    file = FileField(_l("List (CSV or XLSX)"))

    def __init__(self) -> None:
        super().__init__()
        self.kind.choices = [SelectChoice(each.value, phrase(each)) for each in ListKind]

    def validate_file(self, field: FileField) -> None:
        """A file was chosen."""
        if not field.data or not field.data.filename:
            raise ValidationError(_("Choose a file."))

    def order(self, fair_id: int) -> KeepList:
        """The file's bytes and its name."""
        sent = self.file.data
        return KeepList(fair_id, ListKind(self.kind.data), sent.filename or "", sent.read())


class ColumnsForm(FlaskForm):  # type: ignore[misc]
    """What to do with exhibitors that have no booth yet; the columns' fields stand in the table."""

    without_booth = RadioField(_l("Rows without a booth"), default=WithoutBooth.REFUSE.value)

    def __init__(self, without_booth: str = WithoutBooth.REFUSE.value) -> None:
        super().__init__(data={"without_booth": without_booth})
        self.without_booth.choices = [SelectChoice(each.value, phrase(each)) for each in WithoutBooth]


def columns_sent(sent: Mapping[str, str], header: Sequence[str]) -> dict[Field, int]:
    """What was chosen for each column.

    :raises ColumnsRefused: when one field was chosen for two columns.
    """
    chosen: dict[Field, int] = {}
    for place in range(len(header)):
        said = sent.get(f"column-{place}", "")
        if said not in {field.value for field in Field}:
            continue
        field = Field(said)
        if field in chosen:
            raise ColumnsRefused(ColumnReason.FIELD_TWICE, field=phrase(field))
        chosen[field] = place
    return chosen


def check_order(run_id: int, columns: Mapping[Field, int], form: ColumnsForm) -> CheckList:
    """The order of the form."""
    return CheckList(run_id, columns, WithoutBooth(form.without_booth.data))
