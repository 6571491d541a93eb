"""Workbooks as offices make them: right ones, changed by habits, with what was meant by each."""
