"""What no author would write by hand: who signed a certificate, and contact data that belongs to nobody."""

from datetime import date

VALID_MONTHS = 36
CITIES = ("Hà Nội", "Hải Phòng", "Huế", "Đà Nẵng", "Cần Thơ", "Hồ Chí Minh")
MERGED_ON = date(2025, 7, 1)
MINISTRY_SINCE = date(2025, 3, 1)
TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
MAIL_DOMAINS = {
    "enterprise": "doanhnghiep.example",
    "cooperative": "htx.example",
    "cooperative_group": "tohoptac.example",
    "household": "hogiadinh.example",
}


def expiry(issued: date) -> date:
    """36 months after the day of issue (Decision 1048/QĐ-TTg and 148/QĐ-TTg)."""
    last = 28 if issued.month == 2 and issued.day == 29 else issued.day
    return issued.replace(year=issued.year + VALID_MONTHS // 12, day=last)


def authority(stars: int, issued: date, province: str, old_province: str, district: str, commune: str) -> str:
    """Who recognised the stars: district or commune three, province four, ministry five."""
    if stars == 5:
        new = issued >= MINISTRY_SINCE
        return "Bộ Nông nghiệp và Môi trường" if new else "Bộ Nông nghiệp và Phát triển nông thôn"
    if stars == 4:
        where = province if issued >= MERGED_ON else old_province or province
        return f"UBND {'thành phố' if where in CITIES else 'tỉnh'} {where}"
    where = commune if issued >= MERGED_ON else district
    return f"UBND {where[0].lower()}{where[1:]}"


def decision(stars: int, number: int, issued: date) -> str:
    """The number as printed on the certificate."""
    if stars < 5:
        return f"{number}/QĐ-UBND"
    return f"{number}/{'QĐ-BNNMT' if issued >= MINISTRY_SINCE else 'QĐ-BNN-VPĐP'}"


def phone(position: int) -> str:
    """A well-formed mobile number whose run of noughts says that it is made up."""
    return f"+8490000{position:04d}"


def tax_code(position: int) -> str | None:
    """A ten-digit code with its check digit, plainly made up; none where no such digit exists."""
    body = f"09990{position:04d}"
    check = 10 - sum(weight * int(digit) for weight, digit in zip(TAX_WEIGHTS, body, strict=True)) % 11
    return None if check == 10 else f"{body}{check}"


def email(key: str, kind: str) -> str:
    """An address in a domain reserved for examples."""
    return f"{key}@{MAIL_DOMAINS[kind]}"
