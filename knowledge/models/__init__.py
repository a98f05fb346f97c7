from . import cases, checklists, collections, events, guides, methods, networks, news, projects, terms
from .cases import CaseMethod, CaseOrganisation, CasePage
from .checklists import ChecklistPage
from .collections import CollectionPage
from .events import EventLanguage, EventOrganiser, EventPage
from .glossary import GlossaryPage
from .guides import GuideAuthor, GuidePage
from .methods import MethodPage, MethodSetting, MethodTemplate
from .networks import NetworkMember, NetworkPage
from .news import NewsOrganisation, NewsPage
from .page_terms import PageTerms
from .projects import ProjectPage, ProjectParticipant
from .terms import Definition, GlossaryTerm, TermTopic

__all__ = [
    "CaseMethod",
    "CaseOrganisation",
    "CasePage",
    "ChecklistPage",
    "CollectionPage",
    "Definition",
    "EventLanguage",
    "EventOrganiser",
    "EventPage",
    "GlossaryPage",
    "GlossaryTerm",
    "GuideAuthor",
    "GuidePage",
    "MethodPage",
    "MethodSetting",
    "MethodTemplate",
    "NetworkMember",
    "NetworkPage",
    "NewsOrganisation",
    "NewsPage",
    "PageTerms",
    "ProjectPage",
    "ProjectParticipant",
    "TermTopic",
]

KINDS = (
    guides.KIND,
    methods.KIND,
    checklists.KIND,
    cases.KIND,
    collections.KIND,
    events.KIND,
    news.KIND,
    projects.KIND,
    networks.KIND,
    terms.KIND,
)
"""In this order the front page, the menus and the filters of the search show them."""
