from . import guides, methods, networks, news, projects
from .guides import GuideAuthor, GuidePage
from .methods import MethodPage, MethodSetting
from .networks import NetworkMember, NetworkPage
from .news import NewsOrganisation, NewsPage
from .projects import ProjectPage, ProjectParticipant

__all__ = [
    "GuideAuthor",
    "GuidePage",
    "MethodPage",
    "MethodSetting",
    "NetworkMember",
    "NetworkPage",
    "NewsOrganisation",
    "NewsPage",
    "ProjectPage",
    "ProjectParticipant",
]

KINDS = (guides.KIND, methods.KIND, news.KIND, projects.KIND, networks.KIND)
"""In this order the front page, the menus and the filters of the search show them."""
