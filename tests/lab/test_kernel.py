"""A real kernel, as JupyterLab starts it: notebooks run, and programs stop in their files."""

from __future__ import annotations

import queue
import time

import nbformat
import pytest

from .conftest import ROOT, make_course

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
BOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MARK = "price-a-journey/fares.py"
PROGRAM = f"%%workfile {MARK}\ndef price(zones, age, tariff):\n    found = zones + age\n"
STOPPING = PROGRAM + "    breakpoint()\n    return found\n"


@pytest.fixture
def jupyter(tmp_path, monkeypatch):
    """Jupyter's and IPython's own folders are elsewhere."""
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_top_to_bottom(path, tmp_path, jupyter):
    from nbclient import NotebookClient

    names = [one.stem for one in BOOKS if one.stem != "start-here"]
    exercises = make_course(tmp_path / "course", *names)
    folder = tmp_path / "course" / "notebooks"
    folder.mkdir()
    before = {one: one.read_bytes() for one in exercises.rglob("*.py")}
    book = nbformat.read(path, as_version=4)
    NotebookClient(book, timeout=300, resources={"metadata": {"path": str(folder)}}).execute()
    said = "".join(
        str(output.get("text", "")) + str(output.get("data", ""))
        for cell in book.cells
        for output in cell.get("outputs", ())
    )
    assert "Traceback" not in said
    assert "not started" in said
    assert before == {one: one.read_bytes() for one in before}


class Kernel:
    """Runs cells as a notebook does, and answers when it is asked."""

    def __init__(self, folder):
        from jupyter_client.manager import start_new_kernel

        self.manager, self.client = start_new_kernel(kernel_name="python3", cwd=str(folder))

    def run(self, text, answers=()):
        waiting = list(answers)
        id_ = self.client.execute(text, allow_stdin=bool(answers))
        said, end = [], time.monotonic() + 120
        while time.monotonic() < end:
            if waiting:
                try:
                    asked = self.client.get_stdin_msg(timeout=0.05)
                except queue.Empty:
                    pass
                else:
                    said.append(asked["content"]["prompt"])
                    self.client.input(waiting.pop(0))
            try:
                message = self.client.get_iopub_msg(timeout=0.1)
            except queue.Empty:
                continue
            if message["parent_header"].get("msg_id") != id_:
                continue
            content = message["content"]
            said.append(content.get("text") or content.get("data", {}).get("text/plain", ""))
            said.append("\n".join(content.get("traceback", ())))
            if content.get("execution_state") == "idle":
                return "\n".join(said)
        raise AssertionError("the kernel did not become idle: " + "\n".join(said))

    def reply(self, text):
        id_ = self.client.execute(text)
        while True:
            message = self.client.get_shell_msg(timeout=60)
            if message["parent_header"].get("msg_id") == id_:
                return message["content"]

    def debug(self, command, **arguments):
        self.seq = getattr(self, "seq", 0) + 1
        message = self.client.session.msg(
            "debug_request",
            {"type": "request", "seq": self.seq, "command": command, "arguments": arguments},
        )
        self.client.control_channel.send(message)
        while True:
            answer = self.client.get_control_msg(timeout=60)
            if answer["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                return answer["content"]

    def stopped(self):
        while True:
            message = self.client.get_iopub_msg(timeout=60)
            if message["msg_type"] == "debug_event" and message["content"]["event"] == "stopped":
                return message["content"]["body"]

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@pytest.fixture
def kernel(course, jupyter):
    made = Kernel(course.parent)
    yield made
    made.close()


def test_breakpoint_is_ignored_by_a_bare_kernel_and_stops_with_ours(kernel):
    bare = kernel.run("def f():\n    breakpoint()\n    return 1\nf()", answers=["c"])
    assert "ipdb" not in bare
    kernel.run("%load_ext grader")
    kernel.run(STOPPING)
    said = kernel.run("price(1, 2, [])", answers=["p found", "c"])
    assert "ipdb>" in said
    assert "fares.py" in said
    assert "3" in said
    assert "passed over" in kernel.run("price(1, 2, [])")


def test_conflict_take_and_check(kernel, fares):
    kernel.run("%load_ext grader")
    assert "Written to" in kernel.run(PROGRAM + "    return found\n")
    fares.write_text("def price(*_):\n    return 7\n")
    assert "nothing was written" in kernel.run(PROGRAM + "    return -found\n")
    payload = kernel.reply("%take file")["payload"]
    assert [(one["source"], one["replace"]) for one in payload] == [("set_next_input", True)]
    assert payload[0]["text"] == f"%%workfile {MARK}\n{fares.read_text().rstrip()}"
    assert "7" in kernel.run("price(1)")
    began = time.perf_counter()
    said = kernel.run("%check")
    print(f"check round trip: {time.perf_counter() - began:.1f} s")
    assert "clause" in said


def test_a_check_can_be_interrupted(kernel):
    kernel.run("%load_ext grader")
    id_ = kernel.client.execute("%check price-a-journey")
    said = ""
    while "Checking" not in said:
        said = str(kernel.client.get_iopub_msg(timeout=60)["content"])
    kernel.manager.interrupt_kernel()
    while "Stopped." not in said:
        message = kernel.client.get_iopub_msg(timeout=60)
        assert (
            message["content"].get("execution_state") != "idle"
            or message["parent_header"].get("msg_id") != id_
        ), "it ended and did not say that it was stopped"
        said = str(message["content"])
    assert "not started" in kernel.run("%progress")


def test_a_breakpoint_of_jupyterlabs_debugger_binds_in_the_file(kernel, fares):
    kernel.run("%load_ext grader")
    kernel.run(PROGRAM + "    return found\n")
    kernel.debug("initialize", clientID="test", adapterID="", pathFormat="path")
    assert kernel.debug("attach")["success"]
    path = str(fares.resolve())
    answer = kernel.debug("setBreakpoints", source={"path": path}, breakpoints=[{"line": 3}])
    assert answer["body"]["breakpoints"][0]["verified"]
    kernel.debug("configurationDone")
    kernel.client.execute("price(1, 2, [])")
    stopped = kernel.stopped()
    frames = kernel.debug("stackTrace", threadId=stopped["threadId"])["body"]["stackFrames"]
    assert (frames[0]["source"]["path"], frames[0]["line"]) == (path, 3)
    kernel.debug("continue", threadId=stopped["threadId"])
    # `breakpoint()` in the file stops in the same debugger, in the learner's frame.
    kernel.debug("setBreakpoints", source={"path": path}, breakpoints=[])
    kernel.client.execute(STOPPING)
    kernel.client.execute("price(1, 2, [])")
    stopped = kernel.stopped()
    frames = kernel.debug("stackTrace", threadId=stopped["threadId"])["body"]["stackFrames"]
    assert (frames[0]["source"]["path"], frames[0]["line"]) == (path, 4)
    kernel.debug("continue", threadId=stopped["threadId"])
