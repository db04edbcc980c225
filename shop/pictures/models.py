from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from .normalise import NormalisedFile, normalise


class Picture(AbstractImage):
    """The one picture model: pages, products and makers all use it.

    Wagtail's ``description`` is the alternative text. A drawing made by code says so through ``is_illustration``, so
    that nobody takes it for a photograph of a real piece or person.
    """

    file: Any
    credit = models.CharField(_("Credit"), max_length=120, blank=True)
    is_illustration = models.BooleanField(_("Illustration"), default=False)

    #: The alternative text in both languages: what a picture shows is told to everybody.
    admin_form_fields = (
        *(name for name in Image.admin_form_fields if name != "description"),
        "description_ind",
        "description_en",
        "credit",
        "is_illustration",
    )

    #: Loaders that make the renditions themselves switch this off for the picture at hand.
    makes_renditions_on_save = True

    class Meta(AbstractImage.Meta):
        verbose_name = _("Picture")
        verbose_name_plural = _("Pictures")

    def clean(self):
        """Normalise while a form can still show what is wrong with the file, beside its field."""
        super().clean()
        try:
            self.normalise_new_file()
        except ValidationError as error:
            raise ValidationError({"file": error}) from error

    def save(self, *args, **kwargs):
        """Normalise a new file, whoever saves it, and make its renditions in the background after the commit."""
        is_new_file = self.normalise_new_file()
        super().save(*args, **kwargs)
        if is_new_file:
            self.renditions.all().delete()
            if self.makes_renditions_on_save:
                from .tasks import make_renditions_of

                transaction.on_commit(partial(make_renditions_of.enqueue, self.pk))

    def normalise_new_file(self) -> bool:
        """True when the file is new. Does nothing to a file that is stored or in shape already."""
        if not self.file or self.file._committed:
            return False
        if not isinstance(self.file.file, NormalisedFile):
            self.file = normalise(self.file.file)
        self._set_image_file_metadata()
        return True

    @property
    def url(self) -> str:
        """Address of the whole picture. Oscar's dashboard asks a product picture for it as it would ask an image
        field."""
        return self.file.url

    @property
    def default_alt_text(self):
        """Replaces Wagtail's: a drawing is called one, and a picture nobody described yet says nothing.

        Wagtail would read out the title, which is a file name more often than not.
        """
        return self.alt_text(self.description)

    def alt_text(self, text: str) -> str:
        """``text`` marked as an illustration when the picture is one; '' stays '', for ornament."""
        if not text or not self.is_illustration:
            return text or ""
        mark = str(_("Illustration"))
        return text if mark.lower() in text.lower() else f"{mark}: {text}"


class Rendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="rendition_once_a_filter"),
        ]
