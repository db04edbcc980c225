"""From a name in the demo's texts to the row it means."""

import json
from functools import cached_property
from pathlib import Path

from django.apps import apps
from django.conf import settings

from cms.demo.writing import Thing
from shop import public

DEMO = Path(settings.BASE_DIR) / "shop" / "demo"
PICTURES = DEMO / "pictures"
SCENES = DEMO / "data" / "scenes.json"


class Things:
    """Looks a ``Thing`` up. KeyError names what the shop's own demo data does not have."""

    @cached_property
    def _scenes(self) -> dict[str, dict]:
        return {entry["file"]: entry for entry in json.loads(SCENES.read_text(encoding="utf-8"))}

    def _by_slug(self, model: str, slug: str):
        found = apps.get_model(model).objects.filter(slug=slug).first()
        if found is None:
            raise KeyError(f"{model} {slug}")
        return found

    def _piece(self, sku: str):
        found = apps.get_model(public.PRODUCT_MODEL).objects.filter(stockrecords__partner_sku=sku).first()
        if found is None:
            raise KeyError(f"{public.PRODUCT_MODEL} {sku}")
        return found

    def _scene(self, file: str):
        """None while the file is not drawn; a test sees to it that all of them are."""
        entry = self._scenes[file]
        if not (PICTURES / file).exists():
            return None
        return public.picture_from_file(PICTURES / file, alt_id=entry["alt_id"], alt_en=entry["alt_en"])

    def find(self, thing: Thing):
        match thing.kind:
            case "maker":
                return self._by_slug(public.MAKER_MODEL, thing.name)
            case "motif":
                return self._by_slug(public.MOTIF_MODEL, thing.name)
            case "craft":
                return self._by_slug(public.CRAFT_MODEL, thing.name)
            case "fair":
                return self._by_slug(public.FAIR_MODEL, thing.name)
            case "piece":
                return self._piece(thing.name)
            case "picture_of":
                return self._piece(thing.name).card_picture
            case "scene":
                return self._scene(thing.name)
        raise KeyError(thing.kind)
