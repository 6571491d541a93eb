"""Documents to read and print: one content, written as PDF or as DOCX."""

from crmdata.exports.papers.blocks import Paper
from crmdata.exports.papers.country import country_pdf, country_sheet
from crmdata.exports.papers.docx import docx
from crmdata.exports.papers.line import line_sheet
from crmdata.exports.papers.pdf import pdf
from crmdata.exports.papers.report import progress_report

__all__ = [
    "Paper",
    "country_pdf",
    "country_sheet",
    "docx",
    "line_sheet",
    "pdf",
    "progress_report",
]
