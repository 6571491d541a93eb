"""Novedades."""
