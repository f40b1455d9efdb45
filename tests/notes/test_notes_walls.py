import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_notes_needs_the_standard_library_alone() -> None:
    code = (
        "import sys, notes.export.files; "
        "own = {name.partition('.')[0] for name in sys.modules} - set(sys.stdlib_module_names); "
        "print(sorted(name for name in own if not name.startswith(('__', '_'))))"
    )
    output = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert output.stdout.strip() == "['notes']"


def test_every_public_name_is_there() -> None:
    import notes

    assert sorted(notes.__all__, key=str.lower) == sorted(set(notes.__all__), key=str.lower)
    assert all(hasattr(notes, name) for name in notes.__all__)
