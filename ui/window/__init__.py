"""The one window: its start, commands, list of sections, navigation and frame.

The top of ui/: it knows every room, none of them knows it.
"""
