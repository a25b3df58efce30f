"""`grade release`: what an apprentice gets, and the proof that it is no more."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.authoring.proof import hidden_files, leaks, solved
from grader.authoring.wheel import SHARED, make_wheel
from grader.cli.main import cli

ROOT = Path(__file__).parents[2]
SOUND = Path(__file__).parent / "sound"
HIDDEN = hidden_files(SOUND / "solutions")
TEST = HIDDEN["parcels/hidden/test_parcels_hidden.py"]


@pytest.fixture
def course(tmp_path, monkeypatch):
    shutil.copytree(SOUND, tmp_path / "course")
    monkeypatch.chdir(tmp_path / "course")
    grade("starters", "exercises")
    return tmp_path / "course"


def grade(*arguments):
    done = CliRunner().invoke(cli, [str(part) for part in arguments])
    return done.exit_code, f"{done.output}{done.exception or ''}"


def files_in(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_pack_holds_what_an_apprentice_needs(course, tmp_path):
    code, said = grade("release", "--to", tmp_path / "pack")
    assert code == 0
    assert "nothing of them is in it" in said
    pack = files_in(tmp_path / "pack")
    starter = (SOUND / "exercises/parcels/parcels.py").read_bytes()
    assert pack["exercises/parcels/parcels.py"] == starter
    assert pack[".grader/pristine/parcels/parcels.py"] == starter
    assert any(name.endswith(".whl") for name in pack)
    assert b"pip install ./apprentice_grader" in pack["README.md"]
    assert json.loads(pack[".grader/pack.json"])["exercises"] == ["parcels"]
    assert not [name for name in pack if "solution" in name or "hidden" in name]
    named = re.findall(r"`grade ([a-z-]+)[ `]", pack["README.md"].decode())
    assert {"start", "hint", "reset"} <= set(named) <= set(cli.commands)


def test_work_in_a_pack_is_graded_by_what_is_visible(course, tmp_path, monkeypatch):
    grade("release", "--to", tmp_path / "pack")
    monkeypatch.chdir(tmp_path / "pack")
    code, said = grade("exercises/")
    assert code == 1
    assert "not started" in said
    shutil.copy(SOUND / "solutions/parcels/parcels.py", "exercises/parcels/parcels.py")
    code, said = grade("exercises/")
    assert "Provisional" in said
    code, said = grade("reset", "parcels", "--yes")
    assert code == 0, said
    starter = (SOUND / "exercises/parcels/parcels.py").read_bytes()
    assert Path("exercises/parcels/parcels.py").read_bytes() == starter


def test_a_pack_is_renewed_only_while_nothing_in_it_has_changed(course, tmp_path):
    pack = tmp_path / "pack"
    grade("release", "--to", pack)
    (course / "exercises/parcels/weights.csv").write_text("1\n")
    grade("starters", "exercises")
    code, said = grade("release", "--to", pack)
    assert code == 0
    assert "made anew" in said
    assert (pack / "exercises/parcels/weights.csv").is_file()
    (course / "exercises/parcels/weights.csv").unlink()
    grade("starters", "exercises")
    assert "2 that are gone" in grade("release", "--to", pack)[1]
    assert not (pack / "exercises/parcels/weights.csv").exists()
    work = pack / "exercises/parcels/parcels.py"
    work.write_text("mine = True\n")
    code, said = grade("release", "--to", pack)
    assert code != 0
    assert "`exercises/parcels/parcels.py` changed" in said
    assert work.read_text() == "mine = True\n"


def test_another_folder_is_never_written_into(course, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home/letter.txt").write_text("Dear")
    code, said = grade("release", "--to", tmp_path / "home")
    assert code != 0
    assert "is no pack" in said
    assert files_in(tmp_path / "home") == {"letter.txt": b"Dear"}


@pytest.mark.parametrize("place", ["README.md", "parcels.py", "notes/more.txt"])
def test_text_of_a_hidden_test_is_found_anywhere(course, tmp_path, place):
    path = course / "exercises/parcels" / place
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"\n    ".join([b"Something else", *TEST.splitlines()[8:14]]))
    if place == "README.md":
        path.write_bytes((SOUND / "exercises/parcels/README.md").read_bytes() + path.read_bytes())
    grade("starters", "exercises")
    code, said = grade("release", "--to", tmp_path / "pack")
    assert code != 0
    assert f"exercises/parcels/{place}:" in said
    assert "solutions/parcels/hidden/test_parcels_hidden.py" in said
    assert not (tmp_path / "pack").exists()


REFERENCE = HIDDEN["parcels/parcels.py"]
DISGUISED = b"""# My own work.
from enum import Enum

