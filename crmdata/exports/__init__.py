"""What goes out as files: tables as CSV."""

from crmdata.exports.tables import export

__all__ = ["export"]
