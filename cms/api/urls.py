from django.urls import path, re_path

from cms.api.errors import not_found
from cms.api.views import api

urlpatterns = [
    path("v2/", api.urls),
    re_path(r"^(?P<path>.*)$", not_found),
]
