"""The screens: they compose widgets, listen to them, and ask the workspace in threads."""
