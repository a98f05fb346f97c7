from .organisations import Organisation, OrganisationArea, OrganisationGoal, OrganisationTopic
from .pages import DirectoryPage
from .partnerships import Partnership
from .people import Person
from .person_rows import Affiliation, PersonLanguage, PersonLink, PersonTopic

__all__ = [
    "Affiliation",
    "DirectoryPage",
    "Organisation",
    "OrganisationArea",
    "OrganisationGoal",
    "OrganisationTopic",
    "Partnership",
    "Person",
    "PersonLanguage",
    "PersonLink",
    "PersonTopic",
]
