"""The playbooks this organisation published, on top of the one that comes with the product."""
