create table apprentice (
    -- Somebody whose work is kept. Names and addresses live in the identity file, never here.
    id text primary key,            -- pseudonym, as in the identity file
    added_at text not null          -- UTC, ISO 8601
) strict;

create table work (
    -- What was handed in, once for each different content, so that a mark can be reproduced.
    digest text primary key,        -- "sha256:…" over names and contents
    files blob not null,            -- MessagePack {name: bytes}, compressed with zlib
    size integer not null           -- bytes before compression
) strict;

create table attempt (
    -- One hand-in of one exercise. Never altered and never replaced; a repeated one is found again.
    id integer primary key,
    apprentice text not null references apprentice (id) on delete cascade,
    exercise text not null,         -- the exercise's id
    mode text not null check (mode in ('practice', 'assessed')),
    handed_in_at text not null,     -- UTC, ISO 8601: from the manifest or from the tutor
    work text not null references work (digest),
    seed_attempt integer not null check (seed_attempt > 0), -- the attempt that chose data and questions
    help text not null default 'none' check (help in ('none', 'hint', 'peer', 'tutor')),
    unique (apprentice, exercise, mode, handed_in_at, work)
) strict;

create table result (
    -- What one grading of one attempt said. Gradings of the same attempt supersede each other.
    id integer primary key,
    attempt integer not null references attempt (id) on delete cascade,
    state text not null check (state in ('proposed', 'current', 'superseded')),
    graded_at text not null,        -- UTC, ISO 8601
    exercise_digest text not null,  -- "sha256:…" over the exercise and its solution
    grader text not null,           -- version of the grader
    isolation text not null,        -- the level in force: full, restricted, basic or none
    status text not null,           -- met, partly, not-yet, must-failed, not-started, pending, broken
    points integer not null,        -- of required checks
    points_max integer not null,
    seconds real not null,          -- wall time of the grading
    evidence text not null check (json_valid(evidence)), -- records for levels, made from the report
    report text not null check (json_valid(report)) -- the exercise's part of the JSON report, format 1
) strict;

create unique index one_current_result on result (attempt) where state = 'current';
create index results_of_attempt on result (attempt);
create index attempts_of_apprentice on attempt (apprentice, exercise);

create table judgement (
    -- What a tutor decided on one criterion of a rubric. A later one replaces an earlier one; both stay.
    id integer primary key,
    apprentice text not null references apprentice (id) on delete cascade,
    exercise text not null,
    work text not null,             -- digest of the work that was judged
    criterion text not null,        -- the criterion's id
    level text not null,            -- one of the criterion's own levels
    by text not null,               -- the tutor's role or pseudonym
    at text not null,               -- UTC, ISO 8601
    reason text not null            -- in the tutor's words
) strict;

create index judgements_of_apprentice on judgement (apprentice, exercise);

create table talk (
    -- An "explain your code" talk about one exercise: it confirms the exercise's KSBs at "consistent".
    id integer primary key,
    apprentice text not null references apprentice (id) on delete cascade,
    exercise text not null,
    held_on text not null,          -- date, ISO 8601
    by text not null,               -- the tutor's role or pseudonym
    note text not null
) strict;

create table audit (
    -- What was done to the record as a whole. Holds no pseudonym of anybody who was forgotten.
    id integer primary key,
    at text not null,               -- UTC, ISO 8601
    action text not null,           -- forget, accept, restore
    detail text not null            -- what was done, what is kept, why and until when
) strict;
