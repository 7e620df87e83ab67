-- One row per customer and day. transactions: customer, day (a whole number), amount (minor units, below 0 a return).
SELECT
  customer,
  CAST(day AS BIGINT) AS day,
  CAST(count(*) FILTER (amount >= 0) AS BIGINT) AS purchases,
  CAST(coalesce(sum(amount) FILTER (amount >= 0), 0) AS BIGINT) AS gross,
  CAST(coalesce(-sum(amount) FILTER (amount < 0), 0) AS BIGINT) AS returned
FROM $transactions
GROUP BY ALL
