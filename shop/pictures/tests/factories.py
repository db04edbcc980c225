from io import BytesIO

import factory
from django.core.files.base import ContentFile
from PIL import Image

from shop.pictures.models import Picture


def picture_bytes(
    width: int = 640, height: int = 800, *, colour: str = "#6b1220", file_format: str = "JPEG", **save
) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), colour).save(out, file_format, **save)
    return out.getvalue()


class PictureFactory(factory.django.DjangoModelFactory):
    """A plain picture of ``width`` × ``height`` pixels."""

    class Meta:
        model = Picture

    class Params:
        pixel_width = 640
        pixel_height = 800

    title = factory.Sequence(lambda n: f"Picture {n}")
    description_ind = factory.LazyAttribute(lambda o: f"Gambar: {o.title}")
    description_en = factory.LazyAttribute(lambda o: f"Drawing: {o.title}")
    file = factory.LazyAttribute(lambda o: ContentFile(picture_bytes(o.pixel_width, o.pixel_height), f"{o.title}.jpg"))
