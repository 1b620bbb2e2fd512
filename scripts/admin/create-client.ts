import { randomBytes } from "node:crypto";
import * as z from "zod";
import { adminScopesIn } from "../../src/core/admin/admin-scope.ts";
import {
  CONTRACT_NAMES,
  type Contradiction,
  contradictionsIn,
} from "../../src/core/admin/client-rules.ts";
import { clientTarget } from "../../src/core/admin/client-target.ts";
import type { SamePlace } from "../../src/core/client/client.ts";
import { isClientId } from "../../src/core/client/client-id.ts";
import { d1ClientRecords } from "../../src/storage/d1/client-records.ts";
import type { NewClient } from "../new-client.ts";
import { Problem } from "../problem.ts";
import { mayMore } from "./ask-of-client.ts";
import { command } from "./command.ts";
import { deedByOperator } from "./event-by-operator.ts";
import { tenantOf } from "./find-tenant.ts";
import { grantNames, readGrants } from "./read-grants.ts";
import { readName } from "./read-name.ts";
import { readRedirectUris } from "./read-redirect-uris.ts";
import { readResources } from "./read-resources.ts";
import { readScopes } from "./read-scopes.ts";
import { refuseOtherTenant } from "./refuse-other-tenant.ts";
import { storageOn } from "./storage-on.ts";
import { DEFAULT_TENANT_SLUG, tenantOption } from "./tenant-option.ts";
import type { Work } from "./work.ts";

const SAME_PLACES: readonly SamePlace[] = ["country", "network"];

/** A confidential client's secret is drawn here, said once and stored as its hash. */
export const createClient = command({
  summary: "Makes a client: a program that people let act for them",
  options: {
    id: { value: "id", what: "its client_id", required: true },
    name: { value: "name", what: "what people read before they consent", required: true },
    grants: { value: "a,b", what: `how it gets tokens: ${grantNames.join(", ")}` },
    scopes: { value: "a,b", what: "what it may ask for at most" },
    "redirect-uri": { value: "uri", what: "where authorization_code may lead back to", many: true },
    resource: { value: "uri", what: "an API it may ask for tokens for, or is", many: true },
    owner: { value: "name", what: "who makes it, for people to read" },
    "same-place": {
      value: SAME_PLACES.join("|"),
      what: "its devices are approved from their own country, or network, alone",
    },
    "first-party": { what: "it is yours: in a browser nobody is asked to consent" },
    confidential: { what: "it can keep a secret, and gets one" },
    tenant: tenantOption,
  },
  isOverHttp: true,
  examples: [
    '--id living-room --name "Living Room" --grants device_code,refresh_token --scopes openid,profile,offline_access --owner "Acme Inc." --same-place country',
    '--id shop --name "Shop" --grants authorization_code,refresh_token --scopes openid,email --redirect-uri https://shop.example/callback --confidential --first-party',
    '--id orders-api --name "Orders" --resource https://orders.example --confidential',
    '--id reports --name "Reports" --grants client_credentials --scopes orders:read --resource https://orders.example --confidential',
  ],

  plan({ tenant: slug = DEFAULT_TENANT_SLUG, ...given }): Work {
    const client: NewClient = {
      id: given.id,
      name: readName(given.name),
      grants: given.grants === undefined ? [] : readGrants(given.grants),
      scopes: given.scopes === undefined ? [] : readScopes(given.scopes),
      redirectUris: readRedirectUris(given["redirect-uri"]),
      resources: readResources(given.resource),
      isFirstParty: given["first-party"],
      owner: given.owner === undefined ? null : readName(given.owner),
      samePlace: readSamePlace(given["same-place"]),
      secret: given.confidential ? randomBytes(32).toString("base64url") : null,
    };
    refuseWrongId(client.id);
    refuseContradictions(client);
    refuseOtherTenant(slug);
    const said = (secret: string | null) => [
      `Made the client ${client.id} in the tenant ${slug}.`,
      ...secretLines(secret),
    ];
    return {
      intent: `make the client ${client.id}, ${JSON.stringify(client.name)}, in the tenant ${slug}, for ${given.grants ?? "introspection"}`,
      async run(place) {
        const { tenantId, now } = await tenantOf(place, slug);
        const { secret, ...rest } = client;
        const record = { ...rest, tenantId, isConfidential: secret !== null };
        const event = deedByOperator("client-created", clientTarget(client.id), now);
        const records = d1ClientRecords(storageOn(place.database));
        if (!(await records.insert(record, secret, event))) {
          throw taken(client.id, slug);
        }
        return said(client.secret);
      },
      overHttp: {
        // Nobody gives a client what they do not hold.
        scopes: ["admin:clients", ...adminScopesIn(client.scopes)],
        async carryOut(api) {
          const { secret, isFirstParty, redirectUris, samePlace, owner, ...rest } = client;
          const body = {
            ...rest,
            redirect_uris: redirectUris,
            first_party: isFirstParty,
            confidential: secret !== null,
            ...(owner !== null && { owner }),
            ...(samePlace !== null && { same_place: samePlace }),
          };
          const refusals = {
            client_taken: taken(client.id, slug),
            client_out_of_reach: mayMore(client.id),
          };
          const made = await api.ask({ method: "POST", path: "/clients", body, refusals });
          const { client_secret } = z.object({ client_secret: z.string().nullable() }).parse(made);
          return said(client_secret);
        },
      },
    };
  },
});

function readSamePlace(given: string | undefined): SamePlace | null {
  const samePlace = SAME_PLACES.find((known) => known === given) ?? null;
  if (given !== undefined && samePlace === null) {
    throw new Problem(
      `${JSON.stringify(given)} is nothing that two places can share.`,
      `Give one of ${SAME_PLACES.join(", ")}: --same-place country`,
    );
  }
  return samePlace;
}

function taken(id: string, slug: string): Problem {
  return new Problem(
    `The tenant ${slug} has a client with the id ${id} already, or had one until two minutes ago.`,
    "Choose another one, with --id. Where list-clients does not have it, it was removed, and its secret may be known for so long: then try again in two minutes.",
  );
}

function secretLines(secret: string | null): string[] {
  return secret === null
    ? ["It is public: it has no secret."]
    : ["Its secret, shown this once and stored only as a hash:", `  ${secret}`];
}

function refuseWrongId(id: string): void {
  if (!isClientId(id)) {
    throw new Problem(
      `${JSON.stringify(id)} is not a client's id.`,
      "Give up to 64 letters, digits, dots, dashes and underscores, a letter or digit first.",
    );
  }
  if (CONTRACT_NAMES.includes(id)) {
    throw new Problem(`${id} is the name of a contract.`, "Choose another one, with --id.");
  }
}

/** Where it is said on the command line, and what would mend it. */
const WAYS_OUT: Readonly<
  Record<Contradiction["field"], readonly [option: string, advice: string]>
> = {
  first_party: [
    "--first-party",
    "Give redirect URIs with https, which a system can hand to your app alone, or leave it out.",
  ],
  same_place: ["--same-place", "Add device_code to --grants, or leave it out."],
  grants: ["--grants", "Add device_code or authorization_code."],
  confidential: ["--confidential", "Add it, or give it other --grants."],
  redirect_uris: ["--redirect-uri", "Add the one that is missing, or leave both out."],
};

function refuseContradictions({ secret, ...client }: NewClient): void {
  const [first] = contradictionsIn({ ...client, isConfidential: secret !== null });
  if (first) {
    const [option, advice] = WAYS_OUT[first.field];
    throw new Problem(`${option} ${first.issue}.`, advice);
  }
}
