"""What goes out as files: CSV, workbooks, documents, slides, calendars, the whole as a package."""

from crmdata.exports.tables import export

__all__ = ["export"]
