from django.urls import path
from django.utils.translation import gettext_lazy as _

from search.views import click, search, suggest

urlpatterns = [
    path(_("search/"), search, name="search"),
    path(_("search/clicks/"), click, name="search-click"),
    path(_("search/suggestions/"), suggest, name="suggestions"),
]
