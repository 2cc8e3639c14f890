"""The package qrcode as the reference: what we print must be the symbol it draws."""

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q

from fairapp.adapters import qr

LEVELS = {"L": ERROR_CORRECT_L, "M": ERROR_CORRECT_M, "Q": ERROR_CORRECT_Q, "H": ERROR_CORRECT_H}


def reference_rows(text: str, level: str, mask: int, version: int | None = None) -> tuple[int, ...]:
    """Rows of the symbol that qrcode makes of the whole text in one mode, without a quiet zone."""
    code = QRCode(version=version, error_correction=LEVELS[level], mask_pattern=mask, border=0)
    code.add_data(text, optimize=0)
    code.make(fit=version is None)
    return tuple(int("".join("1" if dark else "0" for dark in row), 2) for row in code.modules)


def is_as_reference(text: str, level: str = "M") -> bool:
    """Whether ours is one of the eight symbols that the reference gives for this text, one for each mask."""
    ours = qr.symbol(text, level).rows
    return any(ours == reference_rows(text, level, mask) for mask in range(8))
