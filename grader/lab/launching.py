"""Starts JupyterLab on a course with settings of its own, which lie in `.grader/lab/`.

The user's own Jupyter settings are neither read nor changed: somebody else's extension, password
or kernel can't break the course, and the course changes nothing elsewhere. Settings that an
apprentice makes in this Lab (the theme, say) are kept with the course.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from grader.catalogue import Exercise
from grader.errors import GraderError
from grader.lab.notebooks import FOLDER, START, build, save
from grader.lab.server import MODULE
from grader.workspace import Workspace
from grader.workspace.place import write_whole
from grader.workspace.progress import next_to_do, standings
from grader.workspace.resetting import keep_pristine

LABEXTENSIONS = Path(__file__).parent / "labextensions"
AUTOSAVE = 5
_PAGE = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}
# -P: a kernel starts in the folder of its notebook, and imports nothing from there to start.
_KERNEL = {
    "argv": [sys.executable, "-P", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    "display_name": "Python 3 (ipykernel)",
    "language": "python",
    "metadata": {"debugger": True},
}
_SETTINGS = {"@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": AUTOSAVE}}


def prepare(workspace: Workspace, exercises: Sequence[Exercise]) -> list[str]:
    """Write settings and missing notebooks; sentences on what could not be done."""
    config = workspace.folder / "lab" / "config" / "labconfig"
    write_whole(config / "page_config.json", json.dumps(_PAGE).encode())
    write_whole(config / "default_setting_overrides.json", json.dumps(_SETTINGS).encode())
    kernel = workspace.folder / "lab" / "data" / "kernels" / "python3" / "kernel.json"
    write_whole(kernel, json.dumps(_KERNEL).encode())
    keep_pristine(workspace, exercises)
    folder = workspace.folder.parent / FOLDER
    names = [START, *(one.id for one in exercises)]
    if all((folder / f"{name}.ipynb").exists() for name in names):
        return []
    try:
        save(workspace, [one for one in build(workspace, exercises) if one.current is None])
    except GraderError as error:
        return [str(error)]
    return []


def first_page(workspace: Workspace, exercises: Sequence[Exercise]) -> str:
    """What to open: the notebook of what was begun; at first the start page; "" without either."""
    following = next_to_do(standings(workspace, exercises))
    name = following.exercise.id if following is not None and following.begun else START
    path = f"{FOLDER}/{name}.ipynb"
    return path if (workspace.folder.parent / path).is_file() else ""


def command(root: Path, page: str, *, port: int | None, browser: bool) -> list[str]:
    """The words that start JupyterLab."""
    words = [sys.executable, "-P", "-m", "jupyterlab", f"--ServerApp.root_dir={root}"]
    words += [f"--ServerApp.jpserver_extensions={MODULE}=True"]
    words += [f"--LabApp.extra_labextensions_path={LABEXTENSIONS}"]
    if page:
        words.append(f"--LabApp.default_url=/lab/tree/{page}")
    if port is not None:
        words.append(f"--ServerApp.port={port}")
    return words if browser else [*words, "--no-browser"]


def surroundings(workspace: Workspace, environ: Mapping[str, str]) -> dict[str, str]:
    """The environment in which all of Jupyter's own folders are the course's."""
    home = workspace.folder / "lab"
    return {
        **environ,
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
    }


def become(words: Sequence[str], environ: Mapping[str, str], folder: Path) -> None:
    """Turn this process into JupyterLab: its signals and exit code are then Lab's own."""
    os.chdir(folder)
    sys.stdout.flush()
    os.execvpe(words[0], list(words), dict(environ))
