"""What can be wrong with a query."""


class QueryError(Exception):
    """A query that cannot be answered as it stands.

    `template` is an English format string and `values` its named arguments, so that
    the message can be said in another language; `str()` says it in English. `column`
    is where the fault stands in the query, in code points from 0. `suggestion`, where
    there is one, is a whole query that might be what was meant.
    """

    def __init__(self, template: str, column: int = 0, suggestion: str = "", **values: object) -> None:
        super().__init__(template.format(**values))
        self.template = template
        self.column = column
        self.suggestion = suggestion
        self.values = values
