"""Articles: read from files, kept in a library, searched through Whoosh, annotated by spaCy."""
