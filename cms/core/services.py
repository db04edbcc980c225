"""What changes a translation on its way to a curator."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.coreutils import find_available_slug
from wagtail.models import Page, WorkflowState
from wagtail_localize.models import Translation, TranslationLog


class NotHandedIn(Exception):
    """The page cannot go to its review now; the message is for people."""


@transaction.atomic
def hand_in(translation: Translation, user) -> Page:
    """Put the words translated so far into a revision of the page and send that to the page's review.

    The page itself is not written: ``Translation.save_target`` writes a live page's row even as a draft, and the words
    would be public before anybody approved them. Raises ``NotHandedIn`` when the page is locked, is in review already
    or does not pass its own checks.
    """
    stored = Page.objects.select_for_update().get(pk=translation.get_target_instance().pk)
    if not stored.permissions_for_user(user).can_submit_for_moderation():
        raise NotHandedIn(_("This page is locked or in review already."))
    page = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    page.slug = find_available_slug(page.get_parent(), slugify(page.slug), ignore_page_id=page.pk)
    try:
        revision = page.save_revision(user=user, log_action=True)
    except ValidationError as error:
        raise NotHandedIn(" ".join(error.messages)) from error
    state = stored.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user)
    else:
        stored.get_workflow().start(page, user)
    TranslationLog.objects.create(source=translation.source, locale=translation.target_locale, revision=revision)
    return page
