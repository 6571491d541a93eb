"""The data behind pages: the view of a cut-off, and what is kept in memory of it."""
