from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Maker(models.Model):
    """A craft business that makes and sends pieces.

    Oscar's ``Partner`` is the party stock and order lines belong to; the maker is the same business as people know it.
    One to one, so that neither can exist without being found from the other.
    """

    partner = models.OneToOneField("partner.Partner", models.PROTECT, related_name="maker", verbose_name=_("Partner"))
    slug = models.SlugField(_("Slug"), unique=True)
    name = models.CharField(_("Business name"), max_length=120)
    person = models.CharField(_("Person"), max_length=120, blank=True)
    role = models.CharField(_("Role"), max_length=120, blank=True)
    crafts = models.ManyToManyField("crafts.Craft", related_name="makers", verbose_name=_("Crafts"))
    regency = models.ForeignKey("crafts.Regency", models.PROTECT, related_name="makers", verbose_name=_("Regency"))
    village = models.CharField(_("Village"), max_length=80, blank=True)
    since = models.PositiveSmallIntegerField(_("Working since (year)"), null=True, blank=True)
    story = models.TextField(_("Story"), blank=True)
    quote = models.CharField(_("Quote"), max_length=300, blank=True)
    #: International form without plus, for example ``6281100000101``: what wa.me expects.
    whatsapp = models.CharField(_("WhatsApp"), max_length=15, blank=True)
    portrait = models.ForeignKey(
        "pictures.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Portrait")
    )
    is_public = models.BooleanField(_("Public"), default=True, db_index=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("Maker")
        verbose_name_plural = _("Makers")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("artisans:detail", kwargs={"slug": self.slug})
