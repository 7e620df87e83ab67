-- The state after the days in day_rows, one row per customer.
SELECT
  customer,
  coalesce(min(day) FILTER (purchases > 0), 2147483647) AS first_day,
  coalesce(max(day) FILTER (purchases > 0), -2147483648) AS last_day,
  CAST(count(*) FILTER (purchases > 0) AS BIGINT) AS n_days,
  CAST(coalesce(sum(greatest(gross - returned, 0)) FILTER (purchases > 0), 0) AS BIGINT) AS sum_value,
  coalesce(arg_min(greatest(gross - returned, 0), day) FILTER (purchases > 0), 0) AS first_day_value,
  CAST(sum(gross) AS BIGINT) AS gross_value,
  CAST(sum(returned) AS BIGINT) AS returned_value,
  min(day) AS seen_from,
  max(day) AS seen_to
FROM $day_rows
GROUP BY customer
