"""Cambios."""
