"""Badges and QR symbols per CPU second, beside ReportLab's canvas with qrcode.

    python benchmarks/badges.py [--badges 2000] [--data DIR]
    python benchmarks/badges.py BADGES.json OUT.pdf

Every badge has a name, an organisation, a booth and a token of some 70 characters as its QR code. ``--data``
takes the organisations from DIR/exhibitors/gamescom.csv. The peer draws name, organisation and code of the
same badges. With files it prints the badges of BADGES.json and nothing else, so that another program can
measure it as a whole.
"""

import argparse
import io
import random
import tempfile
from pathlib import Path

from catalogue import PLACES, names
from measuring import line, measured, told

from fairapp.adapters.pdf.badges import Badge, BadgeRole, BadgeSheet, print_badges

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
FAMILIES = ["Nguyễn", "Trần", "Lê", "Phạm", "Vàng", "Hoàng", "Triệu", "Đặng", "Bùi", "Hồ"]
GIVEN = ["Mai", "An", "Sỉnh", "Pham", "Thảo", "Uyên", "Hương", "Ngọc", "Lan", "Dũng"]


def tokens(count: int) -> list[str]:
    chance = random.Random(2)
    return ["HTTPS://HOICHO.EXAMPLE/T/" + "".join(chance.choices(ALPHABET, k=46)) for _ in range(count)]


def badges(count: int, data: Path | None) -> list[Badge]:
    chance = random.Random(1)
    role = BadgeRole("Trưng bày", "Exhibitor")
    organisations = names(count, data, chance)
    return [
        Badge(
            record=str(number),
            name=f"{chance.choice(FAMILIES)} Thị {chance.choice(GIVEN)} {number}",
            role=role,
            token=token,
            code=f"7K2M-{number:05d}",
            organisation=organisations[number][0],
            booth=f"A-{number % 900:03d}",
            halls=("A",),
        )
        for number, token in enumerate(tokens(count))
    ]


def ours(made: list[Badge], out: Path) -> int:
    with out.open("wb") as file:
        return print_badges(file, made, BadgeSheet("Thẻ", "Hội chợ", f"15–19.4 · {PLACES[0]}", "Nhà")).printed


def whole(source: Path, out: Path) -> None:
    """The sheets of a file's badges."""
    from fairfile import badges as read

    made, sheet = read(source)
    with out.open("wb") as file:
        report = print_badges(file, made, sheet)
    for each in report:
        print(each.record, each.field, each.reason.value)


def peer(made: list[Badge], out: Path) -> int:
    """The same badges by drawString and qrcode's pictures, eight to a page."""
    import qrcode
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    from fairapp.adapters.pdf.faces import LATIN, _path

    pdfmetrics.registerFont(TTFont("body", str(_path(LATIN, 700))))
    canvas = Canvas(str(out), pagesize=A4)
    for number, badge in enumerate(made):
        if number and number % 8 == 0:
            canvas.showPage()
        x, y = number % 2 * 297, 632 - number % 8 // 2 * 210
        canvas.setFont("body", 20)
        canvas.drawString(x + 14, y + 120, badge.name)
        canvas.setFont("body", 10)
        canvas.drawString(x + 14, y + 100, badge.organisation)
        code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=1)
        code.add_data(badge.token)
        picture = io.BytesIO()
        code.make_image().save(picture)
        canvas.drawImage(ImageReader(picture), x + 180, y + 10, 100, 100)
    canvas.save()
    return len(made)


def symbols_ours(count: int) -> int:
    from fairapp.adapters import qr

    for token in tokens(count):
        qr.symbol(token, "M", 3)
    return count


def symbols_peer(count: int) -> int:
    import qrcode

    for token in tokens(count):
        code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, mask_pattern=3)
        code.add_data(token, optimize=0)
        code.make()
    return count


def same_symbols(count: int) -> tuple[int, int]:
    """How many of so many symbols are qrcode's, module for module."""
    import qrcode

    from fairapp.adapters import qr

    same = 0
    for token in tokens(count):
        code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, mask_pattern=3, border=0)
        code.add_data(token, optimize=0)
        code.make()
        theirs = tuple(int("".join("01"[dark] for dark in row), 2) for row in code.get_matrix())
        same += qr.symbol(token, "M", 3).rows == theirs
    return same, count


def run(which: str, count: int, data: Path | None) -> None:
    if which.startswith("symbols"):
        work = symbols_ours if which == "symbols-ours" else symbols_peer
        told(lambda: work(count))
        return
    made = badges(count, data)
    with tempfile.TemporaryDirectory() as folder:
        print_or_draw = ours if which == "ours" else peer
        told(lambda: print_or_draw(made, Path(folder) / "out.pdf"))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="BADGES.json OUT.pdf")
    parser.add_argument("--badges", type=int, default=2000)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--run", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if len(asked.files) == 2:
        whole(*asked.files)
        return
    if asked.files:
        parser.error("two files are needed, or none")
    if asked.run:
        run(asked.run, asked.badges, asked.data)
        return
    more = ("--data", str(asked.data)) if asked.data else ()
    few = str(max(1, asked.badges // 10))
    pairs = (
        ("badges", "ours", "peer", ("ours", "ReportLab's canvas and qrcode")),
        ("symbols", "symbols-ours", "symbols-peer", ("ours, mask fixed", "qrcode, mask fixed")),
    )
    for unit, own_name, peer_name, (own_words, peer_words) in pairs:
        own = measured("badges.py", "--run", own_name, "--badges", str(asked.badges), *more)
        other = measured("badges.py", "--run", peer_name, "--badges", few, *more)
        print(line(f"{unit}, {own_words}", own, unit))
        print(line(f"{unit}, {peer_words}"[:34], other, unit))
        print(f"ratio {own.rate / other.rate:.1f}")


if __name__ == "__main__":
    main()
