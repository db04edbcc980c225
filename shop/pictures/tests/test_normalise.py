from io import BytesIO
from struct import pack
from zlib import crc32

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageCms

from shop.pictures.normalise import MAX_SIDE, normalise
from shop.pictures.tests.factories import picture_bytes

GPS, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F


def opened(upload, name="foto.jpg"):
    result = normalise(ContentFile(upload, name))
    return result, Image.open(result)


def phone_exif(orientation=1):
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKE] = "Phone"
    exif.get_ifd(GPS)[2] = (2.0, 4.0, 30.0)
    return exif


def two_colours(file_format, **save):
    """Red above green, so that a turn can be seen."""
    picture = Image.new("RGB", (200, 100), "#ff0000")
    picture.paste("#00ff00", (0, 50, 200, 100))
    out = BytesIO()
    picture.save(out, file_format, **save)
    return out.getvalue()


@pytest.mark.parametrize("file_format", ["JPEG", "WEBP", "PNG"])
def test_position_and_camera_do_not_survive(file_format):
    upload = two_colours(file_format, exif=phone_exif())
    assert dict(Image.open(BytesIO(upload)).getexif().get_ifd(GPS)), "the test's own picture must carry a position"

    result, picture = opened(upload, f"foto.{file_format.lower()}")

    assert not dict(picture.getexif())
    result.seek(0)
    assert b"Phone" not in result.read()


@pytest.mark.parametrize("file_format", ["HEIF", "AVIF"])
def test_phone_formats_become_webp_without_position(file_format):
    result, picture = opened(two_colours(file_format, exif=phone_exif()), "IMG_1.heic")
    assert (picture.format, result.name) == ("WEBP", "IMG_1.webp")
    assert not dict(picture.getexif())


def test_rotation_mark_is_carried_out():
    # 6: the camera was held upright; the viewer must turn the picture a quarter clockwise.
    _, picture = opened(two_colours("JPEG", exif=phone_exif(orientation=6), quality=95))
    assert picture.size == (100, 200)
    left, right = picture.getpixel((10, 100)), picture.getpixel((90, 100))
    assert left[1] > 200 > 60 > left[0]
    assert right[0] > 200 > 60 > right[1]


def test_large_picture_is_brought_to_the_largest_side_a_page_needs():
    _, picture = opened(picture_bytes(3000, 2000))
    assert picture.size == (MAX_SIDE, 1600)


def test_small_picture_is_not_enlarged():
    _, picture = opened(picture_bytes(300, 200))
    assert picture.size == (300, 200)


def test_foreign_colours_are_converted_and_the_profile_dropped():
    lab_white_point = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    upload = two_colours("JPEG", icc_profile=lab_white_point)
    _, picture = opened(upload)
    assert "icc_profile" not in picture.info


def test_cmyk_print_file_becomes_rgb():
    out = BytesIO()
    Image.new("CMYK", (50, 50), (0, 255, 255, 0)).save(out, "JPEG")
    _, picture = opened(out.getvalue())
    assert picture.mode == "RGB"
    red, green, blue = picture.getpixel((25, 25))
    assert red > 200 > 60 > max(green, blue)


def test_sixteen_bit_grey_keeps_its_tones():
    out = BytesIO()
    Image.new("I;16", (10, 10), 32768).save(out, "PNG")
    _, picture = opened(out.getvalue(), "scan.png")
    assert 126 <= picture.getpixel((5, 5))[0] <= 129


def test_transparent_ground_stays_transparent():
    out = BytesIO()
    Image.new("RGBA", (10, 10), (200, 0, 0, 0)).save(out, "PNG")
    result, picture = opened(out.getvalue(), "logo.png")
    assert (picture.format, picture.mode, picture.getpixel((5, 5))[3]) == ("PNG", "RGBA", 0)


def test_clean_webp_is_kept_byte_for_byte():
    upload = two_colours("WEBP")
    result, _ = opened(upload, "gambar.webp")
    result.seek(0)
    assert result.read() == upload


def test_webp_with_something_after_its_end_is_written_anew():
    upload = two_colours("WEBP") + b"a film of the maker's home"
    result, _ = opened(upload, "gambar.webp")
    result.seek(0)
    assert b"film" not in result.read()


def test_animation_becomes_its_first_picture():
    out = BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("#ff0000", "#00ff00")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    _, picture = opened(out.getvalue(), "gerak.gif")
    assert (picture.format, getattr(picture, "n_frames", 1)) == ("WEBP", 1)
    assert picture.convert("RGB").getpixel((5, 5))[0] > 200


def bomb_png(width, height):
    def chunk(kind, data):
        return pack(">I", len(data)) + kind + data + pack(">I", crc32(kind + data))

    header = pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"\x78\x9c") + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [9_000, 100_000])
def test_picture_that_would_not_fit_into_memory_is_refused_before_it_is_decoded(side):
    with pytest.raises(ValidationError) as refused:
        normalise(ContentFile(bomb_png(side, side), "bom.png"))
    assert refused.value.code == "too_many_pixels"


def test_half_a_picture_is_refused():
    whole = picture_bytes(800, 800)
    with pytest.raises(ValidationError) as refused:
        normalise(ContentFile(whole[: len(whole) // 2], "putus.jpg"))
    assert refused.value.code == "damaged"


def test_a_picture_with_marks_that_are_none_is_refused_in_words():
    whole = picture_bytes(80, 80, file_format="PNG")
    marks = b"eXIf" + b"no marks at all"
    chunk = pack(">I", len(marks) - 4) + marks + pack(">I", crc32(marks))
    end = whole.index(b"IDAT") - 4
    with pytest.raises(ValidationError) as refused:
        normalise(ContentFile(whole[:end] + chunk + whole[end:], "tanda.png"))
    assert refused.value.code == "damaged"


@pytest.mark.parametrize("content", [b"", b"<html>hello</html>", b"%PDF-1.7", b"\xff\xd8\xff\xe0"])
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(ValidationError) as refused:
        normalise(ContentFile(content, "foto.jpg"))
    assert refused.value.code in ("not_a_picture", "damaged")
