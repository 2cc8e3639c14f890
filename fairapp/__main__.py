"""``python -m fairapp`` and the console script."""

from __future__ import annotations

import sys

from fairapp.cli.main import run
from fairapp.config import SettingError


def main() -> None:
    """Run the command line; a setting that cannot be used ends it with one sentence."""
    from fairapp.app import create_app

    try:
        run(create_app)
    except SettingError as error:
        sys.exit(f"fairapp: {error}")


if __name__ == "__main__":
    main()
