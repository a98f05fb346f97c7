"""Pages of a test's own, beside what the demo has."""

from django.utils import translation
from wagtail.models import Locale, Page, Site

from cms.models import TopicLink
from cms.vocabulary.models import Topic
from directory.models import Organisation
from home.models import HomePage, IndexPage, StandardPage
from knowledge.models import EventOrganiser, NewsPage

NEEDED = {
    "topic_links": lambda: TopicLink(topic=Topic.objects.first()),
    "organisers": lambda: EventOrganiser(organisation=Organisation.objects.first()),
}
TITLES = {"sv": "Start", "en": "Start here"}


def locale(language: str) -> Locale:
    return Locale.objects.get_or_create(language_code=language)[0]


def home(language: str = "sv") -> Page:
    """The front page of a language; made if the database has no site yet."""
    site = Site.objects.get(is_default_site=True)
    if not isinstance(site.root_page.specific, HomePage):
        front = HomePage(title=TITLES["sv"], slug="hem", locale=locale("sv"))
        Page.get_first_root_node().add_child(instance=front)
        site.root_page = front
        site.save()
    found = HomePage.objects.filter(translation_key=site.root_page.translation_key, locale=locale(language)).first()
    if found is None:
        found = HomePage(
            title=TITLES[language], slug=f"home-{language}", locale=locale(language), translation_key=site.root_page.translation_key
        )
        Page.get_first_root_node().add_child(instance=found)
    return found


def write(title: str, below: Page | None = None, model=StandardPage, of: Page | None = None, language: str = "", **fields) -> Page:
    """A page, published, with the rows that its type needs, in the language of that above it; ``of`` is what it translates."""
    language = language or (below.locale.language_code if below else "sv")
    below = below or home(language)
    if of is not None:
        fields["translation_key"] = of.translation_key
    fields = {**{name: [NEEDED[name]()] for name in getattr(model, "needed_rows", ())}, **fields}
    made = model(title=title, locale=locale(language), **{"live": True, "lead": f"{title}.", **fields})
    with translation.override(language):
        type(below).objects.get(pk=below.pk).add_child(instance=made)
    return made


def news_list(title: str, of: Page | None = None, language: str = "sv") -> Page:
    return write(title, model=IndexPage, lists="news", of=of, language=language)


def news(title: str, date, below: Page, **fields) -> Page:
    return write(title, below, model=NewsPage, date=date, **{"lead": title, **fields})


def reread(instance: Page) -> Page:
    """As the database has it now."""
    return type(instance).objects.get(pk=instance.pk)
