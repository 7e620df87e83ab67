"""The words of `wendu user`."""

from typing import Annotated

import typer

users = typer.Typer(no_args_is_help=True, help="用户 / The people who log in.")

Who = Annotated[str, typer.Argument(help="登录名或姓名 / login or full name")]
RoleWord = Annotated[str, typer.Option(help="rep | manager | service | marketing | executive | admin")]


@users.command()
def add(  # noqa: PLR0917  the command line passes them by name
    login: Annotated[str, typer.Argument(help="登录名 / login")],
    name: Annotated[str, typer.Option(help="姓名 / full name")] = "",
    role: RoleWord = "rep",
    team: Annotated[str, typer.Option(help="团队名 / name of the team")] = "",
    email: Annotated[str, typer.Option(help="邮箱 / e-mail")] = "",
    password: Annotated[bool, typer.Option("--password", help="现在就设密码 / set a password now")] = False,  # noqa: FBT002
) -> None:
    """新增用户。/ Let a colleague in."""
    _start()
    from wendu.ops.users import add_user

    add_user(login, full_name=name, role=role, team=team, email=email, wants_password=password)


@users.command()
def password(user: Who) -> None:
    """设新密码（可从管道读一行）。/ Set a password (or read it from a pipe)."""
    _start()
    from wendu.ops.users import change_password

    change_password(user)


@users.command()
def role(user: Who, to: Annotated[str, typer.Argument(help="rep | manager | service | … ")]) -> None:
    """换角色。/ Give another role."""
    _start()
    from wendu.ops.users import change_role

    change_role(user, to)


@users.command()
def deactivate(user: Who) -> None:
    """停用登录，做过的事都留着。/ Close a login; what was done stays."""
    _start()
    from wendu.ops.users import close_login

    close_login(user)


@users.command(name="list")
def list_() -> None:
    """列出所有人。/ List everyone."""
    _start()
    from wendu.ops.users import list_users

    list_users()


def _start() -> None:
    from wendu.ops.setup import start_django

    start_django()
