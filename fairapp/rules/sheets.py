"""What a list file is once it is read, and every reason why one cannot be."""

from dataclasses import dataclass
from enum import StrEnum

from fairapp.rules.errors import Refused
from fairapp.rules.imports import SourceRow


class FileReason(StrEnum):
    """Why a file is refused as a list."""

    EMPTY = "file_empty"
    TOO_LARGE = "file_too_large"
    TOO_LARGE_UNPACKED = "file_too_large_unpacked"
    TOO_MANY_ROWS = "file_too_many_rows"
    TOO_MANY_COLUMNS = "file_too_many_columns"
    CELL_TOO_LONG = "file_cell_too_long"
    UNKNOWN_ENCODING = "file_unknown_encoding"
    WRONG_ENCODING = "file_wrong_encoding"
    LEGACY_FONT = "file_legacy_font"
    UNCLOSED_QUOTE = "file_unclosed_quote"
    NOT_A_LIST = "file_not_a_list"
    OLD_EXCEL = "file_old_excel"
    OPEN_DOCUMENT = "file_open_document"
    LOCKED = "file_locked"
    DAMAGED = "file_damaged"
    UNKNOWN_SHEET = "file_unknown_sheet"
    NO_ROWS = "file_no_rows"


class FileRefused(Refused):
    """A file that cannot be read as a list; ``facts`` say what its sentence needs (limit, line, kind)."""

    def __init__(self, reason: FileReason, **facts: object) -> None:
        super().__init__(reason, **facts)
        self.reason = reason


class FileNote(StrEnum):
    """What was noticed or mended while reading a file."""

    TITLE_LINES = "file_note_title_lines"
    REPEATED_HEADER = "file_note_repeated_header"
    BLANK_ROWS = "file_note_blank_rows"
    UNTITLED_COLUMN = "file_note_untitled_column"
    MORE_SHEETS = "file_note_more_sheets"
    NOT_UTF8 = "file_note_not_utf8"
    DOUBLY_ENCODED = "file_note_doubly_encoded"


@dataclass(frozen=True, slots=True)
class Finding:
    """One note about a file, with the number of lines, columns or sheets it is about."""

    note: FileNote
    number: int = 1


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a list may be: bytes as sent and unpacked, rows, columns, letters in a cell."""

    packed: int = 24 * 1024 * 1024
    unpacked: int = 160 * 1024 * 1024
    rows: int = 50_000
    columns: int = 256
    cell: int = 32_767


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list read: titles of its columns, rows with their lines in the file, and how it was read."""

    header: tuple[str, ...]
    rows: list[SourceRow]
    header_line: int
    encoding: str
    delimiter: str
    title_lines: tuple[str, ...]
    sheet_name: str
    sheet_names: tuple[str, ...]
    findings: tuple[Finding, ...]
