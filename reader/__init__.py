"""Liseuse: the interface, the command line, and the place where the stores are plugged together."""

__version__ = "0.1.0"
