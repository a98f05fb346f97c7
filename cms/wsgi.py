import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
gc.disable()  # what is loaded here stays: looking for garbage in it takes a tenth of the time
application = get_wsgi_application()
reverse("sitemap")  # loads the map of addresses, and all that it leads to, before the first visitor
gc.freeze()
gc.enable()
