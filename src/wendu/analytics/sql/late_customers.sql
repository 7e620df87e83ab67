-- Customers of batch whose days there do not lie wholly before or after those in state.
SELECT customer
FROM $state AS known JOIN $batch AS arriving USING (customer)
WHERE known.seen_to >= arriving.seen_from AND arriving.seen_to >= known.seen_from
