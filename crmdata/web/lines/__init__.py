"""Líneas."""
