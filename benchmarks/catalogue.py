"""Entries of the catalogue per CPU second.

    python benchmarks/catalogue.py [--entries 1900] [--data DIR]
    python benchmarks/catalogue.py FAIR.json OUT.pdf [--stock DIR]

Without files each entry has a photo, a story of 90 words, products with stars and a QR code; ``--data`` takes
the names from DIR/exhibitors/gamescom.csv. The peer sets the same texts by ReportLab's Paragraph and Table
with codes by qrcode; it shapes no script, writes no tags and knows no index, so it has less to do.

With files it prints the A4 catalogue of the fair in FAIR.json and nothing else, so that another program can
measure it as a whole; ``--stock`` keeps finished pages in a folder, and a second run takes over those that
are as they were.
"""

import argparse
import csv
import io
import os
import random
import tempfile
from pathlib import Path

from measuring import line, measured, told

from fairapp.adapters.pdf.book import (
    Catalogue,
    CatalogueChapter,
    CatalogueEntry,
    CatalogueLabels,
    CatalogueProduct,
)

STORIES = """
vùng chè hữu cơ sáu mươi héc-ta đốt sao bằng củi quế đóng gói hút chân không bà con người Tày và
người Mông hái búp trên cây trăm tuổi ở độ cao một nghìn hai trăm mét rồi sao tay trong chảo gang
theo cách ông bà để lại từ nhiều đời mật ong rừng bạc hà mùa đông măng vầu khô thổ cẩm dệt tay nhuộm
chàm gốm nung củi nước mắm cá cơm ủ chượp mười hai tháng cà phê vối chín đỏ phơi giàn hồ tiêu sọ
trắng ca cao lên men thùng gỗ
"""
WORDS = STORIES.split()
PLACES = ["Bản Liền", "Nà Chì", "Nậm Lành", "Sơn Hà", "Cái Vồn", "Hương Mỹ", "Cầu Kè", "Mỹ Hòa", "Tủa Chùa"]
FOREIGN = (
    ("กลุ่มทอผ้าบ้านดอนกลาง", "th"),
    ("ສົມສີ ແກ້ວມະນີ", "lo"),
    ("សហគមន៍កសិកម្ម", "km"),
    ("株式会社大分特産", "ja"),
    ("만인산농협", "ko"),
    ("हथकरघा समिति", "hi"),
)


def names(count: int, data: Path | None, chance: random.Random) -> list[tuple[str, str]]:
    """Names with their languages, one in five in another script, or those of the list."""
    if data:
        with (data / "exhibitors" / "gamescom.csv").open(encoding="utf-8", newline="") as file:
            listed = [row["name"] for row in csv.DictReader(file) if row["name"]]
        return [(listed[number % len(listed)], "en") for number in range(count)]
    found = []
    for number in range(count):
        name, lang = (
            chance.choice(FOREIGN) if chance.random() < 0.2 else (f"HTX {chance.choice(PLACES)}", "vi")
        )
        found.append((f"{name} {number}", lang))
    return found


def photos(folder: Path, count: int) -> list[Path]:
    """Some JPEGs of 400 × 300 pixels and about 35 kB."""
    from PIL import Image

    found = []
    for number in range(min(count, 60)):
        chance = random.Random(number)
        small = Image.frombytes("RGB", (80, 60), chance.randbytes(80 * 60 * 3))
        found.append(folder / f"{number}.jpg")
        small.resize((400, 300)).save(found[-1], quality=84)
    return found


