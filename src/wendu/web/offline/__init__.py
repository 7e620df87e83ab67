"""The app on a phone: what makes it installable, what is served without a connection, and touches sent later."""
