"""The calendar in other frameworks, as small as it can be: the same figures, one filter."""
