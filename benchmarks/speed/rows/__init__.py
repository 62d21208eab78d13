"""The rows of the grid; each file holds one or a few of them in `ROWS`."""
