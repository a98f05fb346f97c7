"""Which pages name a page by a field of their own. A relation shows on both ends."""

from cms.models import BasePage
from directory.relations import Mention, pages_naming


def mentions_of(page: BasePage) -> list[Mention]:
    """Pages that name a page, with what they have to do with it; as related they are then not shown once more."""
    mentions = pages_naming(page, page.language)
    shown = {mention.page.pk for mention in mentions}
    page.related_pages = [related for related in page.related_pages if related.pk not in shown]
    return mentions
