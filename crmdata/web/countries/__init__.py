"""Países and Ficha."""
