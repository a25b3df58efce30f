"""What can go wrong, named by who must act; turned into words only at the front doors."""


class GraderError(Exception):
    """Anything raised on purpose; its text is a plain sentence that says what to do."""


class SubmissionError(GraderError):
    """The learner must act: the work can't be read or isn't where it is looked for."""


class ExerciseError(GraderError):
    """The author must act: an exercise is malformed or its hidden suite can't run.

    `problems` holds one line per fault, so that all faults of a file are reported at once.
    """

    def __init__(self, message: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__(message if not problems else "\n".join((message, *problems)))
        self.problems = problems


class SandboxError(GraderError):
    """The operator must act: the machine can't give the isolation that was asked for."""


class UsageError(GraderError):
    """The command was called in a way that makes no sense; the text says how to call it."""
