"""The presentation: its chooser, and the stage that shows the slides and takes the keys."""
