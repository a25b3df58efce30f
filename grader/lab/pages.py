"""The words of the notebooks that don't depend on one exercise."""

from __future__ import annotations

HOW = """\
## How this notebook works

- **Run the first code cell below** when you open the notebook, and after each restart of the
  kernel.
- A cell that begins with `%%workfile` stands for a file. Run it (Shift+Enter) and the file is
  written. **The file is what is graded**, so a cell that you have edited and not run doesn't count.
- You may just as well edit the file itself. If cell and file were both changed, nothing is written,
  both are shown, and you choose with `%take cell` or `%take file`. No text is lost: what is
  replaced is kept in `.grader/history`.
- `%check` grades your files, as often as you like. `%hint` gives one more hint each time.
"""

STUCK = """\
## Stuck?

1. Read the first sentence of the report again. It names one thing to mend.
2. Try that one case in a cell above, with values that you can work out on paper.
3. Look at the values inside: put `breakpoint()` into the work file, run its cell, and call your
   function. `n` goes to the next line, `p NAME` shows a value, `c` goes on. Take it out again.
4. Ask for a hint: take the `#` out of the next cell and run it. It is noted that you took one; that
   changes no result.
5. Ask your tutor, and say what you tried, what you expected and what you got.
"""

DEBUGGER = """\
## Look inside while it runs

You can stop a program at a line and look at its values. There are two ways; both stop in the
**file**, since a `%%workfile` cell is loaded from the file that it writes.

**With JupyterLab's debugger**

1. Run the `%%workfile` cell, so that the file is as you see it.
2. Press the bug button at the top right of the notebook (*Enable Debugger*). The debugger's panel
   opens at the right.
3. Stop in the file: write `breakpoint()` on the line before the one that interests you, run the
   `%%workfile` cell again, then call your function in another cell. The panel shows the line of the
   file under *Source*. You can also click left of a line number there to set a breakpoint.
4. Under *Variables* you see what each name holds at this moment. *Next* (F10) goes one line
   further, *Step In* (F11) goes into the function that is called, *Step Out* (Shift+F11) back to
   its caller, *Continue* (F9) on to the next breakpoint.
5. When you have seen enough: *Continue*, press the bug button again, and take `breakpoint()` out.

**With `pdb`, which is there wherever Python is**

Leave the bug button alone. Put `breakpoint()` in the file as above and call your function: the
program stops, and a line for typing appears below the cell.

| type | and it |
| --- | --- |
| `l` | shows the lines around |
| `n` | goes to the next line |
| `s` | steps into the function that is called |
| `p NAME` | shows what NAME holds |
| `w` | shows who called whom |
| `b 31` | sets a breakpoint at line 31 |
| `c` | goes on |
| `q` | gives up |

If a program has just ended with an error, `%debug` in a new cell looks at the place where it
happened.

A program that stops waits for you. Type `c` or `q` before you run another cell.
"""

START = """\
# Start here

This is a practice workshop: each exercise is a ticket of a client, and you write the program that
the ticket asks for. What you do here is practice and never counts as an assessment.

1. Run the two cells below. They show where you stand.
2. Open a notebook of the list, read the ticket, and write your program in its `%%workfile` cells.
3. Run `%check` whenever you like. It says what holds and names one thing to mend first.

You have no made-up id yet? Open a terminal (*File*, *New*, *Terminal*) and run `grade start`. Your
questions are picked by it, so do that before you answer any.
"""

CONFLICT = """\
## When a cell and its file differ

| what has changed since both were the same | what running the cell does |
| --- | --- |
| only the cell | the file is written |
| only the file | nothing; `%take file` brings its text into the notebook |
| both | nothing; you see the difference and choose `%take cell` or `%take file` |

The text that you don't choose is kept in `.grader/history`.
"""
