CREATE TABLE gauges (name TEXT);
