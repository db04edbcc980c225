"""The demo's pages, in both languages. ``load`` lays what is missing and touches nothing that is there."""

from collections.abc import Callable


def load(say: Callable[[str], object] = lambda text: None) -> None:
    """Needs the shop's own demo data (crafts, motifs, makers, pieces, fairs). Safe to run any number of times."""
    from cms.demo.loading import lay_everything

    say("Pages in Indonesian and English …")
    lay_everything()
