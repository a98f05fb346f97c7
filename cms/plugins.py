"""How an installed package joins the portal.

A plugin is an ordinary Django app whose ``AppConfig`` subclasses ``PortalPlugin`` and is named in the entry point
group ``samverka.plugins``. Home, knowledge and directory join through the same class.
"""

import logging
from importlib.metadata import entry_points

from django.apps import AppConfig, apps
from django.core import checks
from wagtail import hooks

from cms.kinds import Kind

logger = logging.getLogger(__name__)

GROUP, CONTRACT = "samverka.plugins", 1


class PortalPlugin(AppConfig):
    """What a package brings to the portal: its kinds of content. Everything else goes through Wagtail's hooks."""

    contract = CONTRACT
    kinds: tuple[Kind, ...] = ()
    default = False  # else Django finds two AppConfigs in the plugin's apps.py and takes neither

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.default = True


def installed_apps() -> list[str]:
    """The AppConfigs that installed packages name, by metadata alone: nothing of theirs is imported."""
    return sorted({entry.value.replace(":", ".") for entry in entry_points(group=GROUP)})


disabled: dict[str, str] = {}


def call_hooks(name: str, *args) -> list:
    """What all hooks of a name give, one list. A plugin that raises is passed over and named; the site serves.

    Built-in parts are not excused: their errors are ours to see.
    """
    found = []
    for hook in hooks.get_hooks(name):
        try:
            found += hook(*args)
        except Exception as error:
            if not is_plugin(hook.__module__):
                raise
            if hook.__module__ not in disabled:
                logger.exception("The plugin %s is disabled: its hook %s failed.", hook.__module__, name)
            disabled[hook.__module__] = f"{name}: {error!r}"
    return found


def is_plugin(module: str) -> bool:
    """Whether a module belongs to an installed package rather than to the portal."""
    return not module.startswith(("cms.", "home.", "knowledge.", "directory.", "search."))


@checks.register("samverka")
def check_contract(app_configs, **kwargs) -> list[checks.CheckMessage]:
    """A plugin built for another version of the contract."""
    return [
        checks.Error(f"{config.name} speaks plugin contract {config.contract}, the portal speaks {CONTRACT}.", id="samverka.E004")
        for config in apps.get_app_configs()
        if isinstance(config, PortalPlugin) and config.contract != CONTRACT
    ]
