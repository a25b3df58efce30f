"""The workshop's part of JupyterLab that runs in its server: `jpserver_extensions` names it."""

from __future__ import annotations

from typing import Any

MODULE = "grader.lab.server"


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": MODULE}]


def _load_jupyter_server_extension(server: Any) -> None:
    from grader.lab.server.handlers import add_to

    add_to(server)
