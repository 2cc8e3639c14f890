"""The words of a delegation's workbook, in every language the house speaks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fairapp.adapters import places
from fairapp.adapters.sheets.templates import FormColumn, FormSheet, form_bytes
from fairapp.i18n import LANGUAGES, current_language, pick, speaking
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.delegation_sheets import (
    ROWS_TO_FILL,
    Cell,
    SheetColumn,
    SheetRow,
    cell_name,
    column_of,
    columns_for,
)
from fairapp.rules.producers import OrganisationKind
from fairapp.rules.questions import Need, Question, QuestionType
from fairapp.rules.text import words
from fairapp.store.delegations import Delegation
from fairapp.usecases.delegations_cells import Around, Vocabulary, named

C = SheetColumn
_WIDTHS = {C.NUMBER: 8, C.NAME: 34, C.STARS: 7, C.BOOTHS: 8, C.PRODUCTS: 40, C.ADDRESS: 30}
_NEEDED = frozenset({C.NAME, C.COMMUNE, C.PLACE, C.PROVINCE})


def vocabulary() -> Vocabulary:
    """What titles and kinds mean in all languages, and how this reader's says them."""
    titles: dict[str, SheetColumn] = {}
    kinds: dict[str, OrganisationKind] = {}
    for language in LANGUAGES:
        with speaking(language):
            titles |= {words(phrase(column)): column for column in SheetColumn}
            kinds |= {words(phrase(kind)): kind for kind in OrganisationKind}
    return Vocabulary(titles, kinds, {kind: phrase(kind) for kind in OrganisationKind}, current_language())


def template(
    delegation: Delegation,
    around: Around,
    rows: Iterable[Mapping[str, str]],
    marks: Mapping[tuple[int, str], str],
) -> bytes:
    """The workbook to fill in, with these rows in it and these cells marked."""
    asking, language = around.asking, around.vocabulary.language
    titles = asking.titles(language, around.vocabulary.titles)
    columns: tuple[str, ...] = (*columns_for(delegation.country, delegation.province_code), *titles)
    place = {column: number for number, column in enumerate(columns)}
    sheet = FormSheet(
        name=pick(delegation.names),
        columns=tuple(
            FormColumn(
                phrase(column),
                hint(column),
                _choices(column, delegation, around),
                _WIDTHS.get(column, 20),
                column in _NEEDED,
            )
            for column in columns
            if isinstance(column, SheetColumn)
        )
        + tuple(_asked(question, titles[column_of(question)], language) for question in asking.questions),
        rows=[[row.get(column, "") for column in columns] for row in rows],
        marks={(number, place[column]): said for (number, column), said in marks.items() if column in place},
        refusal=_("Choose one of the list."),
    )
    return form_bytes(sheet, ROWS_TO_FILL)


def _asked(question: Question, title: str, language: str) -> FormColumn:
    """One of the organiser's questions as a column; one answer is chosen, several are typed."""
    names = tuple(named(each.names, language) for each in question.choices)
    is_list = question.type is QuestionType.SEVERAL
    said = [named(question.helps, language), named(question.units, language)]
    said += [_("With semicolons between them: %(names)s", names="; ".join(names))] if is_list else []
    said += [_("As 2027-03-01.")] if question.type is QuestionType.DATE else []
    hints = "\n".join(each for each in said if each)
    return FormColumn(title, hints[:2_000], () if is_list else names, 26, question.need is Need.REQUIRED)


def title_of(column: str, asked: Mapping[str, Mapping[str, str]]) -> str:
    """What a column is called: by its question, where it is one."""
    return pick(asked[column]) if column in asked else phrase(SheetColumn(column))


def hint(column: SheetColumn) -> str:
    """What the column wants, where its title does not say it all."""
    return {
        C.NUMBER: _("Leave it as it is; empty for a new producer."),
        C.NAME: _("As it writes itself, in its own script."),
        C.TAX_CODE: _("Ten digits, or the owner's twelve for a household."),
        C.COMMUNE: _("Since July 2025, such as Xã Bản Liền."),
        C.PLACE: _("Province or region and place, in words."),
        C.PRODUCTS: _("With semicolons between them: Snow Shan tea; Green tea."),
        C.BOOTHS: _("At least one."),
    }.get(column, "")


def fault_words(cell: Cell, line: int) -> str:
    """A broken cell by its name, with the cure: ``B4: …``; nothing for a sound one."""
    if cell.fault is None:
        return ""
    return f"{cell_name(cell.place, line)}: {phrase(cell.fault.reason, **cell.fault.facts)}"


def sent_rows(
    rows: Sequence[SheetRow],
) -> tuple[list[dict[str, str]], dict[tuple[int, str], str]]:
    """The rows as they were sent, and by (row, column) what is wrong there."""
    texts = [{cell.column: cell.text for cell in row.cells} for row in rows]
    marks = {
        (number, cell.column): phrase(cell.fault.reason, **cell.fault.facts)
        for number, row in enumerate(rows)
        for cell in row.cells
        if cell.fault is not None
    }
    return texts, marks


def _choices(column: SheetColumn, delegation: Delegation, around: Around) -> tuple[str, ...]:
    language = around.vocabulary.language
    if column is C.COMMUNE:
        return tuple(each.name for each in places.communes(delegation.province_code or ""))
    if column is C.PROVINCE:
        return tuple(each.name for each in places.provinces())
    return {
        C.KIND: tuple(around.vocabulary.said_kinds.values()),
        C.STARS: ("5", "4", "3", "2", "1"),
        C.GROUP: tuple(named(names, language) for _code, names in around.groups),
        C.BOOTH_KIND: tuple(named(names, language) for _id, names in around.booth_kinds),
    }.get(column, ())
