"""HTML, for the screen, the first response and print."""
