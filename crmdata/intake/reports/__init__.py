"""The only way in for reports, cooperation and meetings: reading, checking, batches.

Reading makes rows of text out of a file, checking makes entries out of rows and says
everything that is wrong with them, batches stores the entries of faultless files. Nothing
else writes these tables.
"""

from crmdata.files import Subject
from crmdata.intake.reports.batches import Stored, import_files
from crmdata.intake.reports.checked import Checked, CheckedFile
from crmdata.intake.reports.checking import check
from crmdata.intake.reports.held_texts import (
    CellPlace,
    confirmed_places,
    found_in,
    held_text,
    place_of,
)
from crmdata.intake.reports.reading import read_bytes, read_files, read_upload
from crmdata.intake.reports.rows import Source
from crmdata.intake.reports.scope import Expected

__all__ = [
    "CellPlace",
    "Checked",
    "CheckedFile",
    "Expected",
    "Source",
    "Stored",
    "Subject",
    "check",
    "confirmed_places",
    "found_in",
    "held_text",
    "import_files",
    "place_of",
    "read_bytes",
    "read_files",
    "read_upload",
]
