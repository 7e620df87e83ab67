-- Customers with equal histories counted together, as of day on: all that a fit needs.
SELECT
  n_days - 1 AS frequency,
  last_day - first_day AS recency,
  greatest(last_day, $on) - first_day AS age,
  count(*) AS weight
FROM $state
WHERE n_days > 0
GROUP BY ALL
ORDER BY ALL
