"""Workbooks from strangers, read in a process of its own with limits on memory and time.

`python -m crmdata.intake.workbooks` takes a workbook on its standard input and writes what stands
in it as JSON. It imports little, so that it starts fast and fits its limits; `read` starts it.
"""

from crmdata.intake.workbooks.process import (
    NOTHING_BESIDE,
    Beside,
    RawSheet,
    Read,
    Typed,
    annotated,
    read,
)
from crmdata.intake.workbooks.scan import BLANK

__all__ = ["BLANK", "NOTHING_BESIDE", "Beside", "RawSheet", "Read", "Typed", "annotated", "read"]
