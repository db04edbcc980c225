"""The demo's pages, in both languages. ``load`` lays what is missing and touches nothing that is there."""


def load() -> None:
    """Needs the shop's own demo data (crafts, motifs, makers, pieces). Safe to run any number of times."""
    from cms.demo.loading import lay_everything

    lay_everything()
