"""The text inside the portal's documents: read by the worker, found by whoever may open the file."""

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex

from cms.checks import Finding, Severity
from cms.events import record
from cms.models import PortalDocument
from cms.public import public_documents, public_pages
from search.files import READABLE, Read, read
from search.models import FileText

KIND = "document"
NEW_PAGE = "\f"  # stands before each page of a file in what the index keeps of it


def links() -> QuerySet:
    """Where pages, as they are published, lead to documents."""
    types = ContentType.objects.get_for_models(Page, PortalDocument)
    return ReferenceIndex.objects.filter(base_content_type=types[Page], to_content_type=types[PortalDocument])


def findable(language: str | None = None) -> QuerySet[PortalDocument]:
    """Documents that everybody may read and that a page leads to which everybody may see; in one language or in any."""
    pages = public_pages().order_by().values(key=Cast("pk", CharField()))
    linked = links().filter(to_object_id=Cast(OuterRef("pk"), CharField()), object_id__in=pages)
    found = public_documents().filter(Exists(linked))
    return found.filter(language__in=[language, "both"]) if language else found


def pages_leading_to(pks: Iterable) -> dict[object, set[str]]:
    """The keys of pages by the document."""
    found: dict[object, set[str]] = {}
    for document, page in links().filter(to_object_id__in=map(str, pks)).values_list("to_object_id", "object_id"):
        found.setdefault(int(document), set()).add(f"wagtailcore.page:{page}")
    return found


def led_to_by(keys: Iterable[str]) -> list[str]:
    """The keys of documents that some pages lead to."""
    pks = [pk for label, _, pk in (key.partition(":") for key in keys) if label == "wagtailcore.page"]
    found = links().filter(object_id__in=pks).values_list("to_object_id", flat=True).distinct() if pks else ()
    return [f"{PortalDocument._meta.label_lower}:{pk}" for pk in found]


def texts_of(pks: Iterable) -> dict[object, list[str]]:
    """The pages of each document's file, if it has been read."""
    return dict(FileText.objects.filter(document__in=list(pks), name=F("document__file")).values_list("document", "pages"))


def unread() -> QuerySet[PortalDocument]:
    endings = reduce(or_, (Q(file__iendswith=f".{ending}") for ending in READABLE))
    done = FileText.objects.filter(document=OuterRef("pk"), name=OuterRef("file"))
    return PortalDocument.objects.filter(endings).exclude(Exists(done)).order_by("-pk")


def read_next() -> bool:
    """The worker's part: one file. True if there may be more."""
    document = unread().first()
    if document is None:
        return False
    found = read_file(document)
    values = {"name": document.file.name, "pages": found.pages, "problem": found.problem}
    FileText.objects.update_or_create(document=document, defaults=values)
    record([document])
    return True


def read_file(document: PortalDocument) -> Read:
    try:
        return read(Path(document.file.path))
    except NotImplementedError:  # it lies elsewhere
        with NamedTemporaryFile(suffix=Path(document.file.name).suffix) as here, document.file.open() as there:
            here.writelines(there.chunks())
            here.flush()
            return read(Path(here.name))
    except OSError:
        return Read(problem="damaged")


def unreadable_on(page: Page) -> Iterator[Finding]:
    """The documents of a page that the search cannot look into, for those who can mend it."""
    documents = [key.partition(":")[2] for key in led_to_by([f"wagtailcore.page:{page.pk}"])] if page.pk else []
    for row in FileText.objects.filter(document__in=documents).exclude(problem="").select_related("document"):
        yield Finding(
            "unreadable-file",
            Severity.TIP,
            what=_("The search cannot read inside “%(title)s”: %(problem)s.")
            % {"title": row.document.title, "problem": row.get_problem_display()},
            why=_("Who looks for what stands in the file finds it by its title and summary only."),
            how=_("Replace the file with one that can be read, or say in its summary what is in it."),
            address=reverse("wagtaildocs:edit", args=[row.document_id]),
        )
