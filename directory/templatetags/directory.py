"""What the directory's templates ask."""

from django import template

from cms.vocabulary.models import Topic
from directory.models.addresses import directory_address

register = template.Library()


@register.simple_tag(takes_context=True)
def topic_url(context, topic: Topic) -> str:
    """Where one sees everything about a topic."""
    return directory_address(context["request"], "topics", topic.code)
