"""Reading TOML that anybody may have written: whatever it holds, it is understood or refused, soon."""

import re
from typing import Any, Final

_MAX_PARTS: Final = 64
"""Of a key: `keys.article.find` has three."""
_PART: Final = r"""(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
_LONG_KEY: Final = re.compile(rf"(?<![\w.-]){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{_MAX_PARTS}}}")
_LONG_NUMBER: Final = re.compile(r"\d(?:_?\d){4000}")
_LINE: Final = re.compile(r" \(at (?:line (\d+)|end).*")


class NotToml(ValueError):
    """A text that is no TOML, or more than is read of it: `reason`, and `line`, from 1, or 0 if unknown."""

    def __init__(self, said: str, line: int = 0) -> None:
        self.reason, self.line = _LINE.sub("", said), line
        super().__init__(f"line {line}: {self.reason}" if line else self.reason)


def tables(text: str) -> dict[str, Any]:
    """Return what a text says. Raises NotToml."""
    import tomllib  # noqa: PLC0415 - 5 ms, for those who have a file

    if long := _LONG_KEY.search(text):  # tomllib's time grows with the square of its parts
        raise NotToml("nested too deep", _line(text, long.start()))
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        at = _LINE.search(said)
        raise NotToml(said, int(at[1]) if at and at[1] else _line(text, len(text))) from None
    except RecursionError:
        raise NotToml("nested too deep") from None
    except ValueError:  # Python's own limit, which tomllib lets through
        long = _LONG_NUMBER.search(text)
        raise NotToml("a number of too many digits", _line(text, long.start()) if long else 0) from None


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
