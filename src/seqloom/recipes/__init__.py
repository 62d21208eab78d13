"""Whole walks as straight-line scripts: read one, run it, copy it out and change it."""

__all__: list[str] = []
