"""The command `crmdata`: its verbs, and what it says."""
