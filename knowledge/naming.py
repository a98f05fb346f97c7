"""Which pages of other kinds name a page, and which page a page names. A relation shows on both ends."""

from django.db.models import Q
from modelcluster.fields import ParentalKey
from wagtail.models import Page

from cms import frame
from cms.models import BasePage
from cms.public import as_own_types
from directory.relations import Mention, newest_first


def pages_naming(page: BasePage) -> list[Mention]:
    """Public pages in a page's language that name it by a field of their own or in a row, in whichever language."""
    named = Q(pk__in=[])
    for relation in type(page)._meta.related_objects:
        if relation.model is not type(page) or relation.one_to_one:
            continue
        link, same = relation.related_model, {f"{relation.field.name}__translation_key": page.translation_key}
        key = "pk" if issubclass(link, Page) else next((f.name for f in link._meta.fields if isinstance(f, ParentalKey)), None)
        if key and key != relation.field.name:
            named |= Q(pk__in=link.objects.filter(**same).values(key))
    found = frame.public(Page.objects.filter(named, locale=page.locale_id)).select_related("locale")
    return newest_first([Mention(each) for each in as_own_types(found)])


def besides(pages: list[Page], mentions: list[Mention]) -> list[Page]:
    """Related pages without those that are shown as mentions already."""
    shown = {mention.page.pk for mention in mentions}
    return [page for page in pages if page.pk not in shown]
