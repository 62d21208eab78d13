"""Quality on public data sets: tasks, their runs, and the page that shows them; speed in a room of its own."""
