CREATE TABLE gauge (name TEXT, top REAL);
INSERT INTO gauge VALUES ('Weir', 3.2), ('Ford', 2.0);
