"""Nothing in the repository depends on where it was made: no registry hosts, no machine paths, everything pinned."""

import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.tree import ROOT, named, refuse, tracked

# In pieces, so that this file passes its own test.
HOSTS = ("pypi" + ".org", "pythonhosted" + ".org", "registry." + "npmjs", "deb." + "debian")
PLACES = re.compile("|".join(("/" + "work/", "/" + "root/", "/" + "home/" + r"\w", "/" + "opt/", "/" + r"tmp/v\b")))
PINNED = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)


def texts() -> list[tuple[str, str]]:
    """Name and text of every tracked text file."""
    found: list[tuple[str, str]] = []
    for path in tracked():
        raw = path.read_bytes()
        if b"\0" not in raw:
            found.append((named(path), raw.decode("utf-8", errors="replace")))
    return found


def test_no_file_names_a_registry() -> None:
    faults = (f"{name} names {host}" for name, text in texts() for host in HOSTS if host in text)
    refuse(faults, "Leave the choice of registry to the machine:")


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    faults = (f"{name} names {found[0]}" for name, text in texts() if (found := PLACES.search(text)))
    refuse(faults, "Say it relative to the repository or to a setting:")


def test_npm_locks_carry_no_addresses_but_keep_their_hashes() -> None:
    locks = [(name, text) for name, text in texts() if name.endswith("package-lock.json")]
    assert not [name for name, text in locks if re.search(r'"resolved": "\w+:', text)]
    assert not [name for name, text in locks if '"integrity"' not in text]


def test_requirements_carry_no_addresses_but_hashes() -> None:
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        assert "://" not in text, path.name
        assert text.count("==") <= text.count(" \\\n    --hash=sha256:"), path.name


def test_requirements_pin_everything_the_project_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    wanted = {
        "run.txt": project["project"]["dependencies"],
        "build.txt": groups["build"],
        "dev.txt": project["project"]["dependencies"] + groups["build"] + groups["dev"],
    }
    faults = (f"{file}: {line}" for file, lines in wanted.items() for line in lines if not _pinned(file, line))
    refuse(faults, "Not pinned; run `make lock`:")


def _pinned(file: str, line: str) -> bool:
    requirement = Requirement(line)
    pins = PINNED.findall((ROOT / "requirements" / file).read_text(encoding="utf-8"))
    versions = [version for name, version in pins if canonicalize_name(name) == canonicalize_name(requirement.name)]
    return bool(versions) and all(requirement.specifier.contains(version) for version in versions)
