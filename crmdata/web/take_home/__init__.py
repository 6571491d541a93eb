"""Descargas."""
