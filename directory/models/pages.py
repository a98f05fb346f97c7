"""The directory's page: entrances, lists and profiles, each at an address of its own in each language."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.api import APIField
from wagtail.contrib.routable_page.models import path
from wagtail.models import Page
from wagtail.search import index

from cms import languages, markdown
from cms.blocks import BodyBlock
from cms.facets import RowFacet
from cms.fields import StreamField
from cms.kinds import kind_of
from cms.models import BasePage
from cms.navigation import breadcrumbs
from cms.public import counted, newest_of_each, public_pages
from cms.relations import TopicLink
from cms.sorting import collated, sort_key
from cms.vocabulary.models import Topic
from directory.letters import ListByLetter
from directory.relations import pages_naming, pages_with_contact

from .addresses import RESERVED, WORDS, path_in_directory
from .organisations import Organisation
from .partnerships import Partnership
from .people import Person
from .rows_page import PageOfRows
from .ties import by_level, circles, legend_of, ties_of

HEADINGS = {"organisations": _("Organisations"), "people": _("People")}  # lists that profiles belong to
SHOWN_AT_ONCE = 24


class DirectoryPage(PageOfRows):
    """Where one finds somebody to ask: organisations, people, and what they know about."""

    reserved_slugs = RESERVED

    body = StreamField(BodyBlock, verbose_name=_("content"), blank=True)

    content_panels = [*BasePage.content_panels, "body"]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    api_fields = [*BasePage.api_fields, APIField("body")]

    parent_page_types = ["home.HomePage"]
    page_description = _("The entrance to organisations and people, one in each language. For the contacts of a page, use a block.")

    class Meta:
        verbose_name, verbose_name_plural = _("directory"), _("directories")

    # Addresses

    @property
    def language(self) -> str:
        """A page is only ever served in its own language, so nothing has to be asked."""
        return languages.active()

    def show(self, request: HttpRequest, section: str, slugs: dict[str, str], template: str, **context):
        """A list or a profile at its right address; a word or a name of the other language leads there."""
        below = {language: path_in_directory(language, section, slugs.get(language, "")) for language in WORDS[section]}
        if elsewhere := self.to_right_address(request, below):
            return elsewhere
        crumbs = self.crumbs(request, section if slugs else None)
        return self.render(request, template=template, context_overrides={"crumbs": crumbs, **context})

    def crumbs(self, request: HttpRequest, section: str | None) -> list[dict]:
        """The pages above, this one, and the list that a profile belongs to."""
        crumbs = [*breadcrumbs(self, request), {"title": self.title, "url": self.get_url(request)}]
        if section in HEADINGS:
            crumbs.append({"title": HEADINGS[section], "url": self.address_of(request, section)})
        return crumbs

    def parts_below(self) -> dict[str, str]:
        """Lists and topics; the rows of the lists have a part of the sitemap of their own."""
        language = self.locale.language_code
        sections = {section: path_in_directory(language, section) for section in ("organisations", "partnerships", "people")}
        return {**sections, **{f"topics/{code}": path_in_directory(language, "topics", code) for code in self.topic_codes()}}

    # The entrance

    @path("")
    def entrance(self, request: HttpRequest):
        """How many there are of each, and what they know about."""
        return self.render(
            request,
            context_overrides={
                **self.how_many(),
                "organisations_url": self.address_of(request, "organisations"),
                "partnerships_url": self.address_of(request, "partnerships"),
                "people_url": self.address_of(request, "people"),
                "topics": self.known_topics(request),
            },
        )

    @staticmethod
    def how_many() -> dict[str, int]:
        """Organisations, people and partnerships that everybody may see."""
        rows = {"organisations": Organisation, "people": Person, "partnerships": Partnership}
        return counted({name: model.objects.public() for name, model in rows.items()})

    def address_of(self, request: HttpRequest | None, section: str, slug: str = "") -> str:
        return (self.get_url(request) or "") + path_in_directory(self.language, section, slug)

    @staticmethod
    def topic_codes() -> list[str]:
        """Those of topics that somebody here knows about, or that a page is about."""
        known = Q(pk__in=TopicLink.objects.filter(page__in=public_pages()).values("topic"))
        known |= Q(organisation_links__organisation__in=Organisation.objects.public())
        known |= Q(person_links__person__in=Person.objects.public())
        return list(Topic.objects.filter(known).order_by("code").values_list("code", flat=True).distinct())

    def known_topics(self, request: HttpRequest) -> list[dict]:
        """Topics that somebody here knows about, with how many organisations and people, in one query."""
        rows = {"organisations": Organisation.objects.public(), "people": Person.objects.public()}
        counts = [RowFacet(name, "", "topic_links__topic").count(public, public)[0] for name, public in rows.items()]
        topics: dict[str, dict] = {}
        for name, code, sv, en, _rank, count in counts[0].union(counts[1], all=True).order_by():
            known = {"name": en if self.language == "en" else sv, "url": self.address_of(request, "topics", code)}
            topics.setdefault(code, known)[name] = count
        return sorted(topics.values(), key=lambda topic: sort_key(topic["name"]))

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

    @path("partnerskap/")
    @path("partnerships/")
    def partnerships(self, request: HttpRequest):
        """Who has bound themselves to whom: drawn, as lists, and as a table."""
        found = circles(request)
        return self.show(
            request,
            "partnerships",
            {},
            template="directory/partnerships.html",
            circles=found,
            levels=by_level(found),
            legend=legend_of(found),
        )

    @path("amnen/")
    @path("topics/")
    def all_topics(self, request: HttpRequest):
        return HttpResponsePermanentRedirect(f"{self.get_url(request)}#topics")

    def markdown(self, context: Mapping[str, Any]) -> str:
        """The entrance, or what is shown below it: a list, who has bound themselves to whom, a topic."""
        request = context["request"]
        if not hasattr(request, "below"):
            return super().markdown(context)
        if topic := context.get("topic"):
            pages = [page for group in context["groups"] for page in group["items"]]
            found = [*context["organisations"], *context["people"], *pages]
            lines = [markdown.listed(markdown.link(each.title, settings.BASE_URL + each.get_url(request))) for each in found]
            return markdown.document(topic.name, topic.definition, "\n".join(lines))
        if listing := context.get("listing"):
            return markdown.document(listing.kind.label, "")
        levels = []
        for label, pairs in context["levels"]:
            lines = [markdown.listed(markdown.plain(f"{tie.name} – {middle.name}")) for tie, middle in pairs]
            levels.append(markdown.section(label, "\n".join(lines)))
        return markdown.document(gettext("Partnerships"), "", *levels)

    # Profiles

    @path("organisationer/<slug:slug>/")
    @path("organisations/<slug:slug>/")
    def organisation(self, request: HttpRequest, slug: str):
        found = Organisation.objects.public().with_parts().select_related("sector", "steward", "parent", "logo")
        organisation = self.row_at(found, slug)
        mentions = pages_naming(organisation, self.language)
        return self.show(
            request,
            "organisations",
            {"sv": organisation.slug_sv, "en": organisation.slug_en},
            template="directory/organisation.html",
            organisation=organisation,
            described=organisation,
            people=organisation.people(),
            parts=organisation.parts_shown() if organisation.has_parts else [],
            mentions=mentions,
            ties=ties_of(organisation, request, but=[mention.page.pk for mention in mentions]),
        )

    @path("personer/<slug:slug>/")
    @path("people/<slug:slug>/")
    def person(self, request: HttpRequest, slug: str):
        person = Person.objects.public().for_profile().filter(slug=slug).first()
        if person is None:
            raise Http404
        response = self.show(
            request,
            "people",
            {"sv": slug, "en": slug},
            template="directory/person.html",
            person=person,
            described=person,
            shown=person.shown,
            written=pages_naming(person, self.language),
            desk=None if person.shown.email else self.steward,
            contact_for=pages_with_contact(person, self.language),
        )
        if person.noindex:
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    @path("amnen/<slug:code>/")
    @path("topics/<slug:code>/")
    def topic(self, request: HttpRequest, code: str):
        topic = get_object_or_404(Topic, code=code)
        organisations = (
            Organisation.objects.public().filter(topic_links__topic=topic).order_by(collated("shown_name", self.language))
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
            groups=newest_of_each(TopicLink.objects.filter(topic=topic).values("page"), self.language),
        )


@receiver(pre_save, dispatch_uid="route-words-stay-free")
def keep_route_words_free(sender, instance, raw=False, **kwargs) -> None:
    """A page below the directory cannot take a word of its own addresses: nobody would ever reach it."""
    in_question = not raw and isinstance(instance, Page) and instance.slug in RESERVED
    if in_question and DirectoryPage.objects.filter(path=instance.path[: -Page.steplen]).exists():
        raise ValidationError({"slug": _("The directory uses this word in its own addresses. Choose another.")})
