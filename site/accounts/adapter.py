from allauth.account.adapter import DefaultAccountAdapter

from . import roles


class AccountAdapter(DefaultAccountAdapter):
    """allauth's hooks: whoever signs up is a shopper; every other role is given by somebody."""

    def save_user(self, request, user, form, commit=True):
        user = super().save_user(request, user, form, commit=commit)
        if commit:
            roles.grant(user, roles.SHOPPER)
        return user
