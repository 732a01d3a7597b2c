"""What a machine gets wrong is computed: figures, dates, names, terms are found and verified."""

from models.anchors.context import AnchorContext
from models.anchors.dates import find_dates
from models.anchors.figures import find_figures
from models.anchors.find import find_anchors
from models.anchors.glossary import Glossary
from models.anchors.names import Roster, find_people
from models.anchors.switch import Restore, switch_source, with_placeholders
from models.anchors.verify import AnchoredSource, verify_anchors

__all__ = [
    "AnchorContext",
    "AnchoredSource",
    "Glossary",
    "Restore",
    "Roster",
    "find_anchors",
    "find_dates",
    "find_figures",
    "find_people",
    "switch_source",
    "verify_anchors",
    "with_placeholders",
]
