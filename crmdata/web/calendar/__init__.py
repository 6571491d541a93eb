"""Calendario."""
