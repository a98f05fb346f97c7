"""RSS, Atom and JSON Feed of a kind: what was made known last comes first."""

import datetime
import json

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Model
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape

from cms import navigation
from cms.kinds import lasting_id
from cms.sharing import rendition_to_share, size_of

from .asked import Asked, address_of, clean, summary_of, title_of, topics_of

MOST = 50
UNDATED = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)  # of what nobody has dated


class Dated(SyndicationFeed):
    """A feed with nothing in it was not made just now: it would be new at each request."""

    def latest_post_date(self) -> datetime.datetime:
        return super().latest_post_date() if self.items else UNDATED


class Rss(Dated, Rss201rev2Feed):
    pass


class Atom(Dated, Atom1Feed):
    pass


class Json(Dated):
    """JSON Feed 1.1."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile, encoding):
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "description": self.feed["description"],
            "language": self.feed["language"],
            "authors": [{"name": self.feed["author_name"]}],
            "items": [self.entry(item) for item in self.items],
        }
        outfile.write(json.dumps(feed, ensure_ascii=False, indent=1))

    @staticmethod
    def entry(item: dict) -> dict:
        entry = {
            "id": item["unique_id"],
            "url": item["link"],
            "title": item["title"],
            "content_text": item["description"],
            "image": item["enclosures"][0].url if item["enclosures"] else None,
            "date_published": item["pubdate"] and item["pubdate"].isoformat(),
            "date_modified": item["updateddate"].isoformat(),
            "tags": item["categories"],
        }
        return {name: value for name, value in entry.items() if value or name == "content_text"}


TYPES = {"rss": Rss, "atom": Atom, "json": Json}


class KindFeed(Feed):
    """One answer in the form that was asked for. A text is HTML in RSS and in Atom, but for Atom's titles."""

    def __init__(self, asked: Asked):
        self.asked, self.kind, self.feed_type = asked, asked.kind, TYPES[asked.form]
        self.portal = navigation.portal_settings(asked.request)
        self.author_name = self.portal.authority or self.portal.name
        self.feed_url = self.feed_guid = asked.address
        self.link = settings.BASE_URL + asked.listing.address()

    def title(self) -> str:
        return self.plain(f"{self.asked.title} – {self.portal.name}")

    def description(self) -> str:
        return self.plain(self.portal.footer_text or self.portal.name)

    subtitle = description

    def items(self) -> list[Model]:
        return list(self.kind.latest(self.asked.items())[:MOST])

    def item_title(self, item: Model) -> str:
        return self.plain(title_of(item))

    def item_description(self, item: Model) -> str:
        text = summary_of(item, self.kind)
        return text if self.asked.form == "json" else escape(text)

    def item_link(self, item: Model) -> str:
        return address_of(item, self.asked.request)

    def item_guid(self, item: Model) -> str:
        return lasting_id(item, self.asked.language).urn

    item_guid_is_permalink = False

    def item_pubdate(self, item: Model) -> datetime.datetime | None:
        return self.kind.made_known(item)

    def item_updateddate(self, item: Model) -> datetime.datetime:
        return getattr(item, "last_published_at", None) or self.kind.made_known(item) or UNDATED

    def item_categories(self, item: Model) -> list[str]:
        return topics_of(item)

    def item_enclosures(self, item: Model) -> list[Enclosure]:
        picture = rendition_to_share(getattr(item, f"{self.kind.image}_id", None), wait=False)
        return [Enclosure(settings.BASE_URL + picture.url, str(size_of(picture)), "image/jpeg")] if picture else []

    def plain(self, text: str) -> str:
        return escape(clean(text)) if self.asked.form == "rss" else clean(text)
