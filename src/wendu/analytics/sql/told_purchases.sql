-- What a database tells of purchases, in the types of transactions; asked: customer, day as a date, amount, whatever else.
SELECT
  CAST(customer AS BIGINT) AS customer,
  CAST(on_day AS DATE) - DATE '0001-01-01' + 1 AS day,
  coalesce(CAST(amount AS BIGINT), 0) AS amount
FROM $asked AS told (customer, on_day, amount)
