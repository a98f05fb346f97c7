"""What is closed in one language is closed in the other, at once.

The other language is closed first and opened last, so that it is never the open one of the two, whatever fails between.
"""

from django.db.models import QuerySet
from django.db.models.signals import m2m_changed, post_delete, pre_save
from wagtail.models import Page, PageViewRestriction


def others(page: Page) -> QuerySet[Page]:
    return Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)


def close_others(instance: PageViewRestriction, raw=False, **kwargs) -> None:
    """A restriction is about to be put on a page, or changed: its translations get the same."""
    if raw or getattr(instance, "_follows", False):
        return
    asked = {"restriction_type": instance.restriction_type, "password": instance.password}
    for page in others(instance.page):
        restriction = page.view_restrictions.first() or PageViewRestriction(page=page)
        if restriction.pk is None or any(getattr(restriction, name) != value for name, value in asked.items()):
            for name, value in asked.items():
                setattr(restriction, name, value)
            restriction._follows = True
            restriction.save()


def share_groups(instance: PageViewRestriction, action: str, reverse: bool, **kwargs) -> None:
    if reverse or not action.startswith("post_"):
        return
    groups = set(instance.groups.all())
    for restriction in PageViewRestriction.objects.filter(page__in=others(instance.page)):
        if set(restriction.groups.all()) != groups:
            restriction.groups.set(groups)


def open_others(instance: PageViewRestriction, origin, **kwargs) -> None:
    """A restriction was lifted: so are those of the translations. One that goes with its page opens nothing."""
    lifted = origin.model if isinstance(origin, QuerySet) else type(origin)
    if lifted is PageViewRestriction:
        PageViewRestriction.objects.filter(page__in=others(instance.page)).delete()


def connect() -> None:
    pre_save.connect(close_others, sender=PageViewRestriction, dispatch_uid="samverka-privacy-close")
    post_delete.connect(open_others, sender=PageViewRestriction, dispatch_uid="samverka-privacy-open")
    m2m_changed.connect(share_groups, sender=PageViewRestriction.groups.through, dispatch_uid="samverka-privacy-groups")
