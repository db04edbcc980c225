"""What Wagtail's admin says about a translation."""

import json
from typing import Any

from django import template
from wagtail.models import Page, WorkflowState

register = template.Library()


@register.filter
def for_whom(props: str, permissions: Any) -> str:
    """The translation editor's properties without the way to turn the page into a copy for those who may not publish.

    They are refused there (``views.convert_to_alias_if_publisher``); the package shows them the button all the same.
    """
    if permissions is None or permissions.can_publish():
        return props
    told = json.loads(props)
    told["links"]["convertToAliasUrl"] = None
    return json.dumps(told)


@register.inclusion_tag("cms_core/admin/hand_in.html", takes_context=True)
def hand_in_bar(context):
    """Above the translation editor, which knows only 'publish': where the page stands and the button for its review."""
    page, request = context["instance"], context["request"]
    if not isinstance(page, Page):
        return {}
    state = page.current_workflow_state
    sent_back = state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES
    return {
        "request": request,
        "translation": context["translation"],
        "waits": page.workflow_in_progress,
        "open": page.permissions_for_user(request.user).can_submit_for_moderation(),
        "sent_back": state.current_task_state if sent_back else None,
    }
