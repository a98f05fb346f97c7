"""The blocks of a body, in files by the groups in which the editor finds them."""

from cms.blocks.body import BodyBlock
from cms.blocks.facts import Step
from cms.blocks.groups import PLAIN, RICH

__all__ = ["PLAIN", "RICH", "BodyBlock", "Step"]
