"""Revisión."""
