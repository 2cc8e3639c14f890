"""A small book, badges and signs for the tests."""

import io
from functools import cache

from PIL import Image

from fairapp.adapters.pdf.badges import Badge, BadgeRole, BadgeSheet
from fairapp.adapters.pdf.book import (
    Catalogue,
    CatalogueChapter,
    CatalogueEntry,
    CatalogueLabels,
    CatalogueProduct,
)
from fairapp.adapters.pdf.signs import Sign, SignName, SignProduct, SignSheet

NAMES = (
    ("HTX Nông nghiệp Hương Rừng", "vi"),
    ("Ớt xiêm rừng Sơn Hà", "vi"),
    ("Đặc sản Ẩm thực Ốc đảo", "vi"),
    ("กลุ่มทอผ้าบ้านดอนกลาง", "th"),
    ("ສົມສີ ແກ້ວມະນີ", "lo"),
    ("សហគមន៍កសិកម្មស្ករត្នោត", "km"),
    ("ပုသိမ်ထီး လုပ်ငန်း", "my"),
    ("株式会社大分特産", "ja"),
    ("만인산농협거점스마트", "ko"),
    ("हथकरघा समिति", "hi"),
    ("البوسنة والهرسك", "ar"),
)
STARS = ("", "1 sao", "2 sao", "3 sao", "4 sao", "5 sao")
STORY = (
    "Bốn mươi hai hộ Tày và Mông hái chè trên cây trên trăm tuổi ở độ cao một nghìn hai trăm mét, "
    "sao tay trong chảo gang, ủ trong ống tre rồi hong trên gác bếp như ông bà để lại. "
) * 2
TOKEN = "HTTPS://HOICHO.EXAMPLE/T/" + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:" * 2
LABELS = CatalogueLabels("Nội dung", "Bảng tra đơn vị", "Bảng tra gian hàng", "Kỷ yếu hội chợ", STARS)
BADGES = BadgeSheet("Thẻ ra vào", "Hội chợ OCOP Quốc tế 2027", "15–19.4 · SECC", "Nhà")
SIGNS = SignSheet(
    "Biển gian hàng",
    "Hội chợ OCOP Quốc tế 2027",
    (("Quét để xem sản phẩm", "vi"), ("Scan to see the products", "en")),
    "Mã",
    "Nói được",
    STARS,
)


@cache
def photo(width: int = 400, height: int = 300, mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height), 90 if mode == "L" else tuple([90] * len(mode))).save(out, "JPEG")
    return out.getvalue()


def address(number: int) -> str:
    return f"HTTPS://HOICHO.EXAMPLE/B/7K2M{number:03d}"


def entry(number: int, **changes: object) -> CatalogueEntry:
    name, lang = NAMES[number % len(NAMES)]
    facts: dict[str, object] = {
        "record": str(number),
        "name": f"{name} {number}",
        "qr": address(number),
        "booths": (f"A-{number:03d}",),
        "lang": lang,
        "second": "Huong Rung Cooperative",
        "story": STORY,
        "products": (CatalogueProduct("Chè Shan", "Shan tea", 4), CatalogueProduct("Mật ong rừng")),
        "origin": "Xã Bản Liền, Lào Cai",
        "photo": photo(),
    }
    return CatalogueEntry(**(facts | changes))  # type: ignore[arg-type]


def book(*chapters: list[CatalogueEntry]) -> Catalogue:
    titled = tuple(CatalogueChapter(f"Nhà {'ABCDE'[n]}", list(each)) for n, each in enumerate(chapters))
    return Catalogue("Hội chợ OCOP Quốc tế 2027", "Kỷ yếu", "15–19.4.2027", "SECC", LABELS, titled)


def badge(number: int, **changes: object) -> Badge:
    name, lang = NAMES[number % len(NAMES)]
    facts: dict[str, object] = {
        "record": str(number),
        "name": f"{name} {number}",
        "role": BadgeRole("Trưng bày", "Exhibitor"),
        "token": f"{TOKEN}{number}",
        "code": f"7K2M-{number:04d}",
        "organisation": "HTX Hương Rừng",
        "booth": "A-012",
        "halls": ("A",),
        "lang": lang,
    }
    return Badge(**(facts | changes))  # type: ignore[arg-type]


def sign(number: int, **changes: object) -> Sign:
    facts: dict[str, object] = {
        "record": str(number),
        "booth": f"A-{number:03d}",
        "names": (SignName(*NAMES[number % len(NAMES)]),),
        "place": "Xã Bản Liền, tỉnh Lào Cai",
        "qr": address(number),
        "address": f"hoicho.example/B/7K2M{number:03d}",
        "code": f"7K2M{number:03d}",
        "marks": ("drink", "food"),
        "products": (SignProduct("Chè Shan", 4), SignProduct("Mật ong rừng")),
    }
    return Sign(**(facts | changes))  # type: ignore[arg-type]
