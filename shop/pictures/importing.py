"""Pictures from files that ship with the project, each once, however often a loader runs."""

from pathlib import Path

from django.core.files.base import ContentFile

from .models import Picture
from .normalise import normalise


def picture_from_file(
    path: Path, *, alt_id: str, alt_en: str, is_illustration: bool = True, credit: str = ""
) -> Picture:
    """The picture whose title is the file's name without its ending; made from ``path`` when there is none yet.

    Raises ``FileNotFoundError`` for a file that does not exist, ``ValidationError`` for one that is no picture.
    """
    existing = Picture.objects.filter(title=path.stem).first()
    if existing is not None:
        return existing
    picture = Picture(title=path.stem, is_illustration=is_illustration, credit=credit)
    picture.description_ind, picture.description_en = alt_id, alt_en
    picture.file = normalise(ContentFile(path.read_bytes(), path.name))
    picture.save()
    return picture
