"""Pure functions over one text: wrapping, motions, selections, layers of spans. No Textual here."""
