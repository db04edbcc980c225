import struct

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class PictureFileField(WagtailImageField):
    """Replaces Wagtail's check of the size, which decodes the file and lets the decoder's own error through: half a
    picture from a broken connection was answered with 'server error' instead of a word to the person who sent it."""

    def check_image_pixel_size(self, f):
        try:
            super().check_image_pixel_size(f)
        except (OSError, SyntaxError, ValueError, struct.error) as error:
            raise ValidationError(
                _("This picture is damaged or was not sent completely. Please send it again."), code="damaged"
            ) from error


class PictureForm(BaseImageForm):
    """What every picture form of Wagtail's admin is made of."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            field = self.fields["file"]
            self.fields["file"] = PictureFileField(
                label=field.label, required=field.required, widget=field.widget, help_text=field.help_text
            )
        if "description_ind" in self.fields:
            # Whoever does not see the picture is told what it shows; a page that uses it as ornament says so itself.
            field = self.fields["description_ind"]
            field.required = True
            field.label = _("What the picture shows (Indonesian)")
            field.help_text = _("A few words for people who cannot see it.")
            field.error_messages["required"] = _(
                "Say in a few words what the picture shows, for people who cannot see it."
            )
            self.fields["description_en"].label = _("What the picture shows (English)")
