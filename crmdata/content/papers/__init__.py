"""Documents to read and print, composed of the sections of the screens; a renderer draws them."""

from crmdata.content.papers.country import country_sheets
from crmdata.content.papers.line import line_sheet
from crmdata.content.papers.minutes import meeting_minutes
from crmdata.content.papers.paper import Chapter, Cover, Paper, Status
from crmdata.content.papers.partner import partner_sheet
from crmdata.content.papers.report import progress_report

__all__ = [
    "Chapter",
    "Cover",
    "Paper",
    "Status",
    "country_sheets",
    "line_sheet",
    "meeting_minutes",
    "partner_sheet",
    "progress_report",
]
