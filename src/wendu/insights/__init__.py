"""The one room that may run `wendu.analytics` on the organisation's records; empty until the first forecast."""
