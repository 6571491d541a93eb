"""Readers without a browser: what many at once cost, and what they see when servers fall."""
