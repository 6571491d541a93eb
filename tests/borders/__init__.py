"""Borders: the day before, the day itself and the day after; equal, just under, just over."""
