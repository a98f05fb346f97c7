"""Notes to a text: written where they belong, shown together below it, with a way there and back."""

from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup, NavigableString, Tag
from django.utils.translation import gettext
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.rich_text import RichText

from cms.references import values_in

MARK = "small"  # how a note is kept: what does not know of notes shows it where it stands, in small print
WITHIN_A_LINE = {"a", "b", "i", "span"}


def gather(page: Page, bodies: Iterable[StreamValue]) -> list[str]:
    """The notes of a page in order; in its texts a number stands for each. Such a page must not be saved afterwards."""
    notes: list[str] = []
    for body in bodies:
        for _, _, value in values_in(body):
            if isinstance(value, RichText):
                value.source = numbered(value.source, notes)
    for field in page._meta.get_fields():
        if isinstance(field, RichTextField):
            setattr(page, field.name, numbered(getattr(page, field.name), notes))
    return notes


def numbered(source: str, notes: list[str]) -> str:
    """A text with numbers in place of its notes, which are added to the others."""
    if f"<{MARK}>" not in source:
        return source
    soup = BeautifulSoup(source, "html.parser")
    while first := soup.find(MARK):
        pieces = [first, *pieces_after(first)]
        notes.append("".join(str(in_its_marks(piece)) for piece in pieces))
        number, place = len(notes), outermost(first)
        link = soup.new_tag("a", id=f"note-ref-{number}", href=f"#note-{number}")
        link["aria-label"] = gettext("Note %(number)s") % {"number": number}
        link.string = str(number)
        place.insert_before(soup.new_tag("sup"))
        place.previous_sibling.append(link)
        for piece in pieces:
            remove(piece)
    return str(soup)


def pieces_after(piece: Tag) -> Iterator[Tag]:
    """What belongs to the same note: a link or a bold word in it ends the mark, and begins it again."""
    inside = {id(each) for each in piece.descendants}
    for element in piece.next_elements:
        if isinstance(element, Tag) and element.name == MARK:
            yield element
            yield from pieces_after(element)
            return
        if id(element) not in inside and (isinstance(element, NavigableString) or element.name not in WITHIN_A_LINE):
            return


def in_its_marks(piece: Tag) -> Tag | NavigableString:
    """A piece of a note as it looks in the text: with the link, or in the bold type, that it stands in."""
    shown = BeautifulSoup(piece.decode_contents(), "html.parser")
    for parent in piece.parents:
        if parent.name not in WITHIN_A_LINE:
            break
        around = shown.new_tag(parent.name, attrs=dict(parent.attrs))
        around.extend(list(shown.contents))
        shown.append(around)
    return shown


def outermost(piece: Tag) -> Tag:
    """The mark before which the number stands: not in a link, and not in bold type."""
    place = piece
    while place.parent is not None and place.parent.name in WITHIN_A_LINE and place.parent.contents[0] is place:
        place = place.parent
    return place


def remove(piece: Tag) -> None:
    parent = piece.parent
    piece.extract()
    if parent is not None and parent.name in WITHIN_A_LINE and not parent.contents:
        remove(parent)
