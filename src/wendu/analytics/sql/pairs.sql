-- The frequencies and ages in days that occur, as of day on.
SELECT DISTINCT n_days - 1 AS frequency, greatest(last_day, $on) - first_day AS age
FROM $state
WHERE n_days > 0
ORDER BY ALL
