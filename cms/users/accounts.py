"""Accounts in the admin. An administrator manages everybody's; only a superuser makes or changes a superuser."""

from django.core.exceptions import PermissionDenied
from wagtail.users.views import users


def without_superuser(form, user):
    """The form without the box that would lift somebody above all groups, for those who are not there themselves."""
    if not user.is_superuser:
        form.fields.pop("is_superuser", None)
    return form


class CreateView(users.CreateView):
    def get_form(self, *args, **kwargs):
        return without_superuser(super().get_form(*args, **kwargs), self.request.user)


class EditView(users.EditView):
    def dispatch(self, request, *args, **kwargs):
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, *args, **kwargs):
        return without_superuser(super().get_form(*args, **kwargs), self.request.user)


class UserViewSet(users.UserViewSet):
    add_view_class, edit_view_class = CreateView, EditView
