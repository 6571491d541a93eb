"""Cooperación."""
