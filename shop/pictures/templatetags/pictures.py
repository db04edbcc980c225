from django import template
from django.forms.utils import flatatt
from django.utils.html import format_html

from shop.pictures.services import WIDTHS, spec_for

register = template.Library()

SPECS = {spec_for(width) for width in WIDTHS}
#: The original itself is offered as the largest choice up to this width; beyond, it is heavier than any layout needs.
LARGEST_OFFERED = 1600
#: What a browser without ``srcset`` gets, and what is shown first in tools that ignore it.
PREFERRED_WIDTH = 640


@register.simple_tag
def picture_img(picture, sizes="100vw", loading="lazy", alt=None, **attributes):
    """An ``<img>`` of a picture in the sizes that exist, or of the picture itself while none does.

    Never makes a rendition: nine of a large photograph take seconds, and the visitor would wait for all of them. Asks
    the database nothing when the renditions were prefetched (``renditions`` beside the picture). ``alt=""`` marks
    ornament; further keywords become attributes (``class``, ``fetchpriority``, ``data_x`` as data-x).
    """
    if not picture:
        return ""
    made = sorted(_made(picture))
    shown = dict(made)
    if made and made[-1][0] < picture.width <= LARGEST_OFFERED:
        shown[picture.width] = picture.file.url
    src = min(shown.items(), key=lambda one: abs(one[0] - PREFERRED_WIDTH))[1] if shown else picture.file.url
    attrs = {
        "src": src,
        "srcset": ", ".join(f"{url} {width}w" for width, url in shown.items()) if len(shown) > 1 else None,
        "sizes": sizes if len(shown) > 1 else None,
        "width": picture.width,
        "height": picture.height,
        "alt": picture.default_alt_text if alt is None else picture.alt_text(alt),
        "loading": "lazy" if loading == "lazy" else None,
        "decoding": "async" if loading == "lazy" else None,
        "fetchpriority": "high" if loading == "eager" else None,
    }
    attrs.update({name.replace("_", "-"): value for name, value in attributes.items()})
    return format_html("<img{}>", flatatt({name: str(value) for name, value in attrs.items() if value is not None}))


@register.simple_tag
def picture_url(picture, width=1280):
    """Address of the rendition nearest to a width in pixels, or of the picture itself: for links and social cards."""
    if not picture:
        return ""
    made = _made(picture)
    return min(made, key=lambda one: abs(one[0] - int(width)))[1] if made else picture.file.url


def _made(picture):
    # ``width-…`` renditions do not depend on the focal point, so there is one a width.
    return [(r.width, r.file.url) for r in picture.renditions.all() if r.filter_spec in SPECS]
