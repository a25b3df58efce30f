-- name: gauges
CREATE TABLE gauge (
    name TEXT PRIMARY KEY,
    top REAL NOT NULL CHECK (top > 0) -- metres
);
INSERT INTO gauge VALUES ('Weir', 3.2), ('Ford', 2.0);
