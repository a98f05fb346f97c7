"""Wagtail's serializers, with references in place of what may be private, and one query where they have one for each item."""

from collections.abc import Iterator

from django.db.models import Model, Prefetch
from django.urls import reverse
from rest_framework.fields import CharField, Field
from taggit.managers import _TaggableManager
from wagtail import fields
from wagtail.api.v2 import serializers as stock
from wagtail.api.v2.utils import get_full_url
from wagtail.documents.api.v2.serializers import DocumentSerializer
from wagtail.images.api.v2.serializers import ImageSerializer

from cms.api.references import Reference, Text, represent
from cms.kinds import kind_of, together_with


class StreamField(Field):
    def to_representation(self, value):
        return represent(value.stream_block, list(value.raw_data), self.context)


class RichTextField(CharField):
    def to_representation(self, value):
        return Text(super().to_representation(value))


class RelatedField(stock.RelatedField):
    def to_representation(self, value):
        return Reference(type(value), value.pk, super().to_representation(value))


class ParentField(stock.PageParentField):
    def get_attribute(self, instance):
        return instance.get_parent()

    def to_representation(self, value):
        return Reference(type(value), value.pk, super().to_representation(value))


class AliasOfField(stock.PageAliasOfField):
    def to_representation(self, value):
        return Reference(type(value), value.pk, super().to_representation(value))


class TagsField(Field):
    def to_representation(self, value):
        return sorted(tag.name for tag in value.all())


class KindField(Field):
    """The public name of a page's kind, the same for ever; null for plain pages."""

    def get_attribute(self, instance):
        return instance

    def to_representation(self, page):
        kind = kind_of(page.specific_class)
        return kind.name if kind else None


class ImageFileField(Field):
    """Originals are not served: the address leads to a picture of a size that every screen can use."""

    def get_attribute(self, instance):
        return instance

    def to_representation(self, image):
        return get_full_url(self.context["request"], reverse("wagtailapi:images:file", args=[image.pk]))


class Public:
    """What all our serializers share."""

    serializer_field_mapping = {
        **stock.BaseSerializer.serializer_field_mapping,
        fields.StreamField: StreamField,
        fields.RichTextField: RichTextField,
    }
    serializer_related_field = RelatedField

    def build_property_field(self, field_name, model_class):
        if isinstance(getattr(model_class, field_name), _TaggableManager):
            return TagsField, {}
        return super().build_property_field(field_name, model_class)


class RowSerializer(Public, stock.BaseSerializer):
    pass


class PublicPageSerializer(Public, stock.PageSerializer):
    parent = ParentField(read_only=True)
    alias_of = AliasOfField(read_only=True)
    kind = KindField(read_only=True)


class PublicImageSerializer(Public, ImageSerializer):
    download_url = ImageFileField(read_only=True)


class PublicDocumentSerializer(Public, DocumentSerializer):
    pass


def joined(serializer: type[stock.BaseSerializer]) -> Iterator[str]:
    """The relations to one thing that a serializer shows, and theirs in turn: they come with the item itself."""
    for name, child in serializer.child_serializer_classes.items():
        field = serializer.Meta.model._meta.get_field(name)
        if field.many_to_one or field.one_to_one:
            yield name
            yield from (f"{name}__{below}" for below in joined(child))
    if "locale" in serializer.Meta.fields:
        yield "locale"
    if "alias_of" in serializer.Meta.fields:
        yield "alias_of"


def gathered(serializer: type[stock.BaseSerializer]) -> Iterator[str | Prefetch]:
    """The relations to many things that a serializer shows: one query each, however many items there are."""
    model: type[Model] = serializer.Meta.model
    for name, child in serializer.child_serializer_classes.items():
        field = model._meta.get_field(name)
        if (field.one_to_many or field.many_to_many) and name != "tags":
            rows = together_with(child.Meta.model._default_manager.all(), joined(child)).prefetch_related(*gathered(child))
            yield Prefetch(name, rows)
    if "tags" in serializer.Meta.fields:
        yield "tags"
