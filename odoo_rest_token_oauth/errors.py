from authlib.oauth2 import OAuth2Error


class InvalidTargetError(OAuth2Error):
    """RFC 8707, section 2: the request is for a resource that is none of these."""

    error = "invalid_target"
    description = "The resource is not served here."


class UnavailableError(OAuth2Error):
    """RFC 6749, section 4.1.2.1: there is no room for one more token."""

    error = "temporarily_unavailable"
    description = "The user has as many tokens as allowed."
    status_code = 503


class TooManyApplicationsError(OAuth2Error):
    """There are as many applications that registered themselves as there may be."""

    error = "temporarily_unavailable"
    description = "There is no room for one more application."
    status_code = 503
