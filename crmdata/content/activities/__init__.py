"""Activities: which of them a search and filters leave, and the sheet of one."""
