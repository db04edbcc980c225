from oscar.apps.customer.abstract_models import AbstractUser


class User(AbstractUser):
    """The one account everybody signs in with, by e-mail: shoppers, makers, editors, fair staff, curators."""
