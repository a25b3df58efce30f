-- Work was kept as it was read until now; from here on it is kept byte for byte as it was handed in.
alter table work add column as_handed_in integer not null default 0 check (as_handed_in in (0, 1));
