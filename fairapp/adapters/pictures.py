"""Uploaded pictures: judged by their bytes, then painted anew, upright, in sRGB, without metadata."""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

from fairapp.rules.pictures import PIXELS_AT_MOST, PictureFormat, PictureReason, picture_header

if TYPE_CHECKING:
    from PIL.Image import Image

FULL_SIDE = 1600
SMALL_SIDE = 480
QUALITY = 85

_SHRINKS_WELL = ("L", "LA", "RGB", "RGBA", "CMYK", "I;16")
_ONE_AT_A_TIME = Lock()
"""Two large pictures at once in one worker would double its memory."""


class Purpose(StrEnum):
    """A photo becomes a JPEG; a logo keeps its transparency and becomes a PNG when it has any."""

    PHOTO = "photo"
    LOGO = "logo"


@dataclass(frozen=True, slots=True)
class Picture:
    """One painted variant; ``digest`` is the SHA-256 of ``data``, ``key`` its name in the file store."""

    data: bytes
    width: int
    height: int
    format: PictureFormat
    digest: str

    @property
    def suffix(self) -> str:
        """``jpg`` or ``png``."""
        return "jpg" if self.format is PictureFormat.JPEG else "png"

    @property
    def key(self) -> str:
        """The name under which the file store keeps it."""
        return f"{self.digest}.{self.suffix}"


@dataclass(frozen=True, slots=True)
class Pictures:
    """All variants of an upload; ``on_white`` is the full one without transparency, for print."""

    full: Picture
    small: Picture
    on_white: Picture


def pictures(data: bytes, purpose: Purpose = Purpose.PHOTO) -> Pictures | PictureReason:
    """Every variant of the uploaded picture, or why it is refused. At worst a few seconds and 250 MB."""
    header = picture_header(data)
    if isinstance(header, PictureReason):
        return header
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # a decoder's grumbling about broken metadata, which is thrown away anyway
        try:
            image = _decoded(data, header.format)
        except Exception:  # whatever a decoder trips over, the file is at fault and not we
            return PictureReason.DAMAGED
        if image is None:
            return PictureReason.TOO_MANY_PIXELS
        return _variants(image, purpose)


def _decoded(data: bytes, kind: PictureFormat) -> Image | None:
    """The first frame, upright, in RGB or RGBA, at most 1600 × 1600; None when larger than it said."""
    from PIL import Image as Pillow

    with Pillow.open(BytesIO(data), formats=[kind.value.upper()]) as image:
        if image.width * image.height > PIXELS_AT_MOST[kind]:
            return None
        profile = image.info.get("icc_profile")
        if kind is PictureFormat.JPEG:
            image.draft(image.mode, (FULL_SIDE, FULL_SIDE))
        image.load()
        if image.mode in _SHRINKS_WELL:  # shrink first: every later step then works on a small copy
            _shrink(image, FULL_SIDE)
        upright = _upright(image)
    plain = _plain_mode(upright, keep_cmyk=profile is not None)
    _shrink(plain, FULL_SIDE)
    return _srgb(plain, profile)


def _shrink(image: Image, side: int) -> None:
    from PIL import Image as Pillow

    image.thumbnail((side, side), Pillow.Resampling.LANCZOS, reducing_gap=2.0)


def _upright(image: Image) -> Image:
    """Turn the picture as its EXIF says; a broken EXIF says nothing."""
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(image)
    except Exception:
        return image


def _plain_mode(image: Image, *, keep_cmyk: bool) -> Image:
    """RGB, RGBA, or CMYK for the colour profile to translate; sixteen bits become eight."""
    if image.mode.startswith(("I", "F")):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode == "CMYK" and keep_cmyk:
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _srgb(image: Image, profile: bytes | None) -> Image:
    """Translate the colours to sRGB; without a profile, or with a broken one, they count as sRGB."""
    from PIL import ImageCms

    if profile:
        alpha = image.getchannel("A") if image.mode == "RGBA" else None
        colours = image.convert("RGB") if alpha else image
        try:
            given = ImageCms.ImageCmsProfile(BytesIO(profile))
            turned = ImageCms.profileToProfile(
                colours, given, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            turned = None
        if turned is not None:
            if alpha:
                turned.putalpha(alpha)
            return turned
    return image if image.mode in ("RGB", "RGBA") else image.convert("RGB")


def _variants(image: Image, purpose: Purpose) -> Pictures:
    image.info = {}  # comments, profiles and text chunks would otherwise be written again
    flat = _on_white(image)
    on_white = _painted(flat, PictureFormat.JPEG)
    transparent = image.mode == "RGBA" and image.getchannel("A").getextrema()[0] != 255
    keeps = purpose is Purpose.LOGO and transparent
    source, kind = (image, PictureFormat.PNG) if keeps else (flat, PictureFormat.JPEG)
    small = source.copy()
    _shrink(small, SMALL_SIDE)
    full = _painted(source, kind) if keeps else on_white
    return Pictures(full, _painted(small, kind), on_white)


def _on_white(image: Image) -> Image:
    from PIL import Image as Pillow

    if image.mode != "RGBA":
        return image
    white = Pillow.new("RGB", image.size, "white")
    white.paste(image, mask=image.getchannel("A"))
    return white


def _painted(image: Image, kind: PictureFormat) -> Picture:
    out = BytesIO()
    if kind is PictureFormat.JPEG:
        image.save(out, "JPEG", quality=QUALITY, optimize=True)
    else:
        image.save(out, "PNG", optimize=True)
    data = out.getvalue()
    return Picture(data, image.width, image.height, kind, hashlib.sha256(data).hexdigest())
