/* Has Swagger UI get tokens by OAuth, as the application that this addon brings.

   It is made by base_rest, with settings of its own: what is told to it has to be told
   once it is there. */
(function () {
  "use strict";

  const APPLICATION = {
    clientId: "swagger-ui",
    usePkceWithAuthorizationCodeGrant: true,
  };
  const REDIRECT = "/odoo_rest_token_oauth/static/oauth2-redirect.html";
  let make = undefined;

  function makeWithApplication(settings) {
    const oauth2RedirectUrl = window.location.origin + REDIRECT;
    const ui = make(Object.assign({}, settings, {oauth2RedirectUrl}));
    ui.initOAuth(APPLICATION);
    return ui;
  }

  Object.defineProperty(window, "SwaggerUIBundle", {
    configurable: true,
    get: () => make && Object.assign(makeWithApplication, make),
    set: (bundle) => {
      make = bundle;
    },
  });
})();
