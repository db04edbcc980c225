from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.basket.abstract_models import AbstractLine


class Line(AbstractLine):
    #: How the shopper came to this piece (a campaign, a printed code): opaque, at most 64 characters. Kept on the line so
    #: that the order can tell it long after the session is gone.
    source = models.CharField(_("Source"), max_length=64, blank=True)


from oscar.apps.basket.models import *  # noqa: E402, F403
