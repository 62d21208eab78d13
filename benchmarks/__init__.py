"""Quality on public data sets: tasks, their runs, and the page that shows them."""
