from dataclasses import dataclass

from django.core.files.storage import default_storage
from oscar.core.thumbnails import AbstractThumbnailer
from wagtail.images.models import Filter

from .models import Picture


@dataclass(frozen=True)
class PlainImage:
    """An image that is no ``Picture`` (Oscar's 'missing image', a category's own file), shown as it is."""

    url: str
    width: int | None = None
    height: int | None = None


class PictureThumbnailer(AbstractThumbnailer):
    """What Oscar's ``oscar_thumbnail`` tag uses in the dashboard: Wagtail renditions instead of a second thumbnail
    library.

    Replaces sorl-thumbnail, which reads image fields and cannot read a ``Picture``. Makes a rendition when asked, so
    it is for the dashboard and e-mails; public pages use ``picture_img``.
    """

    def generate_thumbnail(self, source, **opts):
        """``size`` is Oscar's 'WxH', 'Wx' or 'xH' in pixels; ``crop`` fills it, else the picture fits into it."""
        if not isinstance(source, Picture):
            name = getattr(source, "name", source)
            return PlainImage(default_storage.url(str(name)))
        width, _, height = str(opts["size"]).partition("x")
        if width and height:
            spec = f"{'fill' if opts.get('crop') else 'max'}-{width}x{height}"
        else:
            spec = f"width-{width}" if width else f"height-{height}"
        return source.get_rendition(Filter(spec=f"{spec}|format-webp"))

    def delete_thumbnails(self, source):
        """Renditions go with their picture (the foreign key cascades), and a picture may hang on other pieces:
        nothing to do."""
