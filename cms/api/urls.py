from django.urls import path, re_path

from cms.api.errors import not_found
from cms.api.views import api
from search.api import search

urlpatterns = [
    path("v2/", api.urls),
    path("portal/v1/search", search, name="search-api"),
    re_path(r"^(?P<path>.*)$", not_found),
]
