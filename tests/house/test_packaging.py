"""What we ship is what the checkout holds, and what is locked is what we declare."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("fairapp", "static", "templates")
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def setup() -> ConfigParser:
    settings = ConfigParser()
    settings.read(ROOT / "setup.cfg")
    return settings


def declared(text: str) -> set[str]:
    """The package names of requirement lines."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return {re.split(r"[\s\[<>=!~;]", line)[0].lower() for line in lines if line and not line.startswith("-")}


def locked(file: Path) -> dict[str, str]:
    """Package -> version of a lock file; where it depends on the Python, the last one."""
    return dict(
        re.findall(r"^([a-z0-9-]+)(?:\[[a-z,-]+\])?==([^ ;\\]+)", file.read_text(), flags=re.MULTILINE)
    )


def test_every_package_on_disk_is_listed() -> None:
    told = subprocess.run(
        [sys.executable, ROOT / "tools" / "packages.py"], capture_output=True, text=True, check=True
    )
    assert setup()["options"]["packages"].split() == told.stdout.split(), "run: make packages"


def test_every_folder_of_python_is_a_package() -> None:
    folders = {file.parent for file in (ROOT / "fairapp").rglob("*.py")}
    assert {folder for folder in folders if not (folder / "__init__.py").exists()} == set()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel that this checkout makes, built from a copy so that nothing is left in it."""
    copy = tmp_path_factory.mktemp("wheel") / "checkout"
    leave = shutil.ignore_patterns("__pycache__")
    for name in SHIPPED:
        shutil.copytree(ROOT / name, copy / name, ignore=leave)
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE", "CREDITS.md"):
        shutil.copy(ROOT / name, copy / name)
    build = "import setuptools.build_meta as backend; print(backend.build_wheel('dist'))"
    told = subprocess.run([sys.executable, "-c", build], cwd=copy, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    return zipfile.ZipFile(copy / "dist" / told.stdout.splitlines()[-1])


def test_the_wheel_carries_every_file(wheel: zipfile.ZipFile) -> None:
    on_disk = set()
    for name in SHIPPED:
        for file in (ROOT / name).rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts and not file.name.startswith("."):
                inside = Path("fairapp" if name != "fairapp" else "", file.relative_to(ROOT))
                on_disk.add(str(inside))
    assert on_disk - set(wheel.namelist()) == set()


def test_the_wheel_has_the_command_and_the_credits(wheel: zipfile.ZipFile) -> None:
    [info] = {name.partition("/")[0] for name in wheel.namelist() if ".dist-info/" in name}
    assert "fairapp = fairapp.__main__:main" in wheel.read(f"{info}/entry_points.txt").decode()
    assert {f"{info}/licenses/LICENSE", f"{info}/licenses/CREDITS.md"} <= set(wheel.namelist())


def test_nothing_else_is_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    strangers = {
        name for name in wheel.namelist() if not name.startswith("fairapp/") and ".dist-info/" not in name
    }
    assert strangers == set()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda file: file.stem)
def test_every_lock_has_hashes_and_no_address(lock: Path) -> None:
    pins = re.split(r"^(?=[a-z0-9])", lock.read_text(), flags=re.MULTILINE)[1:]
    assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []
    assert re.findall(r"https?://|--(?:extra-)?index-url|--find-links", lock.read_text()) == []


def test_every_dependency_is_locked() -> None:
    runtime = locked(ROOT / "requirements" / "runtime.txt")
    assert declared(setup()["options"]["install_requires"]) - set(runtime) == set(), "run: make lock"
    for name in ("uv", "node", "build", "dev"):
        source = (ROOT / "requirements" / f"{name}.in").read_text()
        assert declared(source) - set(locked(ROOT / "requirements" / f"{name}.txt")) == set(), (
            "run: make lock"
        )


def test_the_tools_do_not_move_what_is_shipped() -> None:
    runtime, dev = (locked(ROOT / "requirements" / f"{name}.txt") for name in ("runtime", "dev"))
    shared = set(runtime) & set(dev)
    assert {name: dev[name] for name in shared} == {name: runtime[name] for name in shared}


def test_the_front_end_is_locked_by_content_and_names_no_registry() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    wanted = json.loads((ROOT / "package.json").read_text())
    assert packages[""]["dependencies"] == wanted["dependencies"]
    assert packages[""]["devDependencies"] == wanted["devDependencies"]
    assert [name for name, entry in packages.items() if name and "integrity" not in entry] == []
    assert [name for name, entry in packages.items() if "resolved" in entry] == []


def test_the_wheel_runs_without_the_checkout(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path / "site")
    script = (
        "import fairapp, fairapp.assets as assets, fairapp.app\n"
        "app = fairapp.app.create_app()\n"
        "print(fairapp.__file__, assets.folder('templates'), assets.folder('static'), sep='\\n')\n"
    )
    settings = {"PYTHONPATH": str(tmp_path / "site"), "FAIRAPP_INSTANCE": str(tmp_path / "instance")}
    command = [sys.executable, "-P", "-c", script]
    told = subprocess.run(command, cwd=tmp_path, env=os.environ | settings, capture_output=True, text=True)
    package = tmp_path / "site" / "fairapp"
    assert told.stdout.split() == [str(package / name) for name in ("__init__.py", "templates", "static")], (
        told.stderr
    )