def book(count: int, data: Path | None, folder: Path) -> Catalogue:
    chance = random.Random(1)
    pictures = photos(folder, count)
    made = []
    for number, (name, lang) in enumerate(names(count, data, chance)):
        products = tuple(
            CatalogueProduct(
                " ".join(chance.choices(WORDS, k=4)), "Forest honey", chance.choice((None, 3, 4, 5))
            )
            for _ in range(chance.randint(1, 4))
        )
        made.append(
            CatalogueEntry(
                record=str(number),
                name=name,
                lang=lang,
                qr=f"HTTPS://HOICHO.EXAMPLE/B/7K{number:05d}",
                booths=(f"{'ABCDE'[number * 5 // count]}-{number:04d}",),
                second="Cooperative of producers",
                story=" ".join(chance.choices(WORDS, k=90)),
                products=products,
                origin=f"Xã {chance.choice(PLACES)}",
                photo=pictures[number % len(pictures)],
            )
        )
    step = -(-count // 5)
    chapters = tuple(
        CatalogueChapter(f"Nhà {'ABCDE'[n]}", made[n * step : (n + 1) * step])
        for n in range(5)
        if made[n * step :]
    )
    stars = ("", "1 sao", "2 sao", "3 sao", "4 sao", "5 sao")
    labels = CatalogueLabels("Nội dung", "Bảng tra đơn vị", "Bảng tra gian hàng", "Kỷ yếu", stars)
    return Catalogue("Hội chợ", "Kỷ yếu", "15–19.4", "TP. Hồ Chí Minh", labels, chapters)


def ours(made: Catalogue, out: Path) -> int:
    from fairapp.adapters.pdf.catalogue import print_catalogue

    with out.open("wb") as file:
        return print_catalogue(file, made).printed


def whole(fair: Path, out: Path, stock: Path | None) -> None:
    """The A4 catalogue of a fair's file."""
    from fairfile import book

    from fairapp.adapters.pdf.catalogue import print_catalogue
    from fairapp.adapters.pdf.paper import SHEET
    from fairapp.adapters.pdf.records import resting_collector

    out.unlink(missing_ok=True)  # the stock may hold the file of before under a second name
    with out.open("wb") as file, resting_collector():
        report = print_catalogue(file, book(fair), paper=SHEET, stock=stock)
    for each in report:
        print(each.record, each.field, each.reason.value)


def peer(made: Catalogue, out: Path) -> int:
    """The same records as paragraphs, tables and qrcode's pictures."""
    from xml.sax.saxutils import escape

    import qrcode
    from reportlab.lib.pagesizes import A5
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Image, KeepTogether, Paragraph, SimpleDocTemplate, Table

    from fairapp.adapters.pdf.faces import LATIN, _path

    for weight in (400, 800):
        pdfmetrics.registerFont(TTFont(f"body{weight}", str(_path(LATIN, weight))))
    text = ParagraphStyle("text", fontName="body400", fontSize=8.6, leading=12)
    head = ParagraphStyle("head", fontName="body800", fontSize=14, leading=17)
    flowables = []
    for chapter in made.chapters:
        for entry in chapter.entries:
            code = io.BytesIO()
            qrcode.make(entry.qr, box_size=2).save(code)
            products = [f"{each.name} ({each.second}) {each.stars or ''}" for each in entry.products]
            right = [
                Paragraph(escape(part), text) for part in (entry.second, entry.story, *products, entry.origin)
            ]
            left = [
                Image(str(entry.photo), 104, 79),
                Image(code, 60, 60),
                Paragraph(escape(entry.booths[0]), text),
            ]
            flowables.append(
                KeepTogether(Table([[left, [Paragraph(escape(entry.name), head), *right]]], (118, 230)))
            )
    SimpleDocTemplate(str(out), pagesize=A5, leftMargin=28, rightMargin=28).build(flowables)
    return sum(len(chapter.entries) for chapter in made.chapters)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FAIR.json OUT.pdf")
    parser.add_argument("--stock", type=Path)
    parser.add_argument("--entries", type=int, default=1900)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--run", choices=("ours", "peer"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if len(asked.files) == 2:
        whole(*asked.files, asked.stock)
        return
    if asked.files:
        parser.error("two files are needed, or none")
    if asked.run:
        with tempfile.TemporaryDirectory() as folder:
            made = book(asked.entries, asked.data, Path(folder))
            work = ours if asked.run == "ours" else peer
            told(lambda: work(made, Path(folder) / "out.pdf"))
        return
    more = ("--data", str(asked.data)) if asked.data else ()
    own = measured("catalogue.py", "--run", "ours", "--entries", str(asked.entries), *more)
    other = measured("catalogue.py", "--run", "peer", "--entries", str(max(1, asked.entries // 10)), *more)
    print(f"{os.cpu_count()} processors")
    print(line("catalogue, ours", own, "entries"))
    print(line("catalogue, platypus and qrcode", other, "entries"))
    print(f"ratio {own.rate / other.rate:.1f}")


if __name__ == "__main__":
    main()
