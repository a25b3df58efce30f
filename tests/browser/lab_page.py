"""What a person does in JupyterLab, as steps: open, type, run, check, look."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
ID = "price-a-journey"
MARK = f"{ID}/fares.py"
RIGHT = (ROOT / "solutions" / ID / "fares.py").read_text()
WRONG = RIGHT.replace("(adult + 1) // 2", "adult // 2")
SENTENCE = "Half a penny is not dropped: the child pays the next whole penny."

_KERNEL = """() => {
  const panel = jupyterapp.shell.widgets('main').find(one => one.sessionContext);
  const kernel = panel && panel.sessionContext.session && panel.sessionContext.session.kernel;
  return kernel && kernel.connectionStatus === 'connected' && kernel.status === 'idle';
}"""
_SAVED = """() => [...jupyterapp.shell.widgets('main')].every(
  one => !one.context || !one.context.model || !one.context.model.dirty)"""


class LabPage:
    """One page of JupyterLab on the course in `root`."""

    def __init__(self, page, root):
        self.page = page
        self.root = root
        self.fares = root / "exercises" / ID / "fares.py"

    def wait_until_ready(self):
        self.page.locator(".ws-sidebar .ws-card").wait_for()
        self.page.wait_for_function("() => window.jupyterapp")
        self.page.evaluate("() => jupyterapp.restored")

    @property
    def report(self):
        return self.page.frame_locator("iframe.ws-frame")

    def entry(self, exercise=ID):
        return self.page.locator(f'details[data-exercise="{exercise}"]')

    def bar(self, code):
        return self.page.locator(f'li[data-ksb="{code}"] .ws-count').inner_text()

    def open_entry(self):
        if self.entry().get_attribute("open") is None:
            self.entry().locator("summary").click()

    def open_notebook(self):
        """From the sidebar, until its kernel can take a run."""
        self.open_entry()
        self.entry().get_by_role("button", name="Open the notebook").click()
        self.page.locator(".jp-NotebookPanel .ws-check").wait_for()
        self.page.wait_for_function(_KERNEL)

    def open_file(self, name="fares.py"):
        self.open_entry()
        self.entry().get_by_role("button", name=name, exact=True).click()
        self.page.locator(".jp-FileEditor .cm-content").wait_for()
        self.page.locator(".ws-check:visible").first.wait_for()

    def cell(self, mark=MARK):
        return self.page.locator(".jp-CodeCell", has_text=f"%%workfile {mark}").first

    def type_into_cell(self, text, mark=MARK):
        content = self.cell(mark).locator(".cm-content")
        content.scroll_into_view_if_needed()
        content.click()
        self._replace(f"%%workfile {mark}\n{text}")

    def type_into_file(self, text):
        self.page.locator(".jp-FileEditor .cm-content").click()
        self._replace(text)

    def _replace(self, text):
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def run_cell(self):
        self.page.keyboard.press("Control+Enter")

    def press_check(self):
        self.page.locator(".ws-check:visible").first.click()

    def found(self, state="report"):
        """Wait for what a check came to; its status."""
        self.page.locator(f'.ws-report[data-state="{state}"]').wait_for(timeout=60_000)
        return self.page.locator(".ws-report").get_attribute("data-status")

    def check(self):
        """Press Check and wait for a new report."""
        self.page.evaluate(
            "() => document.querySelector('.ws-report')?.setAttribute('data-state', '')"
        )
        self.press_check()
        return self.found()

    def theme(self, name):
        self.page.evaluate(
            "name => jupyterapp.commands.execute('apputils:change-theme', { theme: name })", name
        )
        light = "true" if "Light" in name else "false"
        self.page.locator(f'body[data-jp-theme-light="{light}"]').wait_for(state="attached")
