"""The directory's page: entrances, lists and profiles, each at an address of its own in each language."""

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.api import APIField
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.fields import StreamField
from cms.kinds import kind_of, kinds
from cms.models import BasePage
from cms.sorting import collated, sort_key
from cms.vocabulary.models import Topic
from directory.letters import ListByLetter
from directory.relations import pages_naming, pages_with_contact, public_pages

from .addresses import RESERVED, WORDS, path_in_directory, remember_directory
from .organisations import Organisation, OrganisationTopic
from .people import Person, PersonTopic

HEADINGS = {"organisations": _("Organisations"), "people": _("People")}
SHOWN_AT_ONCE = 24


class DirectoryPage(RoutablePageMixin, BasePage):
    """Where one finds somebody to ask: organisations, people, and what they know about."""

    reserved_slugs = RESERVED

    body = StreamField(BodyBlock, verbose_name=_("content"), blank=True)

    content_panels = [*BasePage.content_panels, "body"]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    api_fields = [*BasePage.api_fields, APIField("body")]

    parent_page_types = ["home.HomePage"]
    page_description = _("The entrance to organisations and people. One in each language is enough.")

    class Meta:
        verbose_name, verbose_name_plural = _("directory"), _("directories")

    # Addresses

    @property
    def language(self) -> str:
        """A page is only ever served in its own language, so nothing has to be asked."""
        return (get_language() or "sv")[:2]

    def path_below(self, translation: BasePage, request: HttpRequest) -> str | None:
        return getattr(request, "below", {}).get(translation.locale.language_code, "")

    def show(self, request: HttpRequest, section: str, slugs: dict[str, str], template: str, **context):
        """A list or a profile at its right address; a word or a name of the other language leads there."""
        request.below = {
            language: path_in_directory(language, section, slugs.get(language, "")) for language in WORDS[section]
        }
        address = self.get_url(request) + request.below[self.language]
        if request.path != address:
            query = request.META.get("QUERY_STRING")
            return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
        crumbs = self.crumbs(request, section if slugs else None)
        return self.render(request, template=template, context_overrides={"crumbs": crumbs, **context})

    def crumbs(self, request: HttpRequest, section: str | None) -> list[dict[str, str]]:
        """The pages above, this one, and the list that a profile belongs to."""
        above = self.get_ancestors(inclusive=True).filter(depth__gt=1).live().select_related("locale")
        crumbs = [{"title": page.title, "url": page.get_url(request)} for page in above]
        if section in HEADINGS:
            crumbs.append(
                {
                    "title": HEADINGS[section],
                    "url": f"{self.get_url(request)}{path_in_directory(self.language, section)}",
                }
            )
        return crumbs

    def route(self, request: HttpRequest, path_components: list[str]):
        remember_directory(request, self)
        return super().route(request, path_components)

    def parts_below(self) -> dict[str, str]:
        lists = {section: path_in_directory(self.language, section) for section in HEADINGS}
        codes = [entry["topic"].code for entry in self.topics(None)]
        return lists | {code: path_in_directory(self.language, "topics", code) for code in codes}

    # The entrance

    @path("")
    def entrance(self, request: HttpRequest):
        """How many there are of each, and what they know about."""
        return self.render(
            request,
            context_overrides={
                "organisations": Organisation.objects.public().count(),
                "organisations_url": self.address_of(request, "organisations"),
                "people": Person.objects.public().count(),
                "people_url": self.address_of(request, "people"),
                "topics": self.topics(request),
            },
        )

    def address_of(self, request: HttpRequest | None, section: str, slug: str = "") -> str:
        return (self.get_url(request) or "") + path_in_directory(self.language, section, slug)

    def topics(self, request: HttpRequest | None) -> list[dict]:
        """Topics that somebody here knows about, with how many organisations and people."""
        organisations = dict(
            counted(OrganisationTopic.objects.filter(organisation__in=Organisation.objects.public().values("pk")))
        )
        people = dict(counted(PersonTopic.objects.filter(person__in=Person.objects.public())))
        topics = Topic.objects.filter(pk__in={*organisations, *people})
        return [
            {
                "topic": topic,
                "url": self.address_of(request, "topics", topic.code),
                "organisations": organisations.get(topic.pk, 0),
                "people": people.get(topic.pk, 0),
            }
            for topic in sorted(topics, key=lambda topic: sort_key(topic.name))
        ]

    # Lists

    @path("organisationer/")
    @path("organisations/")
    def organisations(self, request: HttpRequest):
        listing = self.list_of(request, Organisation.objects.public(), "organisations", "shown_name")
        return self.show(request, "organisations", {}, template="directory/organisation_list.html", listing=listing)

    @path("personer/")
    @path("people/")
    def people(self, request: HttpRequest):
        listing = self.list_of(request, Person.objects.public().with_affiliations(), "people", "sort_name")
        return self.show(request, "people", {}, template="directory/person_list.html", listing=listing)

    def list_of(self, request: HttpRequest, items: QuerySet, section: str, filed: str) -> ListByLetter:
        return ListByLetter(
            kind_of(items.model),
            items,
            request.GET,
            self.address_of(request, section),
            filed=filed,
            language=self.language,
        )

    @path("amnen/")
    @path("topics/")
    def all_topics(self, request: HttpRequest):
        return HttpResponsePermanentRedirect(f"{self.get_url(request)}#topics")

    # Profiles

    @path("organisationer/<slug:slug>/")
    @path("organisations/<slug:slug>/")
    def organisation(self, request: HttpRequest, slug: str):
        found = Organisation.objects.public().select_related("sector", "steward", "parent", "logo")
        organisation = (
            found.filter(**{f"slug_{self.language}": slug}).first()
            or found.filter(Q(slug_sv=slug) | Q(slug_en=slug)).first()
        )
        if organisation is None:
            raise Http404
        return self.show(
            request,
            "organisations",
            {"sv": organisation.slug_sv, "en": organisation.slug_en},
            template="directory/organisation.html",
            organisation=organisation,
            people=organisation.people(),
            mentions=pages_naming(organisation, public_pages(self.language)),
        )

    @path("personer/<slug:slug>/")
    @path("people/<slug:slug>/")
    def person(self, request: HttpRequest, slug: str):
        person = Person.objects.public().for_profile().filter(slug=slug).first()
        if person is None:
            raise Http404
        public = public_pages(self.language)
        response = self.show(
            request,
            "people",
            {"sv": slug, "en": slug},
            template="directory/person.html",
            person=person,
            shown=person.shown,
            written=pages_naming(person, public),
            desk=None if person.shown.email else self.steward,
            contact_for=pages_with_contact(person, public),
        )
        if person.noindex:
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    @path("amnen/<slug:code>/")
    @path("topics/<slug:code>/")
    def topic(self, request: HttpRequest, code: str):
        topic = get_object_or_404(Topic, code=code)
        organisations = (
            Organisation.objects.public()
            .filter(topic_links__topic=topic)
            .order_by(collated("shown_name", self.language))
        )
        people = Person.objects.public().filter(topic_links__topic=topic).order_by(collated("sort_name", self.language))
        return self.show(
            request,
            "topics",
            {"sv": code, "en": code},
            template="directory/topic.html",
            topic=topic,
            organisations=organisations[:SHOWN_AT_ONCE],
            people=people[:SHOWN_AT_ONCE],
            organisations_url=self.address_of(request, "organisations") + f"?topic={code}",
            people_url=self.address_of(request, "people") + f"?topic={code}",
            kinds=self.pages_about(topic),
        )

    def pages_about(self, topic: Topic) -> list:
        """Of each kind, the newest public pages in this language: (kind, pages)."""
        public = public_pages(self.language)
        groups = []
        for kind in kinds().values():
            if kind.is_page:
                pages = (
                    kind.cls.objects.filter(pk__in=public, topic_links__topic=topic)
                    .select_related("locale")
                    .order_by(f"-{kind.date}")
                )
                groups.append((kind, list(pages[:SHOWN_AT_ONCE])))
        return [(kind, pages) for kind, pages in groups if pages]


def counted(links: QuerySet) -> QuerySet:
    return links.order_by().values("topic").annotate(n=Count("pk")).values_list("topic", "n")
