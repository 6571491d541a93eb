"""The plan and what was reported of it as a workbook: a sheet a question, with native charts.

Made to be worked with: numbers are numbers, with n and N beside every share; a missing report
(`··`), what does not apply (`—`) and a figure withheld are texts, and 0 is the number.
"""

from crmdata.exports.workbook.building import workbook
from crmdata.exports.workbook.selection import Selection

__all__ = ["Selection", "workbook"]
