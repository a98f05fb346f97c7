from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(AppConfig):
    name = "cms.users"
    default = True
    verbose_name = _("Users")


class AccountsConfig(WagtailUsersAppConfig):
    """Wagtail's app for accounts, with our views."""

    user_viewset = "cms.users.accounts.UserViewSet"
