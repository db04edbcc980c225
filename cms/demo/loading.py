"""Which pages the demo has, and where in the tree."""

from django.db import transaction

from cms.campaigns.models import CampaignIndexPage, CampaignPage
from cms.crafts.models import CraftIndexPage, CraftPage
from cms.demo.campaign import CAMPAIGN
from cms.demo.crafts import CRAFTS
from cms.demo.fairs import FAIR_LIST, FAIRS
from cms.demo.plain_pages import PLAIN_PAGES
from cms.demo.stories import STORIES
from cms.demo.tree import Layer
from cms.demo.writing import Both, Thing, Written, maker
from cms.fairs.models import FairIndexPage, FairPage
from cms.home.models import HomePage
from cms.pages.models import StandardPage
from cms.stories.models import StoryIndexPage, StoryPage

HOME = {
    "title": Both("Kriya Babel", "Kriya Babel"),
    "search_description": Both(
        "Kain cual, pewter, batu satam, kopiah resam, batik, rajutan, dan anyaman, langsung dari pengrajin Bangka Belitung.",
        "Cual cloth, pewter, satam stone, resam caps, batik, knitting and plaiting, straight from the makers of Bangka Belitung.",
    ),
    "intro": Both(
        "Tujuh kerajinan dari dua pulau besar dan orang-orang yang membuatnya.",
        "Seven crafts from two large islands, and the people who make them.",
    ),
}

CAMPAIGNS = Written(
    slug="kampanye",
    fields={
        "title": Both("Kampanye", "Campaigns"),
        "intro": Both(
            "Satu kerajinan diceritakan panjang-panjang, lengkap dengan karya yang bisa dibeli.",
            "One craft told at length, with the pieces you can buy.",
        ),
    },
    body=[],
)
CRAFT_LIST = Written(
    slug="kerajinan",
    fields={
        "title": Both("Kerajinan", "Crafts"),
        "intro": Both(
            "Tujuh cara membuat sesuatu dari benang, timah, batu, pakis, malam, dan rumput rawa.",
            "Seven ways to make something out of thread, tin, stone, fern, wax and marsh reed.",
        ),
    },
    body=[],
)
STORY_LIST = Written(
    slug="cerita",
    fields={
        "title": Both("Cerita", "Stories"),
        "intro": Both("Duduk sebentar di bengkel orang.", "Sit down for a while in somebody's workshop."),
    },
    body=[],
)


@transaction.atomic
def lay_everything() -> None:
    layer = Layer()
    home = HomePage.objects.get(locale=layer.indonesian)
    is_new = not home.intro
    if is_new:
        _write_home(home, layer)
    campaigns = layer.lay(home, CampaignIndexPage, CAMPAIGNS)
    campaign = layer.lay(campaigns, CampaignPage, CAMPAIGN)
    crafts = layer.lay(home, CraftIndexPage, CRAFT_LIST)
    for written in CRAFTS:
        layer.lay(crafts, CraftPage, written)
    stories = layer.lay(home, StoryIndexPage, STORY_LIST)
    laid = [layer.lay(stories, StoryPage, written) for written in STORIES]
    fairs = layer.lay(home, FairIndexPage, FAIR_LIST)
    for written in FAIRS:
        layer.lay(fairs, FairPage, written)
    for written in PLAIN_PAGES:
        layer.lay(home, StandardPage, written)
    if is_new:
        _feature(home, layer, campaign, laid[-1], maker("tenun-teluk-rubiah"))


def _write_home(home: HomePage, layer: Layer) -> None:
    for name, text in HOME.items():
        setattr(home, name, text.id)
    home.save_revision().publish()


def _feature(home: HomePage, layer: Layer, campaign: CampaignPage, story: StoryPage, who: Thing) -> None:
    """Put campaign, maker and story on the home pages, whose English is made last: it copies the choice."""
    home.refresh_from_db()
    home.campaign, home.told_story, home.maker = campaign, story, layer.things.find(who)
    home.save_revision().publish()
    twin = home.get_translation(layer.english)
    layer.translate(home, {name: text.en for name, text in HOME.items()}, slug=twin.slug)
