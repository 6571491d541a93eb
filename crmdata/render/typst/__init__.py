"""Documents as PDF, set by Typst: tagged, with alternative texts, the same bytes every time.

This module stays empty: the process that sets a document imports it, and little else.
"""
