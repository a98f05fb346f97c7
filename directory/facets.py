"""What the list of people can be narrowed by beyond what any list can."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from cms.facets import RowFacet


def lasting(prefix: str = "") -> Q:
    """Roles that somebody has today."""
    today = timezone.localdate()
    begun = Q(**{f"{prefix}starts_on": None}) | Q(**{f"{prefix}starts_on__lte": today})
    not_over = Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gte": today})
    return begun & not_over


@dataclass(frozen=True)
class OrganisationFacet(RowFacet):
    """Where people have a role today. A role that is over, or an organisation not yet public, is not named."""

    def there(self) -> Q:
        role = self.path.rpartition("__")[0]
        not_expired = Q(**{f"{self.path}__expire_at": None}) | Q(**{f"{self.path}__expire_at__gt": timezone.now()})
        return lasting(f"{role}__") & Q(**{f"{self.path}__live": True}) & not_expired

    def matching(self, selected):
        return super().matching(selected) & self.there()

    def count(self, everything, narrowed):
        return super().count(everything.filter(self.there()), narrowed)

    def of(self, items):
        return super().of(items.filter(self.there()))
