"""Resumen."""
