"""``python -m fairapp`` and the console script."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from fairapp.cli.main import run
from fairapp.config import SettingError

if TYPE_CHECKING:
    from flask import Flask


def _application() -> Flask:
    """Put the application together, for the commands that need one: reading it all takes a second."""
    from fairapp.app import create_app

    return create_app()


def main() -> None:
    """Run the command line; a setting that cannot be used ends it with one sentence."""
    try:
        run(_application)
    except SettingError as error:
        sys.exit(f"fairapp: {error}")


if __name__ == "__main__":
    main()
