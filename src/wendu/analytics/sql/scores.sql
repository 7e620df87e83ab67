-- One row of answers per customer who has bought, as of day on. reach: what a living customer of this frequency and age
-- in days will buy. The formulas are those of beta_geometric and gamma_gamma.
SELECT
  customer,
  alive,
  alive * purchases AS purchases,
  alive * (1 - power(rate / (rate + $within), shape)) AS chance,
  rate * (exp(least(-ln(1 - $quantile) / shape, 500)) - 1) AS next_by,
  alive * discounted AS discounted,
  spend,
  alive * discounted * spend * $margin AS value
FROM (
  SELECT
    customer,
    purchases,
    discounted,
    $r + frequency AS shape,
    $alpha + age / $unit AS rate,
    CASE
      WHEN frequency = 0 AND $keeps = 1 THEN 1
      ELSE 1 / (1 + exp(least(
        ln($a) - ln(greatest($b + frequency - $keeps, 1e-300))
          + ($r + frequency) * ln(($alpha + age / $unit) / ($alpha + recency / $unit)), 700)))
    END AS alive,
    CASE
      WHEN frequency = 0 OR repeat_value <= 0 THEN $population
      WHEN $p * frequency + $q - 1 > 0 THEN $p * ($v + repeat_value) / ($p * frequency + $q - 1)
      ELSE repeat_value / frequency
    END AS spend
  FROM (
    SELECT
      customer,
      n_days - 1 AS frequency,
      last_day - first_day AS recency,
      greatest(last_day, $on) - first_day AS age,
      CAST(sum_value - first_day_value AS DOUBLE) AS repeat_value
    FROM $state
    WHERE n_days > 0
  ) JOIN $reach USING (frequency, age)
)
