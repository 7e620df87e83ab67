"""What is asked before a version counts."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NoteForm(forms.Form):
    """A word for those who look at the list of versions later."""

    note = forms.CharField(label=_("What changes, and why"), required=False, max_length=500)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
