from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Craft(models.Model):
    """One of the region's crafts, such as tenun cual. Shop data; the cms tells its story on a page of its own."""

    slug = models.SlugField(_("Slug"), unique=True)
    name = models.CharField(_("Name"), max_length=80)
    summary = models.TextField(_("Summary"), blank=True)
    position = models.PositiveSmallIntegerField(_("Position"), default=0)
    picture = models.ForeignKey(
        "pictures.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Picture")
    )

    class Meta:
        ordering = ("position", "slug")
        verbose_name = _("Craft")
        verbose_name_plural = _("Crafts")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("catalogue:category", kwargs={"category_slug": self.slug})


class Motif(models.Model):
    """A named pattern. What it means is told with how sure we are of it, because sources differ."""

    class Certainty(models.TextChoices):
        DOCUMENTED = "documented", _("Documented")
        TOLD = "told", _("Told by makers")
        UNCERTAIN = "uncertain", _("Sources differ")

    slug = models.SlugField(_("Slug"), unique=True)
    name = models.CharField(_("Name"), max_length=80)
    craft = models.ForeignKey(
        Craft, models.PROTECT, null=True, blank=True, related_name="motifs", verbose_name=_("Craft")
    )
    meaning = models.TextField(_("Meaning"), blank=True)
    certainty = models.CharField(_("Certainty"), max_length=12, choices=Certainty.choices, default=Certainty.UNCERTAIN)
    source_note = models.TextField(_("Sources"), blank=True)
    picture = models.ForeignKey(
        "pictures.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Picture")
    )

    class Meta:
        ordering = ("name",)
        verbose_name = _("Motif")
        verbose_name_plural = _("Motifs")

    def __str__(self):
        return self.name


class Regency(models.Model):
    """A kabupaten or kota of the province, by its official code, for example ``19.71``."""

    code = models.CharField(_("Code"), max_length=5, unique=True)
    slug = models.SlugField(_("Slug"), unique=True)
    name = models.CharField(_("Name"), max_length=80)

    class Meta:
        ordering = ("code",)
        verbose_name = _("Regency")
        verbose_name_plural = _("Regencies")

    def __str__(self):
        return self.name
