"""What is built is what is used: the wheel, the wheel out of the sdist, and the editable install.

Nothing is fetched. Each build is installed in an environment of its own, which holds what the core depends on
and no more, and is run from outside the repository.
"""

import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from build import ProjectBuilder
from packaging.requirements import Requirement

import gxparse

ROOT = Path(__file__).parents[1]
EXAMPLE = min((ROOT / "examples").glob("*.txt"))
CORE = {"attrs", "cattrs", "lark"}


def build(kind: str, source: Path, into: Path) -> Path:
    """Build with the backend that is installed here."""
    return Path(ProjectBuilder(source).build(kind, into))


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def needed(names: set[str]) -> set[str]:
    """The distributions that these need here, these included."""
    found: set[str] = set()
    while names:
        found |= names
        requirements = {Requirement(each) for name in names for each in distribution(name).requires or ()}
        wanted = {each.name for each in requirements if not each.marker or each.marker.evaluate({"extra": ""})}
        names = wanted - found
    return found


def environment(path: Path, wheel: Path) -> Path:
    """The interpreter of a new environment that holds a wheel of gxparse and what the core depends on."""
    venv.create(path, symlinks=sys.platform != "win32")
    python = path / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    pip = [sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check", "--quiet"]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", wheel], check=True)
    packages = Path(run(python, "import sysconfig; print(sysconfig.get_path('purelib'))"))
    for name in needed(CORE):
        for file in distribution(name).files or ():
            if ".." not in file.parts:
                copy = packages / file
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file.locate(), copy)
    return python


def run(python: Path, code: str, *arguments: Path) -> str:
    """What a piece of code prints, run in another environment, outside the repository."""
    command = [python, "-I", "-X", "utf8", "-c", code, *arguments]
    done = subprocess.run(command, cwd=python.parent, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    return done.stdout.strip()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("packaging")


@pytest.fixture(scope="module")
def sdist(folder: Path) -> Path:
    return build("sdist", ROOT, folder / "sdist")


@pytest.fixture(scope="module")
def wheel(folder: Path) -> Path:
    return build("wheel", ROOT, folder / "wheel")


def test_the_wheel_holds_the_package_and_the_grammars(wheel: Path):
    names = contents(wheel).keys()
    grammars = {f"gxparse/{file.relative_to(ROOT).as_posix()}" for file in ROOT.glob("grammars/**/*.lark")}
    modules = {file.relative_to(ROOT / "src").as_posix() for file in ROOT.glob("src/**/*.py")}
    assert grammars
    assert names >= grammars | modules | {"gxparse/py.typed"}
    assert all(name.startswith(("gxparse/", "gxparse-")) for name in names)


def test_the_sdist_makes_the_same_wheel(sdist: Path, wheel: Path, folder: Path):
    with tarfile.open(sdist) as archive:
        archive.extractall(folder / "unpacked", filter="data")
    [source] = (folder / "unpacked").iterdir()
    assert {"CHANGELOG.md", "LICENSE", "Makefile", "README.zh-CN.md", "docs", "examples", "tests"} <= {
        each.name for each in source.iterdir()
    }
    assert contents(build("wheel", source, folder / "again")) == contents(wheel)


def test_the_core_depends_on_three_packages():
    requirements = map(Requirement, distribution("gxparse").requires or ())
    assert {each.name for each in requirements if not each.marker} == CORE


def test_the_wheel_parses_an_example(wheel: Path, folder: Path):
    python = environment(folder / "of the wheel", wheel)
    code = "import sys, gxparse; print(gxparse.to_json(gxparse.parse(sys.argv[1])))"
    assert run(python, code, EXAMPLE) == gxparse.to_json(gxparse.parse(EXAMPLE))


def test_the_editable_install_reads_the_grammars_in_place(folder: Path):
    python = environment(folder / "editable", build("editable", ROOT, folder / "wheel of links"))
    code = "from gxparse.grammar import folder; print(folder())"
    assert Path(run(python, code)) == ROOT / "grammars"
