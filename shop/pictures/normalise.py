"""One shape for every picture that comes in: upright, sRGB, no larger than a page needs, and with nothing in it but
the picture.

Without this a phone's photograph carries the position of the maker's home into every copy a browser downloads, shows
sideways where software ignores the rotation mark, and is decoded at 50 megapixels each time a smaller size is made.
"""

import warnings
from io import BytesIO
from pathlib import Path
from struct import error as struct_error
from struct import unpack

import pillow_heif
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

pillow_heif.register_heif_opener()

MAX_SIDE = 2400
#: More than any phone takes today; decoded it is a quarter of a gigabyte, which a small server still has.
MAX_PIXELS = 64_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF", "AVIF")
#: What Pillow raises over a file that is not what its header says.
UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, struct_error, Image.DecompressionBombError)
#: What is in a WebP file that holds nothing but one picture.
PLAIN_WEBP_CHUNKS = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}


class NormalisedFile(ContentFile):
    """A file that is in shape already, so that saving it does not squeeze it a second time."""


def normalise(upload: File) -> NormalisedFile:
    """The upload as a clean file: JPEG stays JPEG, PNG stays PNG, all else becomes WebP.

    Raises ``ValidationError`` for what is no picture, is damaged, or would not fit into memory.
    """
    upload.seek(0)
    content = upload.read()
    stem = Path(upload.name or "picture").stem
    # Pillow only warns between its own limit and twice that; here our limit speaks.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        picture = _decoded(content)
    if picture.format == "WEBP" and max(picture.size) <= MAX_SIDE and _is_plain_webp(content):
        return NormalisedFile(content, f"{stem}.webp")
    try:
        return _encoded(_in_shape(picture), picture.format, stem)
    except UNREADABLE as error:
        # Marks beside the pixels that are no marks: turning by them is where the reader finds out.
        raise _damaged() from error


def _decoded(content: bytes) -> Image.Image:
    try:
        picture = Image.open(BytesIO(content), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise ValidationError(
            _("This file is not a picture we can read. Please choose a JPEG, PNG, WebP or HEIC file."),
            code="not_a_picture",
        ) from error
    if picture.width * picture.height > MAX_PIXELS:
        raise _too_large()
    try:
        if picture.format == "JPEG":
            # The decoder halves while reading: a large photograph takes a quarter of the memory.
            picture.draft(None, (MAX_SIDE, MAX_SIDE))
        picture.load()
    except UNREADABLE as error:
        raise _damaged() from error
    return picture


def _damaged() -> ValidationError:
    return ValidationError(
        _("This picture is damaged or was not sent completely. Please send it again."), code="damaged"
    )


def _too_large() -> ValidationError:
    return ValidationError(
        _("This picture has more than %(limit)d million pixels. Please send a smaller copy.")
        % {"limit": MAX_PIXELS // 1_000_000},
        code="too_many_pixels",
    )


def _in_shape(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    shaped = ImageOps.exif_transpose(picture)
    transparent = shaped.mode in ("RGBA", "LA", "PA") or "transparency" in shaped.info
    if profile and shaped.mode in ("RGB", "RGBA", "CMYK", "L"):
        shaped = _to_srgb(shaped, profile, "RGBA" if shaped.mode == "RGBA" else "RGB")
    if shaped.mode.startswith("I;16"):
        # Sixteen bits of grey: Pillow would clip to the lowest eight.
        shaped = shaped.point(lambda value: value / 256).convert("L")
    shaped = shaped.convert("RGBA" if transparent else "RGB")
    shaped.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    return shaped


def _to_srgb(picture: Image.Image, profile: bytes, mode: str) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        changed = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode)
        return changed or picture
    except (ImageCms.PyCMSError, OSError):
        # A broken or foreign profile: the plain numbers are the best guess left.
        return picture


def _encoded(picture: Image.Image, source_format: str | None, stem: str) -> NormalisedFile:
    # Only pixels go on: the saver would copy EXIF, XMP, comments and profile out of ``info``.
    picture.info = {}
    out = BytesIO()
    if source_format == "JPEG":
        picture.save(out, "JPEG", quality=90, optimize=True, progressive=True)
        return NormalisedFile(out.getvalue(), f"{stem}.jpg")
    if source_format == "PNG":
        picture.save(out, "PNG", optimize=True)
        return NormalisedFile(out.getvalue(), f"{stem}.png")
    picture.save(out, "WEBP", quality=90, method=4, exact=False)
    return NormalisedFile(out.getvalue(), f"{stem}.webp")


def _is_plain_webp(content: bytes) -> bool:
    """Whether the file holds one picture and nothing else: no EXIF, XMP, profile, animation or bytes after the end."""
    if len(content) < 12 or unpack("<I", content[4:8])[0] + 8 != len(content):
        return False
    position = 12
    while position + 8 <= len(content):
        if content[position : position + 4] not in PLAIN_WEBP_CHUNKS:
            return False
        length = unpack("<I", content[position + 4 : position + 8])[0]
        position += 8 + length + length % 2
    return position == len(content)
