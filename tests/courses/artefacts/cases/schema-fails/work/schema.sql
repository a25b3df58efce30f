CREATE TABLE gauge (name TEXT, top REAL);

INSRT INTO gauge VALUES (1, 2);
