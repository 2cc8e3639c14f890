"""What every printed record shares: cleaned fields, their faults in the report, progress."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from logging import getLogger
from typing import Literal

from fairapp.adapters.pdf.text import Note, clean
from fairapp.adapters.qr import Symbol, TooLong, symbol
from fairapp.rules.printing import PrintFault, Report

_log = getLogger(__name__)

Progress = Callable[[int, int], None]
Layout = Literal["a4", "single"]


@contextmanager
def resting_collector() -> Iterator[None]:
    """Print without Python looking for circles among its objects: a print has many objects and no circle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Desk:
    """One record on its way to the page: gives its fields out clean, and notes what was wrong with them."""

    def __init__(self, report: Report, record: str) -> None:
        self.report = report
        self.record = record

    def note(self, field: str) -> Note:
        """A function that reports a fault of this field."""
        return lambda fault: self.report.add(self.record, field, fault)

    def field(self, name: str, text: str, longest: int) -> str:
        """The field's text, clean and bounded."""
        return clean(text, longest, self.note(name))

    def failed(self) -> None:
        """Report that the record could not be printed at all; what went wrong goes to the log."""
        self.report.add(self.record, "", PrintFault.SKIPPED)
        _log.warning("record %s was left out of print", self.record, exc_info=True)

    def code(self, text: str, level: str = "M") -> Symbol | None:
        """The QR symbol of a text, or nothing where none holds it."""
        if not text:
            return None
        try:
            return symbol(text, level)
        except TooLong:
            self.report.add(self.record, "qr", PrintFault.QR_TOO_LONG)
            return None
