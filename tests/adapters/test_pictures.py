"""Uploaded pictures: what is refused and how fast, and what is left of one that is taken."""

from __future__ import annotations

import hashlib
import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms

from fairapp.adapters.pictures import FULL_SIDE, SMALL_SIDE, Pictures, Purpose, pictures
from fairapp.rules.pictures import BYTES_AT_MOST, Header, PictureFormat, PictureReason, picture_header

Colour = tuple[int, ...]


def file_of(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def plain(width: int = 640, height: int = 480, colour: str = "teal") -> Image.Image:
    return Image.new("RGB", (width, height), colour)


def taken(data: bytes, purpose: Purpose = Purpose.PHOTO) -> Pictures:
    found = pictures(data, purpose)
    assert isinstance(found, Pictures), found
    return found


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def pixel(data: bytes, x: int, y: int) -> Colour:
    colour = opened(data).convert("RGB").getpixel((x, y))
    assert isinstance(colour, tuple)
    return colour


def near(left: Colour, right: Colour, by: int = 6) -> bool:
    return all(abs(one - two) <= by for one, two in zip(left, right, strict=True))


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def jpeg_that_claims(width: int, height: int) -> bytes:
    data = file_of(plain())
    frame = data.index(b"\xff\xc0")
    return data[: frame + 5] + struct.pack(">HH", height, width) + data[frame + 9 :]


@pytest.mark.parametrize("kind", list(PictureFormat))
def test_each_readable_format_becomes_a_jpeg_photo_in_two_sizes(kind: PictureFormat) -> None:
    data = file_of(plain(2400, 1200), kind.value.upper())
    assert picture_header(data) == Header(kind, 2400, 1200)
    found = taken(data)
    assert [(one.width, one.height) for one in (found.full, found.small)] == [
        (FULL_SIDE, 800),
        (SMALL_SIDE, 240),
    ]
    for one in (found.full, found.small, found.on_white):
        assert opened(one.data).format == "JPEG"
        assert opened(one.data).size == (one.width, one.height)
        assert one.digest == hashlib.sha256(one.data).hexdigest()
        assert one.key == f"{one.digest}.jpg"
    assert near(pixel(found.full.data, 5, 5), (0, 128, 128), 12)


@pytest.mark.parametrize(
    ("lossless", "mode"), [(True, "RGB"), (False, "RGB"), (True, "RGBA"), (False, "RGBA")]
)
def test_the_three_kinds_of_webp_tell_their_size(lossless: bool, mode: str) -> None:
    data = file_of(Image.new(mode, (301, 97), (9, 90, 200, 90)[: len(mode)]), "WEBP", lossless=lossless)
    assert picture_header(data) == Header(PictureFormat.WEBP, 301, 97)


def test_a_small_picture_is_never_blown_up() -> None:
    found = taken(file_of(plain(100, 60)))
    assert [(one.width, one.height) for one in (found.full, found.small)] == [(100, 60), (100, 60)]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", PictureReason.EMPTY),
        (b"\xff\xd8\xff" + bytes(BYTES_AT_MOST), PictureReason.TOO_HEAVY),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', PictureReason.SVG),
        (b"\xef\xbb\xbf<SVG></SVG>", PictureReason.SVG),
        ('<?xml version="1.0"?><svg/>'.encode("utf-16"), PictureReason.SVG),
        (b"<!DOCTYPE html><img src=x onerror=x()>", PictureReason.WEB_PAGE),
        (b"  <script>x()</script>", PictureReason.WEB_PAGE),
        (b"%PDF-1.7\n", PictureReason.PDF),
        (b"\x00\x00\x00\x18ftypheic" + bytes(40), PictureReason.HEIC),
        (b"\x00\x00\x00\x18ftypmif1" + bytes(40), PictureReason.HEIC),
        (b"\x00\x00\x00\x18ftypavif" + bytes(40), PictureReason.OTHER_FORMAT),
        (file_of(plain(), "BMP"), PictureReason.OTHER_FORMAT),
        (file_of(plain(), "TIFF"), PictureReason.OTHER_FORMAT),
        (b"MZ\x90\x00", PictureReason.NOT_A_PICTURE),
        ("Ảnh của tôi".encode(), PictureReason.NOT_A_PICTURE),
        (file_of(plain(31, 300)), PictureReason.TOO_SMALL),
        (file_of(plain(40, 900)), PictureReason.TOO_NARROW),
        (png_that_claims(50_000, 50_000), PictureReason.TOO_MANY_PIXELS),
        (png_that_claims(2**31 - 1, 2**31 - 1), PictureReason.TOO_MANY_PIXELS),
        (jpeg_that_claims(60_000, 60_000), PictureReason.TOO_MANY_PIXELS),
        (png_that_claims(0, 300), PictureReason.DAMAGED),
        (png_that_claims(300, 300), PictureReason.DAMAGED),
        (file_of(plain())[:400], PictureReason.DAMAGED),
        (file_of(Image.effect_noise((300, 300), 90))[:-2000], PictureReason.DAMAGED),
        (file_of(Image.effect_noise((300, 300), 90), "PNG")[:-2000], PictureReason.DAMAGED),
        (file_of(Image.effect_noise((300, 300), 90), "WEBP")[:-2000], PictureReason.DAMAGED),
        (b"\xff\xd8\xff", PictureReason.DAMAGED),
        (b"\xff\xd8\xff\xe0", PictureReason.DAMAGED),
        (b"\x89PNG\r\n\x1a\n", PictureReason.DAMAGED),
        (b"GIF89a", PictureReason.DAMAGED),
        (b"RIFF\x00\x00\x00\x00WEBPVP8X", PictureReason.DAMAGED),
    ],
    ids=lambda value: value if isinstance(value, PictureReason) else "",
)
def test_what_is_no_good_picture_is_refused_with_its_reason(data: bytes, reason: PictureReason) -> None:
    assert pictures(data) is reason


