from . import guides, methods, news
from .guides import GuideAuthor, GuidePage
from .methods import MethodPage, MethodSetting
from .news import NewsOrganisation, NewsPage

__all__ = ["GuideAuthor", "GuidePage", "MethodPage", "MethodSetting", "NewsOrganisation", "NewsPage"]

KINDS = (guides.KIND, methods.KIND, news.KIND)
"""In this order the front page, the menus and the filters of the search show them."""
