"""What happens when its time comes: pages that are published, and pages that come down."""

import logging
from functools import partial

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

logger = logging.getLogger(__name__)


def publish_and_expire() -> None:
    """As Wagtail's publish_scheduled, but each alone and whole: one that fails is logged and holds up nobody.

    What goes live comes before what comes down, so that a page whose whole time has passed unseen does not stay up.
    """
    for revision in due():
        attempt(revision, partial(revision.publish, log_action="wagtail.publish.scheduled"))
    for instance in expired():
        attempt(instance, partial(instance.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled"))


def due() -> models.QuerySet[Revision]:
    return Revision.objects.filter(approved_go_live_at__lte=timezone.now()).order_by("approved_go_live_at")


def expired() -> list[models.Model]:
    rows = [model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not issubclass(model, Page)]
    return [instance for model in (Page, *rows) for instance in model.objects.filter(live=True, expire_at__lte=timezone.now())]


def attempt(instance: models.Model, action: partial) -> None:
    try:
        with transaction.atomic():
            action()
    except Exception:
        logger.exception("%s %s could not be published or taken down in time.", instance._meta.label, instance.pk)
