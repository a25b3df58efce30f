"""How graded work becomes a level for each KSB. Pure: records, rules and a date in, levels out.

Records. One record says what one check of one attempt shows of one KSB. Points belong to
behaviours, and a behaviour has its points only if all its tests passed. No tag, no evidence.
Examples are practice only. A broken check is never the learner's fault and has no effect.

An attempt. For each KSB the first that fits: *void*; *must failed* (a must-have that blocks this
KSB failed; points never outweigh it); *met* (at least 80 % of the KSB's points, and the threshold
of every check that carries this KSB held; where fewer than three behaviours carry it, all of them
are needed); *partly* (at least 50 %); *not met*. Thresholds and must-haves of other KSBs affect
the exercise's status only.

Who vouches. What was measured inside the learner's own process is *reported*: it can hold an
outcome down and can't lift it, it closes no must-have, and where nothing else carries the KSB the
attempt decides nothing and is shown as "reported only".

An exercise. Practice never counts. Of the hand-ins the latest counts, with two exceptions: void
ones have no effect, and a *met* stands until a later hand-in of the exercise fails a must-have of
that KSB. A latest one that is worse than the best is flagged as slipped.

A level. Counts only, no averages. `no evidence yet`: nothing that decides was handed in.
`not met yet`: nothing is met or partly met. `emerging`: something is. `consistent`: met in two
exercises for two clients, one of them of difficulty 2 or 3, not by questions alone; for knowledge
applied at least once; for behaviours on two dates 30 days apart; the facets of the course's table
held; no open must-have; nothing disputed among what is needed. What only a person can judge needs
a tutor's judgement in each of these exercises. `confirmed`: consistent, and a tutor has talked
over one of these exercises with the apprentice when it was; one talk confirms every KSB that the
exercise carries.

Open must-haves. A failed one blocks `consistent` for its KSBs in the course's register, also for
those that the failing exercise doesn't carry. It closes when the same one is passed in a later
hand-in, of any exercise. One that wasn't reached does neither.

Beside the level. Stale (newest met older than 270 days, not counting breaks in learning), slipped,
disputed, reported only and awaiting tutor are shown and take nothing away by themselves. Facets
are our rule, not the standard's. Help that was used is information and never decides.
"""

from __future__ import annotations

from grader.evidence.attempts import (
    AttemptOutcome,
    Standing,
    Verdict,
    attempt_outcome,
    by_attempt,
    standings,
)
from grader.evidence.conversion import records_of
from grader.evidence.guidance import Offer, missing, next_exercise
from grader.evidence.levels import (
    FacetGap,
    LevelResult,
    Need,
    OpenMust,
    days_between,
    level,
    open_musts,
    rank,
)
from grader.evidence.records import Help, Kind, Mode, MustState, Record, State, Talk
from grader.evidence.rules import FacetRule, Rules, rules_from
from grader.evidence.skills import skill_result

__all__ = [
    "AttemptOutcome",
    "FacetGap",
    "FacetRule",
    "Help",
    "Kind",
    "LevelResult",
    "Mode",
    "MustState",
    "Need",
    "Offer",
    "OpenMust",
    "Record",
    "Rules",
    "Standing",
    "State",
    "Talk",
    "Verdict",
    "attempt_outcome",
    "by_attempt",
    "days_between",
    "level",
    "missing",
    "next_exercise",
    "open_musts",
    "rank",
    "records_of",
    "rules_from",
    "skill_result",
    "standings",
]
