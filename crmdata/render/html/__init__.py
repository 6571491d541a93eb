"""HTML, for the screen, the first response, the stage and print."""
