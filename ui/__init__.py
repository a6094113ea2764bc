"""The window: all Qt lives here. It shows and asks; it knows the controller, never a file and never a rule."""
