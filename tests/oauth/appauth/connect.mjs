/**
 * A program on somebody's desktop, by AppAuth.
 *
 * connect.mjs PACKAGES URL CLIENT_ID PORT: it prints the statuses of two calls, and the
 * scope that it got.
 */
import { register } from "node:module";
import { pathToFileURL } from "node:url";

register("./resolve.mjs", import.meta.url);

const [packages, url, client_id, port] = process.argv.slice(2);
const built = `${pathToFileURL(packages)}/@openid/appauth/built/src`;
const appauth = await import(`${built}/index.js`);
const node = await import(`${built}/node_support/index.js`);

const metadata = await fetch(`${url}/.well-known/oauth-authorization-server`);
const server = new appauth.AuthorizationServiceConfiguration(await metadata.json());
const redirect_uri = `http://127.0.0.1:${port}/callback`;
const tokens = new appauth.BaseTokenRequestHandler(new node.NodeRequestor());

function getToken(values) {
    const request = new appauth.TokenRequest({ client_id, redirect_uri, ...values });
    return tokens.performTokenRequest(server, request);
}

async function call(token) {
    const headers = { Authorization: `Bearer ${token.accessToken}` };
    return (await fetch(`${url}/api/partners`, { headers })).status;
}

async function connect(request, response, error) {
    if (error) throw new Error(error.error);
    const first = await getToken({
        grant_type: appauth.GRANT_TYPE_AUTHORIZATION_CODE,
        code: response.code,
        extras: { code_verifier: request.internal.code_verifier },
    });
    const statuses = [await call(first)];
    const second = await getToken({
        grant_type: appauth.GRANT_TYPE_REFRESH_TOKEN,
        refresh_token: first.refreshToken,
    });
    statuses.push(await call(second), await call(first));
    console.log(JSON.stringify({ statuses, scope: second.scope }));
}

const browser = new node.NodeBasedHandler(Number(port));
const notifier = new appauth.AuthorizationNotifier();
browser.setAuthorizationNotifier(notifier);
notifier.setAuthorizationListener(connect);
browser.performAuthorizationRequest(
    server,
    new appauth.AuthorizationRequest(
        { client_id, redirect_uri, scope: "partners:read", response_type: "code" },
        new node.NodeCrypto()
    )
);
