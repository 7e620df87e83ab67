"""Tags every page uses by the hundred, as Django has them but for what they work out anew each time.

An address differs from the next of its kind by the UUID in it, and the words of a page by its language: both are looked
up once. These tags take the place of Django's own in every template (see `TEMPLATES` in the settings).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.template import Library, defaulttags
from django.template.base import FilterExpression, Parser, Token
from django.template.context import Context
from django.templatetags import i18n
from django.utils.html import conditional_escape
from django.utils.translation import get_language

from wendu.web.shell import address

PLAIN = (UUID, str, int)

register = Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class Address(defaulttags.URLNode):
    """`{% url %}`; one that does not exist is told as Django tells it."""

    def render(self, context: Context) -> str:
        """Fill the values into the address as it was found before."""
        args = [arg.resolve(context) for arg in self.args]
        kwargs = {name: value.resolve(context) for name, value in self.kwargs.items()}
        known = all(type(value) in PLAIN for value in (*args, *kwargs.values()))
        found = address(self.view_name.resolve(context), *args, **kwargs) if known else ""
        if not found or self.asvar:
            return str(super().render(context))
        return str(conditional_escape(found)) if context.autoescape else found


class Words(i18n.TranslateNode):
    """`{% translate %}` of words that stand in the template; in every language they are looked up once."""

    def __init__(self, node: i18n.TranslateNode) -> None:
        super().__init__(node.filter_expression, node.noop, node.asvar, node.message_context)
        said, meant = node.filter_expression, node.message_context
        self._stands = not said.filters and _is_literal(said) and (meant is None or _is_literal(meant))
        self._said: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        """Say them as they were said before."""
        if not self._stands or self.noop or not context.autoescape:
            return str(super().render(context))
        language = get_language()
        if language not in self._said:
            answer = super().render(context)
            self._said[language] = context[self.asvar] if self.asvar else answer
        if not self.asvar:
            return self._said[language]
        context[self.asvar] = self._said[language]
        return ""


def _is_literal(expression: FilterExpression) -> bool:
    var: Any = expression.var
    return isinstance(var, str) or getattr(var, "literal", None) is not None


@register.tag("url")
def url(parser: Parser, token: Token) -> Address:
    """The address of a page."""
    node = defaulttags.url(parser, token)
    return Address(node.view_name, node.args, node.kwargs, node.asvar)


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Words:
    """Words in the language of the page."""
    return Words(i18n.do_translate(parser, token))
