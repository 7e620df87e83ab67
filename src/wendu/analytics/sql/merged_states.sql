-- Two states as one, where their days do not overlap for any customer.
SELECT
  customer,
  min(first_day) AS first_day,
  max(last_day) AS last_day,
  CAST(sum(n_days) AS BIGINT) AS n_days,
  CAST(sum(sum_value) AS BIGINT) AS sum_value,
  arg_min(first_day_value, first_day) AS first_day_value,
  CAST(sum(gross_value) AS BIGINT) AS gross_value,
  CAST(sum(returned_value) AS BIGINT) AS returned_value,
  min(seen_from) AS seen_from,
  max(seen_to) AS seen_to
FROM (FROM $state UNION ALL BY NAME FROM $batch)
GROUP BY customer
