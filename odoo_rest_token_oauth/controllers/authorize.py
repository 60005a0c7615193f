"""The page on which a user allows an application what it asks for."""

from urllib.parse import urlencode

from authlib.oauth2 import OAuth2Error

from odoo import _
from odoo.exceptions import AccessError
from odoo.http import Controller, Response, request, route
from odoo.tools.image import image_data_uri

from odoo.addons.odoo_rest_token.identity import is_person
from odoo.addons.odoo_rest_token_api.limits import MAX_QUERY

from ..addresses import AUTHORIZE
from ..redirects import get_form_action, get_host
from ..server import Server

PROTECTION = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self' %s"
)


class AuthorizeController(Controller):
    """Authorization endpoint of RFC 6749, section 3.1.

    The user logs in on Odoo's own page before, with a second factor where there is one.
    """

    @route(AUTHORIZE, type="http", auth="public", methods=["GET"])
    def ask(self, **params):
        """Ask the user, or send them back where the request is wrong."""
        return self._answer(self._show_request)

    @route(AUTHORIZE, type="http", auth="public", methods=["POST"])
    def decide(self, decision=None, **params):
        """Take the user's word for it, and send them back to the application."""
        is_allowed = decision == "allow"
        return self._answer(lambda server, grant: self._send(server, grant, is_allowed))

    def _answer(self, proceed):
        """Check the request, and who makes it, and proceed.

        What is wrong is said on a page of ours, until it is known that the address to
        go back to is the application's.

        :param proceed: function of the server and its grant, which makes the answer
        :rtype: odoo.http.Response
        """
        query = request.httprequest.query_string.decode("latin-1")
        if len(query) > MAX_QUERY:
            return self._refuse(_("The request is too long."))
        lists = dict(request.httprequest.args.lists())
        server = Server(request.env, request.httprequest, lists)
        try:
            server.check_values()
            grant = server.get_consent_grant()
        except OAuth2Error as error:
            if not error.redirect_uri or not server.takes_redirect():
                return self._refuse(error.description or error.error)
            return protect(server.answer_refusal(error))
        if request.env.user._is_public():
            login = urlencode({"redirect": f"{AUTHORIZE}?{query}"})
            return protect(redirect(f"/web/login?{login}"))
        if not is_person():
            return self._refuse(_("Log in with your password to allow an application."))
        try:
            request.env["rest.token"]._check_holder(request.env.user)
        except AccessError as error:
            return self._refuse(error.args[0])
        return proceed(server, grant)

    def _show_request(self, server, grant):
        application = grant.request.client.application
        user = request.env.user
        query = request.httprequest.query_string.decode("latin-1")
        again = urlencode({"redirect": f"{AUTHORIZE}?{query}"})
        values = {
            "title": _("Connect %s", application.name),
            "application": application,
            "logo": application.logo and image_data_uri(application.logo),
            "words": [scope._get_words() for scope in self._get_scopes(grant)],
            "host": get_host(grant.redirect_uri),
            "user": user,
            "action": f"{AUTHORIZE}?{query}",
            "logout": f"/web/session/logout?{again}",
        }
        page = self._render("odoo_rest_token_oauth.consent", values)
        return protect(page, get_form_action(grant.redirect_uri))

    def _get_scopes(self, grant):
        """Return the scopes of a request, in the user's language.

        :rtype: rest.token.scope
        """
        return grant.choose_scopes().with_context(lang=request.env.user.lang)

    def _send(self, server, grant, is_allowed):
        user = request.env.user if is_allowed else None
        response = server.create_authorization_response(
            grant.request, grant_user=user, grant=grant
        )
        response.status_code = 303  # RFC 9700, section 4.12: what was sent stays here
        return protect(response)

    def _refuse(self, reason):
        values = {"title": _("Not connected"), "reason": reason}
        page = self._render("odoo_rest_token_oauth.refused", values)
        page.status_code = 400
        return protect(page)

    def _render(self, template, values):
        language = (request.env.context.get("lang") or "en_US").replace("_", "-")
        response = request.render(template, {**values, "language": language})
        response.flatten()
        response.set_data(b"<!DOCTYPE html>\n" + response.get_data())
        return response


def protect(response, form_action=""):
    """Keep an answer from being framed, stored, or told to others.

    :param odoo.http.Response response: of ours
    :param str form_action: where its form may lead to, beside this server
    :rtype: odoo.http.Response
    """
    policy = {"Content-Security-Policy": POLICY % form_action}
    for name, value in {**PROTECTION, **policy}.items():
        response.headers[name] = value
    return response


def redirect(path):
    """Send a browser to another page of this server.

    :rtype: odoo.http.Response
    """
    response = Response(status=303, headers={"Location": path})
    response.autocorrect_location_header = False
    return response
