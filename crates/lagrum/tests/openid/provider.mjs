// A certified OpenID provider, oidc-provider, with one client: the desk. Who signs in there is whoever they say.
//
//   node provider.mjs PORT DESK      DESK is the desk's origin; the secret is $LAGRUM_OPENID_SECRET
//
// oidc-provider lies below $LAGRUM_OPENID.
import path from "node:path";
import { pathToFileURL } from "node:url";

const [port, desk] = process.argv.slice(2);
const library = path.join(process.env.LAGRUM_OPENID, "node_modules/oidc-provider/lib/index.js");
const { Provider } = await import(pathToFileURL(library));

const provider = new Provider(`http://localhost:${port}`, {
  clients: [{
    client_id: "lagrum",
    client_secret: process.env.LAGRUM_OPENID_SECRET,
    redirect_uris: [`${desk}/sign-in/openid/back`],
    response_types: ["code"],
    grant_types: ["authorization_code"],
    token_endpoint_auth_method: "client_secret_basic",
    id_token_signed_response_alg: "RS256",
  }],
  pkce: { required: () => true },
  cookies: { keys: ["a word of the tests"] },
  // Signing in there with any name.
  features: { devInteractions: { enabled: true } },
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
