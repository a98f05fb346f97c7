"""Which words of the glossary a published page uses."""

from collections.abc import Iterable
from functools import lru_cache

from django.db import models, transaction
from django.db.models import Count, Max
from django.dispatch import receiver
from django.http import HttpRequest
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.signals import page_published

from cms import frame
from cms.events import record
from cms.models import BasePage
from cms.references import bodies_of
from knowledge.term_links import Text, Use, Words, put_links, texts_below

from .terms import GlossaryTerm, address_of_glossary

RULES = 2  # raised when words are recognised in another way, so that the worker reads all pages anew


class PageTerms(models.Model):
    """A page and its terms, found when it was published, or when the glossary had changed since. Nothing here is edited."""

    page = models.OneToOneField("wagtailcore.Page", primary_key=True, on_delete=models.CASCADE, related_name="page_terms")
    terms = models.ManyToManyField(GlossaryTerm, related_name="page_terms")
    uses = models.JSONField(default=list)
    glossary = models.CharField(max_length=60, db_index=True)

    def __str__(self):
        return f"{self.page_id}: {self.terms.count()}"


def edition() -> str:
    """Tells one state of the glossary, and of the rules for its forms, from every other."""
    found = GlossaryTerm.objects.aggregate(count=Count("pk"), changed=Max("changed_at"))
    return f"{RULES} {found['count']} {found['changed'] or ''}"


@lru_cache(maxsize=4)
def words_in(language: str, edition: str) -> Words:
    """The words of an edition of the glossary in a language: the same for every page that is read with it."""
    return Words(GlossaryTerm.objects.order_by("pk").values_list("pk", f"term_{language}", "acronym"), language)


def texts_of(page: Page, bodies: Iterable[StreamValue]) -> list[Text]:
    """The rich texts of a page: its fields, and what is in its bodies."""
    fields = [Text(field.name, page, field.name) for field in page._meta.get_fields() if isinstance(field, RichTextField)]
    return fields + [text for body in bodies for text in texts_below(body, "", GlossaryTerm)]


def uses_in(texts: Iterable[Text], words: Words) -> list[Use]:
    return [use for text in texts for use in words.uses_in(text)]


def read(page: Page) -> None:
    """Look for the words of today's glossary in a page as it is published."""
    page, now = page.specific, edition()
    known = isinstance(page, BasePage)
    uses = uses_in(texts_of(page, bodies_of(page)), words_in(page.locale.language_code, now)) if known else []
    with transaction.atomic():
        kept = PageTerms.objects.filter(page=page.pk).first() or PageTerms(page_id=page.pk)
        changed = kept.uses != [list(use) for use in uses]
        kept.uses, kept.glossary = uses, now
        kept.save()
        kept.terms.set({use.term for use in uses})
        if changed:
            record([page])


@receiver(page_published, dispatch_uid="terms-of-a-published-page")
def on_published(instance: Page, **kwargs) -> None:
    read(instance)


def read_next(count: int = 20) -> bool:
    """For the worker: pages that were read with another edition of the glossary. True if there may be more."""
    stale = Page.objects.filter(live=True, depth__gt=1).exclude(page_terms__glossary=edition()).order_by("pk")[:count]
    for page in stale:
        read(page)
    return len(stale) == count


def link_terms(page: Page, bodies: list[StreamValue], request: HttpRequest) -> list:
    """Before a page is shown: links at the places that were found. A draft in preview is read on the spot."""
    texts = texts_of(page, bodies)
    addresses = term_addresses(page.language, request) if any(text.source for text in texts) else {}
    if addresses:
        if getattr(request, "is_preview", False):
            uses = uses_in(texts, words_in(page.language, edition()))
        else:
            kept = kept_of(page, request)
            uses = [Use(*use) for use in kept.uses] if kept else []
        put_links(texts, uses, addresses)
    return []


def kept_of(page: Page, request: HttpRequest) -> PageTerms | None:
    """What was found in a page; the request that found the page by its path has it already."""
    for routed in (page, getattr(request, "page_chain", {}).get(page.url_path)):
        if routed is not None and "page_terms" in routed._state.fields_cache:
            return getattr(routed, "page_terms", None)
    return PageTerms.objects.filter(page=page.pk).first()


def term_addresses(language: str, request: HttpRequest) -> dict[int, str]:
    """Where each term is shown in a language; nowhere if that language has no open glossary."""
    glossary = address_of_glossary(request, language)
    if not glossary:
        return {}
    slugs = frame.current().remember(("terms", language), lambda: dict(GlossaryTerm.objects.values_list("pk", f"slug_{language}")))
    return {key: f"{glossary}{slug}/" for key, slug in slugs.items()}
