"""Searches of settings on public data."""
