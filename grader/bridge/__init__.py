"""The trust boundary: a trusted examiner asks an untrusted candidate."""

from grader.bridge.examiner import Examiner, Run
from grader.bridge.modules import module_names
from grader.bridge.records import Examined, Marks, TestRecord
from grader.bridge.session import Deadlines

__all__ = ["Deadlines", "Examined", "Examiner", "Marks", "Run", "TestRecord", "module_names"]
