from .organisations import Organisation, OrganisationArea, OrganisationGoal, OrganisationTopic
from .pages import DirectoryPage
from .people import Affiliation, Person, PersonLanguage, PersonLink, PersonTopic

__all__ = [
    "Affiliation",
    "DirectoryPage",
    "Organisation",
    "OrganisationArea",
    "OrganisationGoal",
    "OrganisationTopic",
    "Person",
    "PersonLanguage",
    "PersonLink",
    "PersonTopic",
]
