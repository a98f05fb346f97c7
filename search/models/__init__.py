from search.models.files import FileText
from search.models.promotions import Promotion
from search.models.statistics import SearchCount
from search.models.synonyms import Meaning, Synonym
from search.models.words import Word

__all__ = ["FileText", "Meaning", "Promotion", "SearchCount", "Synonym", "Word"]
