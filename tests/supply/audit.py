"""What each dependency does when it is imported: `make audit` prints it, a test holds it.

Each is imported in a process of its own, under a hook that hears of every file opened for writing,
every socket, every process and every library loaded.
"""

import importlib.metadata
import json
import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_HOOK = """
import json, os, sys, threading
import importlib
heard = []
WATCHED = {"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen", "os.system",
    "os.exec", "os.posix_spawn", "os.fork", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "urllib.Request",
    "webbrowser.open", "shutil.rmtree", "os.putenv"}
def hook(event, arguments):
    if event in WATCHED:
        heard.append(event)
    elif event == "open":
        path, mode, flags = arguments
        if (flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            heard.append(f"open for writing: {path}")
before = set(sys.modules)
sys.addaudithook(hook)
importlib.import_module(sys.argv[1])
new = {name.partition(".")[0] for name in set(sys.modules) - before}
print(json.dumps({"heard": heard, "modules": len(sys.modules) - len(before), "threads": threading.active_count() - 1,
    "packages": sorted(new - set(sys.stdlib_module_names) - {sys.argv[1].partition(".")[0]})}))
"""


@dataclass(frozen=True)
class Import:
    """What was heard of one import."""

    name: str
    heard: tuple[str, ...]
    modules: int
    threads: int
    packages: tuple[str, ...]


def dependencies() -> list[str]:
    """Return what pyproject.toml says we need at run time, by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return [re.match(r"[\w.-]+", line)[0] for line in project["dependencies"]]  # type: ignore[index]


def module_of(package: str) -> str:
    """Return the module that a package is imported by."""
    wanted = package.lower().replace("_", "-")
    for module, packages in importlib.metadata.packages_distributions().items():
        if wanted in {name.lower().replace("_", "-") for name in packages} and not module.startswith("_"):
            return module
    raise LookupError(package)


def imported(package: str) -> Import:
    """Import a package in a process of its own and return what it did."""
    done = subprocess.run(
        [sys.executable, "-B", "-c", _HOOK, module_of(package)], capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout.splitlines()[-1])
    return Import(package, tuple(told["heard"]), told["modules"], told["threads"], tuple(told["packages"]))


def main() -> None:
    """Print a table."""
    print("| package | modules | other packages it loads | what it does |\n|---|---|---|---|")
    for package in dependencies():
        one = imported(package)
        did = ", ".join(dict.fromkeys(one.heard)) or "nothing"
        print(f"| {package} | {one.modules} | {', '.join(one.packages) or '-'} | {did} |", flush=True)


if __name__ == "__main__":
    main()
