from .organisations import Organisation, OrganisationArea, OrganisationGoal, OrganisationTopic
from .pages import DirectoryPage
from .people import Person
from .person_rows import Affiliation, PersonLanguage, PersonLink, PersonTopic

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
