from .organisations import Organisation
from .people import Person

__all__ = ["Organisation", "Person"]
