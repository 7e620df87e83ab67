"""What can only be judged with the database at hand."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections


@register(Tags.database)
def database_role_is_modest(databases: Sequence[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """In production the PostgreSQL role must not be a superuser: one injected statement could then own the machine."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if settings.PRODUCTION and connection.vendor == "postgresql" and _is_superuser(connection):
            found.append(
                Error(
                    "DATABASE_URL: 数据库账号不能是超级用户 / the database role must not be a superuser",
                    hint="CREATE ROLE wendu LOGIN PASSWORD '...'; ALTER DATABASE ... OWNER TO wendu;",
                    id="wendu.E001",
                )
            )
    return found


def _is_superuser(connection: Any) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        row = cursor.fetchone()
    return bool(row and row[0])
