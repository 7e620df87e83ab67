"""The scratch a backup is unpacked in is a database Django's tests do not know, and would forbid."""

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

from wendu.backups.scratch import ALIAS


@pytest.fixture
def scratch(transactional_db, monkeypatch):
    forbidding = BaseDatabaseWrapper.ensure_connection

    def ensure_connection(self):
        if self.alias != ALIAS:
            forbidding(self)
        elif self.connection is None:
            with self.wrap_database_errors:
                self.connect()

    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", ensure_connection)
