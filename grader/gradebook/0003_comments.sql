create table comment (
    -- What a tutor says to an apprentice: it stands on their page and in the JSON report.
    id integer primary key,
    apprentice text not null references apprentice (id) on delete cascade,
    by text not null,               -- the tutor's role or pseudonym
    at text not null,               -- UTC, ISO 8601
    text text not null              -- in the tutor's words
) strict;

create index comments_of_apprentice on comment (apprentice);
