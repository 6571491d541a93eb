"""Documents as DOCX, to be worked on: headings, lists and tables of the word processor's own."""

from crmdata.render.docx.writing import docx

__all__ = ["docx"]
