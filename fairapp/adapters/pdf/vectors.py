"""SVG path data as PDF path operators."""

import re
from functools import lru_cache

_TOKENS = re.compile(r"[MmLlHhVvCcSsZz]|-?(?:\d+\.?\d*|\.\d+)")
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Z": 0}


@lru_cache(maxsize=256)
def path_operators(data: str) -> str:
    """Turn moves, lines, curves and closings into operators, in the same coordinates."""
    tokens = _TOKENS.findall(data)
    found: list[str] = []
    x = y = start_x = start_y = 0.0
    control = (0.0, 0.0)
    command, at = "", 0
    while at < len(tokens):
        if tokens[at].isalpha():
            command, at = tokens[at], at + 1
        kind, relative = command.upper(), command.islower()
        values = [float(token) for token in tokens[at : at + _TAKES[kind]]]
        at += len(values)
        if kind == "Z":
            found.append("h")
            x, y = control = start_x, start_y
            continue
        if kind in "HV":
            base = (x, y)["HV".index(kind)] if relative else 0.0
            x, y = (base + values[0], y) if kind == "H" else (x, base + values[0])
        else:
            moved = [value + ((x, y)[n % 2] if relative else 0.0) for n, value in enumerate(values)]
            if kind == "S":
                moved = [2 * x - control[0], 2 * y - control[1], *moved]
            x, y = moved[-2:]
        if kind in "CS":
            control = (moved[2], moved[3])
            found.append(" ".join(f"{value:.3f}" for value in moved) + " c")
            continue
        control = (x, y)
        found.append(f"{x:.3f} {y:.3f} {'m' if kind == 'M' else 'l'}")
        if kind == "M":
            start_x, start_y = x, y
            command = "l" if relative else "L"
    return " ".join(found)


def circle(x: float, y: float, radius: float) -> str:
    """Path data of a circle."""
    k = 0.5523 * radius
    return (
        f"M{x + radius} {y}C{x + radius} {y + k} {x + k} {y + radius} {x} {y + radius}"
        f"C{x - k} {y + radius} {x - radius} {y + k} {x - radius} {y}"
        f"C{x - radius} {y - k} {x - k} {y - radius} {x} {y - radius}"
        f"C{x + k} {y - radius} {x + radius} {y - k} {x + radius} {y}z"
    )
