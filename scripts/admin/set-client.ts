import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { adminScopesIn } from "../../src/core/admin/admin-scope.ts";
import type { ClientChange, ClientRecord } from "../../src/core/admin/client-records.ts";
import { clientTarget } from "../../src/core/admin/client-target.ts";
import { d1ClientRecords } from "../../src/storage/d1/client-records.ts";
import { Problem } from "../problem.ts";
import { askOfClient, noClient } from "./ask-of-client.ts";
import { command } from "./command.ts";
import { deedByOperator } from "./event-by-operator.ts";
import { tenantOf } from "./find-tenant.ts";
import { readName } from "./read-name.ts";
import { readRedirectUris } from "./read-redirect-uris.ts";
import { readScopes } from "./read-scopes.ts";
import { refuseOtherTenant } from "./refuse-other-tenant.ts";
import { storageOn } from "./storage-on.ts";
import { DEFAULT_TENANT_SLUG, tenantOption } from "./tenant-option.ts";
import type { Work } from "./work.ts";
import { WORKERS_REMEMBER } from "./workers-remember.ts";

/** What is not given stays as it is. Nothing that it was given before means something else afterwards. */
export const setClient = command({
  summary: "Changes a client's names, what it may ask for and where it leads back to",
  options: {
    id: { value: "id", what: "its client_id", required: true },
    name: { value: "name", what: "what people read before they consent" },
    owner: { value: "name", what: "who makes it, for people to read" },
    "no-owner": { what: "nobody says who makes it" },
    scopes: { value: "a,b", what: "all that it may ask for, in place of what there is" },
    "no-scopes": { what: "it may ask for none" },
    "redirect-uri": {
      value: "uri",
      what: "all that authorization_code may lead back to, in place of what there is",
      many: true,
    },
    tenant: tenantOption,
  },
  isOverHttp: true,
  examples: [
    '--id living-room --name "Living Room" --owner "Acme Inc."',
    "--id shop --redirect-uri https://shop.example/callback --redirect-uri https://shop.example/app",
    "--id reports --scopes orders:read,orders:write",
  ],

  plan({ id, tenant: slug = DEFAULT_TENANT_SLUG, ...given }): Work {
    const change = readChange(given);
    const named = wordsFor(change).join(", ");
    const isSo = (client: Changeable) => isDeepStrictEqual({ ...client, ...change }, client);
    const asItWas = [`The client ${id} is as it was: so it was already.`];
    const changed = [`Changed the client ${id}: ${named}.`, WORKERS_REMEMBER];
    return {
      intent: `change ${named} of the client ${id} in the tenant ${slug}`,
      async run(place) {
        const { tenantId, now } = await tenantOf(place, slug);
        const records = d1ClientRecords(storageOn(place.database));
        const client = await records.find(tenantId, id);
        if (client) {
          refuseUnfit(change, client);
          if (isSo(client)) {
            return asItWas;
          }
        }
        const parts = Object.keys(change).join(", ");
        const event = deedByOperator("client-changed", clientTarget(id), now, parts);
        if (!(client && (await records.change(client, change, event)))) {
          throw noClient(id, slug, place.site);
        }
        return changed;
      },
      overHttp: {
        // Whoever changes a client has to hold what it may do, before and afterwards.
        scopes: [
          ...new Set([
            ...(["admin:clients", "admin:accounts", "admin:tenants"] as const),
            ...adminScopesIn(change.scopes ?? []),
          ]),
        ],
        async carryOut(api) {
          refuseOtherTenant(slug);
          const client = answer.parse(await askOfClient(api, id, { method: "GET" }));
          refuseUnfit(change, client);
          if (isSo(client)) {
            return asItWas;
          }
          const { redirectUris, ...rest } = change;
          const body = { ...rest, ...(redirectUris && { redirect_uris: redirectUris }) };
          await askOfClient(api, id, { method: "PATCH", body });
          return changed;
        },
      },
    };
  },
});

/** What of a client changes, and what decides whether it may. */
type Changeable = Required<ClientChange> &
  Pick<ClientRecord, "isFirstParty"> & { grants: readonly string[] };

const texts = z.array(z.string());

/** A client before it is changed, as the admin API describes it. */
const answer = z
  .object({
    ...{ name: z.string(), owner: z.string().nullable(), grants: texts, scopes: texts },
    ...{ redirect_uris: texts, first_party: z.boolean() },
  })
  .transform(
    ({ redirect_uris: redirectUris, first_party: isFirstParty, ...rest }): Changeable => ({
      ...rest,
      ...{ redirectUris, isFirstParty },
    }),
  );

/** What is changed, as people call it. */
function wordsFor(change: ClientChange): string[] {
  return Object.keys(change).map((part) => (part === "redirectUris" ? "redirect URIs" : part));
}

interface GivenChange {
  name: string | undefined;
  owner: string | undefined;
  "no-owner": boolean;
  scopes: string | undefined;
  "no-scopes": boolean;
  "redirect-uri": readonly string[];
}

function readChange(given: GivenChange): ClientChange {
  const { name, owner, scopes, "redirect-uri": redirectUris } = given;
  refuseBoth("owner", owner, given["no-owner"]);
  refuseBoth("scopes", scopes, given["no-scopes"]);
  const change: ClientChange = {
    ...(name !== undefined && { name: readName(name) }),
    ...(owner !== undefined && { owner: readName(owner) }),
    ...(given["no-owner"] && { owner: null }),
    ...(scopes !== undefined && { scopes: readScopes(scopes) }),
    ...(given["no-scopes"] && { scopes: [] }),
    ...(redirectUris.length > 0 && { redirectUris: readRedirectUris(redirectUris) }),
  };
  if (Object.keys(change).length === 0) {
    throw new Problem(
      "Say what is to be different.",
      "Give some of --name, --owner, --no-owner, --scopes, --no-scopes and --redirect-uri.",
    );
  }
  return change;
}

function refuseBoth(option: string, given: string | undefined, isNone: boolean): void {
  if (given !== undefined && isNone) {
    throw new Problem(`--${option} and --no-${option} contradict each other.`, "Give one of them.");
  }
}

/** The rules that a change can break. The rest of a client's are about what never changes. */
function refuseUnfit({ redirectUris }: ClientChange, { grants, isFirstParty }: Changeable): void {
  if (redirectUris === undefined) {
    return;
  }
  if (!grants.includes("authorization_code")) {
    throw new Problem(
      "authorization_code and --redirect-uri go together, and this client has other grants.",
      "Leave --redirect-uri out, or make a client with that grant: grants stay what they are.",
    );
  }
  // Nobody can tell which program listens there: RFC 8252 §8.6.
  if (isFirstParty && !redirectUris.every((uri) => uri.startsWith("https:"))) {
    throw new Problem(
      "Any program on a device could take the place of a first-party client without https.",
      "Give redirect URIs with https, which a system can hand to your app alone, or make a client that is not --first-party.",
    );
  }
}
