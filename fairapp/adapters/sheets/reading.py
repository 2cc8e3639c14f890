"""A list file, CSV or XLSX, read into titled rows within bounds."""

from collections.abc import Callable, Iterable
from pathlib import Path

from fairapp.adapters.sheets.layout import lay_out
from fairapp.adapters.sheets.plain import rows_of_text
from fairapp.adapters.sheets.workbooks import rows_of_workbook
from fairapp.rules.columns import meaning
from fairapp.rules.sheets import FileReason, FileRefused, Limits, Sheet

_HOW_OTHERS_START = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"RIFF", "WEBP"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "GZIP"),
    (b"7z\xbc\xaf\x27\x1c", "7Z"),
    (b"Rar!", "RAR"),
    (b"\x7fELF", "ELF"),
    (b"SQLite format 3", "SQLite"),
)
_MARKUP = (
    b"<!doctype",
    b"<html",
    b"<head",
    b"<body",
    b"<table",
    b"<?xml",
    b"<svg",
    b"<script",
    b"<meta",
    b"<!--",
)


def read_sheet(
    source: bytes | Path,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    limits: Limits | None = None,
    known: Callable[[str], object] = meaning,
) -> Sheet:
    """Read a list from bytes or a file; what it is shows its content, not its name.

    ``sheet`` picks a page of a workbook, ``encoding`` overrides the guess for a CSV, ``known`` says what a
    title means (None: nothing) where the header is looked for. Raises ``FileRefused``.
    """
    limits = limits or Limits()
    data = _bytes_of(source, limits)
    if data.startswith(b"PK"):
        pages = rows_of_workbook(data, sheet, limits)
        return lay_out(
            pages.rows,
            limits,
            sheet_name=pages.name,
            sheet_names=pages.names,
            findings=pages.findings,
            known=known,
        )
    _refuse_others(data)
    table = rows_of_text(data, encoding, limits)
    return lay_out(
        table.rows,
        limits,
        encoding=table.encoding,
        delimiter=table.delimiter,
        findings=table.findings,
        known=known,
    )


def _bytes_of(source: bytes | Path, limits: Limits) -> bytes:
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > limits.packed:
        raise FileRefused(FileReason.TOO_LARGE, limit=limits.packed // 1024**2, size=size)
    data = source if isinstance(source, bytes) else source.read_bytes()
    blanks = b"\xef\xbb\xbf \t\r\n\0"
    if not data[:4096].strip(blanks) and not data.strip(blanks):
        raise FileRefused(FileReason.EMPTY)
    return data


def _refuse_others(data: bytes) -> None:
    """Refuse what is plainly something else, whatever its name says."""
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise FileRefused(FileReason.LOCKED if locked else FileReason.OLD_EXCEL)
    for start, kind in _HOW_OTHERS_START:
        if data.startswith(start) and (len(start) > 2 or b"\0" in data[:64]):
            raise FileRefused(FileReason.NOT_A_LIST, kind=kind)
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(_MARKUP):
        raise FileRefused(FileReason.NOT_A_LIST, kind="XML" if head.startswith(b"<?xml") else "HTML")
    if head.startswith((b"{", b"[")) and _is_json(data):
        raise FileRefused(FileReason.NOT_A_LIST, kind="JSON")


def _is_json(data: bytes) -> bool:
    closing: Iterable[bytes] = (b"}", b"]")
    head = data[:512].split()
    return (
        data.rstrip().endswith(tuple(closing)) and bool(head) and b'"' in data[:512] and b":" in data[:2048]
    )
