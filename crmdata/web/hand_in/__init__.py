"""Informar."""
