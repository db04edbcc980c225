"""What every block of a story shares."""

from typing import Any

from wagtail import blocks

from cms.core.gathering import Named, Story, gather


class StoryBlock(blocks.StructBlock):
    """A shallow block that shows things fetched for the whole page.

    On its own (in the block chooser's preview, say) there is no page that gathered for it, so it gathers for itself.
    """

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        if not isinstance(context.get("story"), Story):
            named = Named()
            raw = self.get_prep_value(value)
            named.read(self, raw)
            context["story"] = gather(named)
            context["value"] = context["self"] = context["story"].tell(self, raw)
        return context

    def get_preview_value(self):
        """``Meta.preview_value`` as stored data, whose callables pick a thing of the shop to show."""
        return self.to_python(_called(getattr(self.meta, "preview_value", {})))


def _called(sample: Any) -> Any:
    if callable(sample):
        return sample()
    if isinstance(sample, dict):
        return {name: _called(part) for name, part in sample.items()}
    if isinstance(sample, (list, tuple)):
        return [_called(part) for part in sample]
    return sample
