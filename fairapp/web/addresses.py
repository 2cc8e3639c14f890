"""Numbers in addresses: none is larger than the numbers that rows have."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1


class RowNumber(IntegerConverter):
    """``<int:…>``: a number no row can have leads nowhere, before any database is asked for it."""

    def __init__(self, map: Map, **bounds: Any) -> None:
        super().__init__(map, **{"max": LARGEST, **bounds})


def prepare(app: Flask) -> None:
    """Bound every number in every address."""
    app.url_map.converters["int"] = RowNumber
