from django.http import HttpResponse
from django.urls import path
from django.utils.html import format_html
from laces.components import Component
from wagtail import blocks, hooks


class Listen(blocks.StructBlock):
    question = blocks.CharBlock()

    class Meta:
        template = "samverka_podcast/listen.html"


class Badge(Component):
    def render_html(self, parent_context=None):
        return format_html('<p class="meta">{}</p>', "Samverkanspodden")


@hooks.register("register_body_blocks")
def body_blocks():
    return [("listen", Listen())]


@hooks.register("register_site_urls")
def site_urls():
    return [path("podd/om/", lambda request: HttpResponse("Om podden"), name="podcast-about")]


@hooks.register("register_slot_components")
def badge(name, context):
    return [Badge()] if name == "main_end" else []
