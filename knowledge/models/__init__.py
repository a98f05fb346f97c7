from .guides import GuideAuthor, GuidePage
from .methods import MethodPage, MethodSetting
from .news import NewsOrganisation, NewsPage

__all__ = ["GuideAuthor", "GuidePage", "MethodPage", "MethodSetting", "NewsOrganisation", "NewsPage"]
