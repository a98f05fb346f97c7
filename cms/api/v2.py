from wagtail.api.v2.router import WagtailAPIRouter
api = WagtailAPIRouter("wagtailapi")
