"""Addresses of wagtail-localize that would publish, with the right to publish asked for; and the way to a review.

The package asks for one right, 'may start translations', and publishes what that starts. Here an editor has it too,
every translation starts as a draft (``WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE``), and what else could reach a
live page asks for more.
"""

from django.core.exceptions import PermissionDenied
from django.forms import HiddenInput
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.views.convert import convert_to_alias
from wagtail_localize.views.submit_translations import SubmitPageTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView

from cms.core.queries import languages_open_to
from cms.core.services import NotHandedIn, hand_in


def convert_to_alias_if_publisher(request, page_id):
    """Turn a translation into a copy of its original, for those who may publish.

    The package asks only for the right to edit: the copy is live at once, so an editor could overwrite a live page past
    every curator.
    """
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    return convert_to_alias(request, page_id)


def _never(field):
    """A box that is not shown and stays unticked, whatever is sent for it."""
    field.disabled = True
    field.widget = HiddenInput()


class StartTranslationView(SubmitPageTranslationView):
    """Starts the translation of a page that one may edit.

    For those who do not publish: one page at a time, where there is no page yet, below a parent that is translated.
    Anything else makes the package write into live pages or lay live copies of parents.
    """

    def get_object(self):
        page = super().get_object()
        may = page.permissions_for_user(self.request.user)
        if not may.can_edit():
            raise PermissionDenied
        self.publishes = may.can_publish()
        return page

    def get_form(self):
        form = super().get_form()
        if not self.publishes:
            form.fields["locales"].queryset = languages_open_to(self.object)
            _never(form.fields["include_subtree"])
        return form

    def get(self, request, *args, **kwargs):
        if not self.get_form().fields["locales"].queryset.exists():
            messages.warning(
                request, _("There is nothing to start here: translate the page above first, or open the translation.")
            )
            return redirect("wagtailadmin_pages:edit", self.object.pk)
        return super().get(request, *args, **kwargs)


class SyncTranslationsView(UpdateTranslationsView):
    """Brings a changed page's new words to its translations; publishing them at once takes the right to publish."""

    def get_object(self):
        source = super().get_object()
        page = source.get_source_instance()
        if not isinstance(page, Page):
            raise Http404
        if not page.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        return source

    def get_form(self):
        form = super().get_form()
        targets = (row.get_target_instance() for row in self.object.translations.filter(enabled=True))
        if not all(page.permissions_for_user(self.request.user).can_publish() for page in targets):
            _never(form.fields["publish_translations"])
        return form


@require_POST
def hand_in_translation(request, translation_id):
    """Send a translation to the same review as any other page."""
    translation = get_object_or_404(Translation, pk=translation_id, enabled=True)
    page = translation.get_target_instance()
    if not isinstance(page, Page) or not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    try:
        hand_in(translation, request.user)
    except NotHandedIn as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("“%(title)s” is handed in. A curator decides.") % {"title": page.title})
    return redirect("wagtailadmin_pages:edit", page.pk)
