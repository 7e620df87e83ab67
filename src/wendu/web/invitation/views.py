"""The page an invitation leads to."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wendu.identity.actions import accept_invitation
from wendu.identity.actions.invitations import InvitationOver, invitation_of
from wendu.kernel.clock import now
from wendu.web.customers.asking import carried_out

GONE = 410


class ChoosePasswordForm(forms.Form):
    """The first password of one's own."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("Again"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_again(self) -> str:
        """Both must be the same."""
        if self.cleaned_data["again"] != self.cleaned_data.get("password", self.cleaned_data["again"]):
            raise forms.ValidationError(_("The two passwords differ. Type them once more."))
        return str(self.cleaned_data["again"])


@login_not_required  # who comes here has no password yet
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password, once; then sign in with it."""
    form = ChoosePasswordForm(request.POST if request.method == "POST" else None)
    try:
        invitation = invitation_of(token, at=now())
        if request.method == "POST" and carried_out(form, lambda said: _accept(token, said["password"])):
            messages.success(request, _("Your password is set. Sign in with it."))
            return redirect("account_login")
    except InvitationOver:
        return render(request, "account/invitation.html", {"is_over": True}, status=GONE)
    context = {"form": form, "invitation": invitation}
    return render(request, "account/invitation.html", context, status=422 if form.errors else 200)


def _accept(token: str, password: str) -> None:
    accept_invitation(token=token, password=password, at=now())
