drop view awaiting_tutor;
drop view test_outcome;
drop view check_outcome;
drop view standing;

create table attempt_by_arrival (
    -- One hand-in of one exercise. Never altered and never replaced; a repeated one is found again.
    -- The ids grow in the order of arrival: that order, and no clock, says which is the latest.
    id integer primary key,
    apprentice text not null references apprentice (id) on delete cascade,
    exercise text not null,         -- the exercise's id
    mode text not null check (mode in ('practice', 'assessed')),
    seen_at text not null,          -- UTC, ISO 8601: when it was first seen here
    handed_in_at text not null,     -- UTC, ISO 8601: as the tutor says, else when it was first seen
    claimed_at text,                -- UTC, ISO 8601: what the hand-in says of itself, if anything
    work text not null references work (digest),
    seed_attempt integer not null check (seed_attempt > 0), -- the number that chose data and questions
    help text not null default 'none' check (help in ('none', 'hint', 'peer', 'tutor'))
) strict;

-- Until now the time of a hand-in was the one that it claimed, and when it was seen was not kept:
-- its first grading is the nearest to that.
insert into attempt_by_arrival
    (id, apprentice, exercise, mode, seen_at, handed_in_at, claimed_at, work, seed_attempt, help)
    select id, apprentice, exercise, mode,
        coalesce((select min(r.graded_at) from result as r where r.attempt = a.id), a.handed_in_at),
        handed_in_at, handed_in_at, work, seed_attempt, help
    from attempt as a order by id;

drop table attempt;
alter table attempt_by_arrival rename to attempt;
create index attempts_of_apprentice on attempt (apprentice, exercise);

create view standing as
    -- One line for each apprentice and exercise: the hand-in that arrived last beside the best one.
    with graded as (
        select a.apprentice, a.exercise, a.mode, a.handed_in_at, r.status, r.points, r.points_max,
            case r.status when 'met' then 5 when 'partly' then 4 when 'not-yet' then 3
                when 'must-failed' then 2 when 'pending' then 1 else 0 end as rank,
            row_number() over (partition by a.apprentice, a.exercise, a.mode
                order by a.id desc) as newest,
            count(*) over (partition by a.apprentice, a.exercise, a.mode) as attempts
        from attempt as a join result as r on r.attempt = a.id and r.state = 'current'
    )
    select apprentice, exercise, mode, attempts,
        max(case when newest = 1 then status end) as latest_status,
        max(case when newest = 1 then handed_in_at end) as latest_handed_in_at,
        max(case when newest = 1 then points end) as latest_points,
        max(points_max) as points_max,
        max(points) as best_points,
        max(rank) > max(case when newest = 1 then rank end) as slipped
    from graded group by apprentice, exercise, mode;

create view check_outcome as
    -- One line for each check of each current result.
    select a.apprentice, a.exercise, a.mode, a.handed_in_at,
        json_extract(c.value, '$.name') as "check",
        json_extract(c.value, '$.outcome') as outcome,
        json_extract(c.value, '$.trust') as trust,
        json_extract(c.value, '$.points') as points,
        json_extract(c.value, '$.points_max') as points_max
    from attempt as a join result as r on r.attempt = a.id and r.state = 'current',
        json_each(r.report, '$.checks') as c;

create view test_outcome as
    -- One line for each test, variant, question or criterion of each current result.
    select a.apprentice, a.exercise, a.mode, a.handed_in_at,
        json_extract(c.value, '$.name') as "check",
        json_extract(i.value, '$.id') as test,
        json_extract(i.value, '$.sentence') as sentence,
        json_extract(i.value, '$.outcome') as outcome
    from attempt as a join result as r on r.attempt = a.id and r.state = 'current',
        json_each(r.report, '$.checks') as c, json_each(c.value, '$.items') as i;

create view awaiting_tutor as
    -- What a person has yet to judge, oldest hand-in first.
    select apprentice, exercise, handed_in_at, test as criterion, sentence
    from test_outcome where outcome = 'pending' and mode = 'assessed'
    order by handed_in_at, apprentice, exercise, criterion;
