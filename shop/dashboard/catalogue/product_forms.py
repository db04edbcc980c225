"""A piece in the dashboard: what it is, who made it, and its pictures."""

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from oscar.apps.dashboard.catalogue import forms as oscar_forms
from oscar.forms.widgets import RemoteSelect

from shop.pictures.forms import PictureFileField
from shop.pictures.models import Picture
from shop.stock.queries import has_units

#: Fields a variant inherits from its parent, so that they are asked for once.
ONLY_PARENTS = ("description_ind", "description_en", "craft", "motifs", "is_featured", "is_discountable")


class ProductForm(oscar_forms.ProductForm):
    """Replaces Oscar's fields by ours, with every text in both languages: the translation columns are what is
    stored."""

    class Meta(oscar_forms.ProductForm.Meta):
        fields = [
            "title_ind",
            "title_en",
            "upc",
            "maker",
            "craft",
            "motifs",
            "description_ind",
            "description_en",
            "care_ind",
            "care_en",
            "making_days",
            "made_to_order",
            "lead_time_days",
            "weight_grams",
            "parcel_length_cm",
            "parcel_width_cm",
            "parcel_height_cm",
            "is_public",
            "is_featured",
            "is_discountable",
            "structure",
            "slug",
            "meta_title_ind",
            "meta_title_en",
            "meta_description_ind",
            "meta_description_en",
        ]
        widgets = {
            "structure": forms.HiddenInput(),
            **{
                name: forms.Textarea(attrs={"rows": 4, "class": "no-widget-init"})
                for name in ("care_ind", "care_en", "meta_description_ind", "meta_description_en")
            },
            # Plain text is what the page shows; an editor that writes HTML would show its tags to shoppers.
            **{
                name: forms.Textarea(attrs={"rows": 8, "class": "no-widget-init"})
                for name in ("description_ind", "description_en")
            },
        }

    seo_fields = ["meta_title_ind", "meta_title_en", "meta_description_ind", "meta_description_en", "slug"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        is_variant = self.instance.is_child
        self.fields["title_ind"].required = not is_variant
        self.fields["maker"].required = not is_variant
        if "craft" in self.fields:
            self.fields["craft"].empty_label = _("The maker's own")
            self.fields["craft"].help_text = _("May stay empty when the maker has one craft only.")
        if self.instance.pk is None:
            # Half a piece is nothing to show: somebody says when it is ready.
            self.initial["is_public"] = False
        self.fields["lead_time_days"].help_text = _("Needed for a piece made to order. Shoppers see it as a promise.")
        self.fields["weight_grams"].help_text = _("Of the packed parcel: the courier charges by it.")
        for name, field in self.fields.items():
            # Modeltranslation marks its columns [ind] and [en], which are no words.
            if name.endswith(("_ind", "_en")):
                language = _("Indonesian") if name.endswith("_ind") else _("English")
                field.label = f"{str(field.label).rpartition(' [')[0] or field.label} ({language})"

    def delete_non_child_fields(self):
        for name in ONLY_PARENTS:
            self.fields.pop(name, None)

    def clean(self):
        cleaned = super().clean()
        if "craft" in self.fields and "craft" not in self.errors and not cleaned.get("craft"):
            self._take_the_makers_craft(cleaned)
        if cleaned.get("made_to_order") and not cleaned.get("lead_time_days"):
            self.add_error("lead_time_days", _("Say in how many days a piece made to order is ready."))
        if self.instance.pk and "made_to_order" in self.changed_data and has_units(self.instance.pk):
            self.add_error(
                "made_to_order",
                _("This can change only when 0 pieces are on the shelf, held for a payment or ordered."),
            )
        return cleaned

    def _take_the_makers_craft(self, cleaned) -> None:
        crafts = list(cleaned["maker"].crafts.all()[:2]) if cleaned.get("maker") else []
        if len(crafts) == 1:
            cleaned["craft"] = crafts[0]
        else:
            self.add_error("craft", _("Choose the craft: this maker does not have exactly one."))


class PictureSelect(RemoteSelect):
    """Looks pictures up by title while one types: a list of all of them would be long in every row."""

    lookup_url = reverse_lazy("dashboard:catalogue-picture-lookup")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.attrs["class"] = "select2"


class ProductImageForm(oscar_forms.ProductImageForm):
    """A picture of a piece: one that is there already, or a new one.

    Replaces Oscar's upload into a folder of its own; a new picture goes through the same door as every other, where
    it is turned upright and loses the position it was taken at.
    """

    upload = PictureFileField(label=_("New picture"), required=False, widget=forms.FileInput)
    alt_ind = forms.CharField(label=_("What the picture shows (Indonesian)"), max_length=255, required=False)
    alt_en = forms.CharField(label=_("What the picture shows (English)"), max_length=255, required=False)
    credit = forms.CharField(label=_("Credit"), max_length=120, required=False)

    class Meta(oscar_forms.ProductImageForm.Meta):
        widgets = {"original": PictureSelect, "display_order": forms.NumberInput(attrs={"min": 0})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["original"].required = False
        self.fields["original"].label = _("Picture in the library")
        self.fields["caption"].widget = forms.HiddenInput()
        self.fields["display_order"].label = _("Position")
        self.fields["display_order"].help_text = ""

    def clean(self):
        cleaned = super().clean()
        upload = cleaned.get("upload")
        chosen = cleaned.get("original")
        if (upload or (chosen and not chosen.description_ind)) and not cleaned.get("DELETE"):
            self._want_words(cleaned)
        if upload:
            picture = self._new_picture(upload, cleaned)
            try:
                picture.clean()
            except forms.ValidationError as error:
                self.add_error("upload", error.message_dict["file"])
            self.instance.original = cleaned["original"] = picture
        elif not chosen and self.has_changed() and not cleaned.get("DELETE"):
            self.add_error("original", _("Choose a picture from the library or send a new one."))
        return cleaned

    def _want_words(self, cleaned) -> None:
        """Every picture of a piece is shown, so somebody who does not see it is told what is there."""
        if not cleaned.get("alt_ind", "").strip():
            self.add_error("alt_ind", _("Say in a few words what the picture shows, for people who cannot see it."))

    def _new_picture(self, upload, cleaned) -> Picture:
        return Picture(
            title=upload.name.rsplit(".", 1)[0][:255],
            file=upload,
            description_ind=cleaned.get("alt_ind", ""),
            description_en=cleaned.get("alt_en", ""),
            credit=cleaned.get("credit", ""),
        )

    def _get_validation_exclusions(self):
        # A picture that is not saved yet has no key, which the model's own check of the foreign key would miss.
        return super()._get_validation_exclusions() | {"original"}

    def save(self, commit=True):
        picture = self.cleaned_data.get("original")
        if picture and picture.pk is None:
            picture.save()
            self.instance.original = picture
        elif picture and not picture.description_ind:
            picture.description_ind = self.cleaned_data["alt_ind"]
            picture.description_en = picture.description_en or self.cleaned_data["alt_en"]
            picture.save(update_fields=["description_ind", "description_en"])
        return super().save(commit)
