"""Actividades."""
