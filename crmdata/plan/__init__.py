"""The plan: its files under data/plan, checked as a whole, and its versions in the store."""

from crmdata.plan.files import PlanFiles, read
from crmdata.plan.identity import Identity, refuse_another
from crmdata.plan.versions import LoadOutcome, load

__all__ = ["Identity", "LoadOutcome", "PlanFiles", "load", "read", "refuse_another"]