def test_a_bomb_is_refused_before_anything_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "open", lambda *_args, **_options: pytest.fail("the decoder was asked"))
    assert pictures(png_that_claims(50_000, 50_000)) is PictureReason.TOO_MANY_PIXELS


def test_a_jpeg_of_endless_scans_is_refused() -> None:
    data = file_of(plain(), progressive=True)
    scan = data.index(b"\xff\xda")
    assert pictures(data[:scan] + data[scan:-2] * 200 + b"\xff\xd9") is PictureReason.DAMAGED


def test_a_picture_hidden_behind_another_kind_of_header_is_refused() -> None:
    gif_head = b"GIF89a" + struct.pack("<HH", 640, 480)
    assert picture_header(gif_head) == Header(PictureFormat.GIF, 640, 480)
    assert pictures(gif_head + file_of(plain())) is PictureReason.DAMAGED
    assert (
        pictures(b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\x0dIHDR" + b"\x00\x00\x01\x00" * 2)
        is PictureReason.DAMAGED
    )


def test_no_place_comment_or_profile_is_left_in_what_we_keep() -> None:
    exif = Image.Exif()
    exif[0x010E] = "nhà của Lan"
    exif.get_ifd(0x8825).update({1: "N", 2: (10.0, 46.0, 0.0), 3: "E", 4: (106.0, 42.0, 0.0)})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = file_of(
        plain(), exif=exif, comment=b"secret comment", icc_profile=profile, xmp=b"<x:xmpmeta/>secret xmp"
    )
    assert b"secret" in data
    assert opened(data).getexif().get_ifd(0x8825)

    found = taken(data)
    for one in (found.full, found.small, found.on_white):
        left = opened(one.data)
        assert not left.getexif()
        assert set(left.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert not any(mark in one.data for mark in (b"Exif", b"secret", b"ICC_PROFILE", b"Lan"))


def test_no_text_is_left_in_a_transparent_logo() -> None:
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Author", "secret author")
    data = file_of(Image.new("RGBA", (200, 200), (200, 0, 0, 100)), "PNG", pnginfo=notes)
    found = taken(data, Purpose.LOGO)
    assert found.full.format is PictureFormat.PNG
    assert not opened(found.full.data).info
    assert b"secret" not in found.full.data


@pytest.mark.parametrize(
    ("orientation", "corner"), [(1, "left top"), (3, "right bottom"), (6, "right top"), (8, "left bottom")]
)
def test_a_photo_taken_sideways_stands_upright(orientation: int, corner: str) -> None:
    image = plain(400, 200, "white")
    image.paste("black", (0, 0, 50, 50))
    exif = Image.Exif()
    exif[0x0112] = orientation
    full = taken(file_of(image, exif=exif, quality=95)).full
    assert (full.width, full.height) == ((200, 400) if orientation in (6, 8) else (400, 200))
    x = 10 if "left" in corner else full.width - 10
    y = 10 if "top" in corner else full.height - 10
    assert near(pixel(full.data, x, y), (0, 0, 0), 20)


def test_a_broken_exif_costs_the_direction_and_not_the_photo() -> None:
    data = file_of(plain())
    broken = b"Exif\x00\x00II*\x00\x08\x00\x00\x00\xff\xff" + b"\x12\x01\x03\x00\xff\xff\xff\xff"
    segment = b"\xff\xe1" + struct.pack(">H", len(broken) + 2) + broken
    assert taken(data[:2] + segment + data[2:]).full.width == 640


def profile_with_red_and_blue_exchanged() -> bytes:
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return data.replace(b"rXYZ", b"?XYZ").replace(b"bXYZ", b"rXYZ").replace(b"?XYZ", b"bXYZ")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_colours_of_a_profile_become_srgb(kind: str) -> None:
    image = file_of(plain(100, 100, "red"), kind, icc_profile=profile_with_red_and_blue_exchanged())
    assert near(pixel(taken(image).full.data, 5, 5), (0, 0, 254))


def test_a_profile_leaves_the_transparency_of_a_logo() -> None:
    logo = Image.new("RGBA", (100, 100), (255, 0, 0, 100))
    full = taken(file_of(logo, "PNG", icc_profile=profile_with_red_and_blue_exchanged()), Purpose.LOGO).full
    colour = opened(full.data).getpixel((5, 5))
    assert isinstance(colour, tuple)
    assert near(colour, (0, 0, 255, 100), 3)


@pytest.mark.parametrize(
    "profile", [b"no profile at all", ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()]
)
def test_a_broken_profile_costs_nothing(profile: bytes) -> None:
    assert near(
        pixel(taken(file_of(plain(100, 100, "red"), icc_profile=profile)).full.data, 5, 5), (254, 0, 0)
    )


def test_a_logo_keeps_its_transparency_and_has_a_white_print_form() -> None:
    logo = Image.new("RGBA", (900, 300), (0, 0, 0, 0))
    logo.paste((200, 30, 30, 255), (0, 0, 300, 300))
    found = taken(file_of(logo, "PNG"), Purpose.LOGO)
    assert [one.format for one in (found.full, found.small, found.on_white)] == [
        PictureFormat.PNG,
        PictureFormat.PNG,
        PictureFormat.JPEG,
    ]
    assert opened(found.full.data).getpixel((800, 100)) == (0, 0, 0, 0)
    assert opened(found.full.data).getpixel((100, 100)) == (200, 30, 30, 255)
    assert near(pixel(found.on_white.data, 800, 100), (255, 255, 255))
    assert near(pixel(found.on_white.data, 100, 100), (200, 30, 30))
    assert found.full.key.endswith(".png")


def test_a_transparent_photo_and_an_opaque_logo_are_jpegs() -> None:
    clear = Image.new("RGBA", (100, 100), (255, 0, 0, 0))
    assert near(pixel(taken(file_of(clear, "PNG")).full.data, 5, 5), (255, 255, 255))
    solid = Image.new("RGBA", (100, 100), (255, 0, 0, 255))
    assert taken(file_of(solid, "PNG"), Purpose.LOGO).full.format is PictureFormat.JPEG


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_of_png_is_painted(mode: str) -> None:
    assert taken(file_of(Image.new(mode, (64, 48)), "PNG")).full.width == 64


def test_sixteen_bits_of_grey_stay_grey() -> None:
    deep = Image.new("I;16", (64, 64), 32768)
    assert near(pixel(taken(file_of(deep, "PNG")).full.data, 5, 5), (128, 128, 128))


def test_a_cmyk_photo_is_painted_in_its_colours() -> None:
    assert near(
        pixel(taken(file_of(Image.new("CMYK", (64, 64), (0, 255, 255, 0)))).full.data, 5, 5), (254, 0, 0), 12
    )


def test_only_the_first_frame_of_an_animation_is_taken() -> None:
    frames = [plain(64, 64, colour) for colour in ("red", "green", "blue")]
    data = file_of(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert near(pixel(taken(data).full.data, 5, 5), (254, 0, 0))


def test_the_same_upload_gives_the_same_bytes() -> None:
    data = file_of(Image.effect_noise((300, 200), 40))
    assert taken(data) == taken(data)
