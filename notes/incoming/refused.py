"""What is not taken in, and why."""


class Refused(Exception):
    """A file or a record cannot be read as notes; the message says what is wrong with it."""
