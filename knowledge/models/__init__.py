from . import events, guides, methods, news
from .events import EventLanguage, EventOrganiser, EventPage
from .guides import GuideAuthor, GuidePage
from .methods import MethodPage, MethodSetting
from .news import NewsOrganisation, NewsPage

__all__ = [
    "EventLanguage",
    "EventOrganiser",
    "EventPage",
    "GuideAuthor",
    "GuidePage",
    "MethodPage",
    "MethodSetting",
    "NewsOrganisation",
    "NewsPage",
]

KINDS = (guides.KIND, methods.KIND, events.KIND, news.KIND)
"""In this order the front page, the menus and the filters of the search show them."""
