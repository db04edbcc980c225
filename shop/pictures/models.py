from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Picture(AbstractImage):
    """The one picture model: pages, products and makers all use it.

    Wagtail's ``description`` is the alternative text. A drawing made by code says so through ``is_illustration``, so that
    nobody takes it for a photograph of a real piece or person.
    """

    credit = models.CharField(_("Credit"), max_length=120, blank=True)
    is_illustration = models.BooleanField(_("Illustration"), default=False)

    admin_form_fields = (*Image.admin_form_fields, "credit", "is_illustration")

    class Meta(AbstractImage.Meta):
        verbose_name = _("Picture")
        verbose_name_plural = _("Pictures")


class Rendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="rendition_once_a_filter"),
        ]
