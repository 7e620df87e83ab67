"""Lines of the log form that come as often as one needs: our promises, and problems left open."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wendu.web.touches.fields import DayField, day_box

MOST = 20


class PromiseLine(forms.Form):
    """Something we said we would do, and by when."""

    what = forms.CharField(label=_("What we promised"), required=False, max_length=200)
    due_on = DayField(label=_("By when"), required=False, widget=day_box())


class TailLine(forms.Form):
    """A problem that is not solved yet."""

    what = forms.CharField(label=_("Unsolved problem"), required=False, max_length=300)


PromiseLines = forms.formset_factory(PromiseLine, extra=1, absolute_max=MOST, max_num=MOST)
TailLines = forms.formset_factory(TailLine, extra=1, absolute_max=MOST, max_num=MOST)
