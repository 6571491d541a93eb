"""Snapshots: made by whom the rules allow, named, cited, and held to what they showed."""

from crmdata.workflow.snapshots.content import content_sha256, signed, verify
from crmdata.workflow.snapshots.making import LONGEST_NAME, citation, create, title

__all__ = ["LONGEST_NAME", "citation", "content_sha256", "create", "signed", "title", "verify"]
