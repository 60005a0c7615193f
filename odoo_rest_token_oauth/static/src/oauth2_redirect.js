/* Hands the answer of the authorization server to the Swagger UI that opened this page. */
(function () {
  "use strict";

  const answer = new URLSearchParams(window.location.search);
  // What is in the address is good once: it is not to stay in the history.
  window.history.replaceState(null, "", window.location.pathname);
  // A page of another origin has none that could be read.
  const request = window.opener && window.opener.swaggerUIRedirectOauth2;
  if (!request) {
    return;
  }
  const isOurs =
    answer.get("state") === request.state &&
    answer.get("iss") === window.location.origin;
  if (isOurs && answer.get("code")) {
    delete request.auth.state;
    request.auth.code = answer.get("code");
    request.callback({auth: request.auth, redirectUrl: request.redirectUrl});
  } else {
    const reason = answer.get("error_description") || answer.get("error");
    request.errCb({
      authId: request.auth.name,
      source: "auth",
      level: "error",
      message: isOurs && reason ? reason : "The answer is to no request of this page.",
    });
  }
  window.close();
})();
