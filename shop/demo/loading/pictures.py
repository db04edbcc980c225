"""The demo's drawings as pictures of the shop."""

from pathlib import Path

from django.core.files.base import ContentFile
from wagtail.models import Collection

from shop.pictures.models import Picture

FOLDER = Path(__file__).resolve().parents[1] / "pictures"


class Album:
    """Makes each drawing a picture once, by the name of its file, which becomes its title."""

    def __init__(self):
        self.by_title = {picture.title: picture for picture in Picture.objects.filter(is_illustration=True)}
        self.collection = Collection.get_first_root_node()
        self.missing: list[str] = []

    def add(self, entries: list[dict]) -> dict[str, Picture]:
        """Pictures by file name; files that are not drawn yet are left out and remembered in ``missing``."""
        new, found = [], {}
        for entry in entries:
            name, title = entry["file"], Path(entry["file"]).stem
            if title in self.by_title:
                found[name] = self.by_title[title]
            elif not (FOLDER / name).exists():
                self.missing.append(name)
            else:
                found[name] = self.by_title[title] = self._picture(title, entry)
                new.append(found[name])
        # In bulk: the loader indexes all of them at its end, and makes the renditions in several processes.
        Picture.objects.bulk_create(new)
        return found

    def _picture(self, title: str, entry: dict) -> Picture:
        picture = Picture(
            title=title,
            description=entry["alt_id"][:255],
            description_ind=entry["alt_id"][:255],
            description_en=entry["alt_en"][:255],
            is_illustration=True,
            collection=self.collection,
        )
        picture.file = ContentFile((FOLDER / entry["file"]).read_bytes(), entry["file"])
        picture.normalise_new_file()
        return picture
