"""What the directory's templates ask."""

from collections.abc import Sequence

from django import template

from cms.vocabulary.models import Topic
from directory.drawing import Drawing, draw
from directory.models.addresses import directory_address
from directory.models.ties import Tie

register = template.Library()


@register.simple_tag(takes_context=True)
def topic_url(context, topic: Topic) -> str:
    """Where one sees everything about a topic."""
    return directory_address(context["request"], "topics", topic.code)


@register.simple_tag
def drawing_of(name: str, ties: Sequence[Tie]) -> Drawing | None:
    """A thing in the middle and what is tied to it around it."""
    return draw(str(name), ties)
