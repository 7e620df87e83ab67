-- Put changed rows of a state in place of the old ones, all or none.
BEGIN;
DELETE FROM $state WHERE customer IN (SELECT customer FROM $changed);
INSERT INTO $state BY NAME FROM $changed;
COMMIT;