LITTLE=100

class TooOdd(Exception):
  '''Odd.'''

def price_of(
  g
):
  # first the odd ones
  if g<1:
    raise TooOdd( f"{g} g is no weight" )
  if g<=LITTLE: return 2
  return 5
"""


@pytest.mark.parametrize(
    "content",
    [
        REFERENCE,
        HIDDEN["parcels/sound/looks_up_bands.py"],
        REFERENCE.replace(b"<= LIGHT", b"< LIGHT"),
        DISGUISED,
        b"def first() -> int:\n    return 1\n\n\n" + REFERENCE + b"\n\ndef last():\n    pass\n",
    ],
    ids=["reference", "sound", "faulty", "disguised", "within"],
)
@pytest.mark.parametrize("listed", [False, True], ids=["left there", "taken for the starter"])
def test_a_solved_starter_is_never_released(course, tmp_path, content, listed):
    (course / "exercises/parcels/parcels.py").write_bytes(content)
    if listed:
        grade("starters", "exercises")
    code, said = grade("release", "--to", tmp_path / "pack")
    assert code != 0
    assert "exercises/parcels/parcels.py" in said
    assert "`grade starters`" in said
    assert ("solutions/parcels/" in said) == listed
    assert not (tmp_path / "pack").exists()


def test_solved_tests_and_given_files_are_never_released(course, tmp_path):
    reference = HIDDEN["parcels/test_parcels.py"]
    for name, content in (("test_parcels.py", reference), ("data/old.py", DISGUISED)):
        path = course / "exercises/parcels" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    grade("starters", "exercises")
    code, said = grade("release", "--to", tmp_path / "pack")
    assert code != 0
    assert "exercises/parcels/test_parcels.py holds a program" in said
    assert "exercises/parcels/data/old.py holds a program" in said
    assert not (tmp_path / "pack").exists()


def test_a_program_that_is_given_to_be_mended_is_public_and_its_cure_is_not():
    given = (
        b"def f(a, b):\n    c = a + b\n    d = c * 2\n    e = d - a\n    return max(c, d, e, a)\n"
    )
    mended = given.replace(b"max(c, d, e, a)", b"min(c, d, e, a)")
    hidden = {"x/f.py": mended, "x/faulty.toml (as_it_was_given, f.py)": given}
    public = {"x": [given]}
    assert not list(solved({"exercises/x/f.py": given}, hidden, public))
    assert list(solved({"exercises/x/f.py": mended}, hidden, public))
    assert list(solved({"exercises/x/f.py": given}, hidden, {}))


@pytest.mark.parametrize(
    ("name", "listed", "cure"),
    [
        ("notes.txt", False, "delete it, or list it by `grade starters`"),
        ("answers.toml", True, "holds somebody's answers; delete it"),
        ("parcels.py~", True, "was left behind"),
        ("parcels.py.orig", True, "was left behind"),
        ("history/1.txt", True, "was left behind"),
        (".grader/state.json", False, "exercises/parcels/.grader was left behind"),
        ("__pycache__/parcels.cpython-311.pyc", False, "exercises/parcels/__pycache__ was left"),
        (".ipynb_checkpoints/a.py", False, ".ipynb_checkpoints was left behind"),
    ],
)
def test_what_somebody_left_is_never_released(course, tmp_path, name, listed, cure):
    path = course / "exercises/parcels" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine = 1\n")
    if listed:
        grade("starters", "exercises")
    code, said = grade("release", "--to", tmp_path / "pack")
    assert code != 0
    assert cure in said
    assert "Nothing was written" in said
    assert not (tmp_path / "pack").exists()


def test_every_change_is_named_at_once(course, tmp_path):
    (course / "exercises/parcels/examples/test_examples.py").write_text("")
    (course / "exercises/parcels/test_parcels.py").write_text("mine = 1\n")
    _, said = grade("release", "--to", tmp_path / "pack")
    assert "examples/test_examples.py isn't the file that is given any more" in said
    assert "test_parcels.py isn't the starter any more" in said
    (course / "exercises/starters.json").unlink()
    code, said = grade("release", "--to", tmp_path / "pack")
    assert code != 0
    assert "starters.json doesn't list parcels; run `grade starters`" in said
    assert not (tmp_path / "pack").exists()


def test_notebooks_are_released_as_they_are_made(course, tmp_path):
    assert grade("notebooks")[0] == 0
    assert grade("release", "--to", tmp_path / "pack")[0] == 0
    pack = files_in(tmp_path / "pack")
    assert {"notebooks/start-here.ipynb", "notebooks/parcels.ipynb"} <= set(pack)
    path = course / "notebooks/parcels.ipynb"
    book = json.loads(path.read_bytes())
    output = {"output_type": "stream", "name": "stdout", "text": ["/home/somebody/course\n"]}
    next(one for one in book["cells"] if one["cell_type"] == "code")["outputs"] = [output]
    path.write_text(json.dumps(book))
    code, said = grade("release", "--to", tmp_path / "second")
    assert code != 0
    assert "notebooks/parcels.ipynb isn't as it is made" in said
    assert "`grade notebooks --replace`" in said
    path.unlink()
    assert "isn't there; run `grade notebooks`" in grade("release", "--to", tmp_path / "second")[1]
    assert not (tmp_path / "second").exists()


def zipped(name, content):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, content)
    return made.getvalue()


def tarred(name, content):
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        info = tarfile.TarInfo(name)
        info.size = len(content)
        archive.addfile(info, io.BytesIO(content))
    return made.getvalue()


def notebook(content):
    cell = {"cell_type": "code", "source": content.decode().splitlines(keepends=True)}
    return json.dumps({"cells": [cell]}).encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", TEST),
        ("a.txt", TEST.replace(b"    ", b"\t").replace(b"\n", b"\r\n")),
        ("a.whl", zipped("grader/x.py", TEST)),
        ("a.whl", zipped("b.zip", zipped("x.py", TEST))),
        ("clone.tar.gz", tarred("x.py", TEST)),
        ("a.ipynb", notebook(TEST)),
        ("a.bin", HIDDEN["parcels/feedback.toml"]),
    ],
    ids=["as it is", "indented", "wheel", "zip in a wheel", "tar", "notebook", "whole and short"],
)
def test_no_packing_hides_a_hidden_file(name, content):
    assert list(leaks({name: content}, HIDDEN, {}))


def test_what_a_starter_shares_with_the_reference_is_public():
    shared = b"\n".join(HIDDEN["parcels/parcels.py"].splitlines()[5:])
    assert list(leaks({"parcels.py": shared}, HIDDEN, {}))
    assert not list(leaks({"parcels.py": shared}, HIDDEN, {"parcels.py": shared}))


def test_the_wheel_is_the_same_each_time_and_holds_the_command():
    name, content = make_wheel()
    assert make_wheel() == (name, content)
    with zipfile.ZipFile(io.BytesIO(content)) as wheel:
        assert "grader/cli/main.py" in wheel.namelist()
        about = next(one for one in wheel.namelist() if one.endswith("entry_points.txt"))
        assert b"grade = grader.cli:main" in wheel.read(about)


def test_the_wheel_holds_what_jupyterlab_looks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert {name.removeprefix("grader/"): there for name, there in shared.items()} == SHARED
    name, content = make_wheel()
    data = f"{name.removesuffix('-py3-none-any.whl')}.data/data"
    with zipfile.ZipFile(io.BytesIO(content)) as wheel:
        names = wheel.namelist()
    for there in SHARED.values():
        assert any(one.startswith(f"{data}/{there}") for one in names)
    assert f"{data}/share/jupyter/labextensions/apprentice-grader/package.json" in names


@pytest.mark.slow
def test_pip_installs_the_wheel(tmp_path):
    name, content = make_wheel()
    (tmp_path / name).write_bytes(content)
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index"]
    target = tmp_path / "there"
    subprocess.run([*command, "--target", target, tmp_path / name], check=True)
    code = "import grader; print(grader.__file__); from grader.cli.main import cli; cli(['--help'])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(target)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith(str(target))
    assert "Grade practice exercises" in done.stdout
