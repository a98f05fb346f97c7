"""Hundreds of pages, for what a list costs: rows as they are, without what saving each of them would do."""

import copy
import uuid

from wagtail.models import Page


def live_copies(of: Page, number: int) -> list[Page]:
    """So many published pages beside a page, alike but for their titles."""
    above, copies = of.get_parent(), []
    first = above.get_children().count() + 1
    for n in range(first, first + number):
        new = copy.copy(of)
        new._state = copy.copy(of._state)
        new.path, new.numchild = Page._get_path(above.path, above.depth + 1, n + 1000), 0
        new.title, new.slug, new.translation_key = f"{of.title} {n}", f"{of.slug}-{n}", uuid.uuid4()
        new.url_path, new.latest_revision, new.live_revision = f"{above.url_path}{new.slug}/", None, None
        copies.append(new)
    own = {field.attname for field in Page._meta.concrete_fields} - {"id"}
    bases = Page.objects.bulk_create([Page(**{name: getattr(new, name) for name in own}) for new in copies])
    for new, base in zip(copies, bases, strict=True):
        new.pk = new.id = new.page_ptr_id = base.pk
        new.save_base(raw=True, force_insert=(type(new),))
    return copies
