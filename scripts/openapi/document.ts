import type * as z from "zod";
import { BODY_MAX_BYTES } from "../../src/http/json-body.ts";
import * as oauthShapes from "../../src/oauth/shapes.ts";
import type { Document, Ref } from "../../src/reference/types.ts";
import { contractPaths } from "./contract-paths.ts";
import { contracts, type DescribedContract } from "./contracts.ts";
import { healthPaths } from "./health-paths.ts";
import { mailEventPaths } from "./mail-event-paths.ts";
import { oauthPaths } from "./oauth-paths.ts";
import { openApiPaths } from "./open-api-paths.ts";
import type { Shared } from "./refusals.ts";
import { shapeSchemas } from "./schemas.ts";
import { securitySchemes } from "./security-schemes.ts";

/** The API reference: OpenAPI 3.1 from the tables and schemas that serve the requests. */
export function openApiDocument(version: string): Document {
  const names = new Map<z.ZodType, string>([
    ...contracts.flatMap((contract) => namesOf(contract)),
    ...Object.entries(oauthShapes).map(
      ([name, shape]) => [shape, `OAuth${capital(name)}`] as const,
    ),
  ]);
  const schemas = shapeSchemas(names);
  const refOf = (shape: unknown): Ref => ({
    $ref: `#/components/schemas/${names.get(shape as z.ZodType)}`,
  });
  const shared: Shared = { examples: {}, headers: {}, responses: {} };
  const paths = [
    ...contracts.map((contract) => contractPaths({ contract, refOf, schemas, shared })),
    oauthPaths({ refOf, schemas, shared }),
    healthPaths,
    mailEventPaths,
  ];
  return {
    openapi: "3.1.1",
    info: {
      title: "Latchkey",
      version,
      summary: "Authentication at the edge: OAuth 2.0 and five documented auth APIs.",
      description: `Every contract serves the same accounts: one made through any signs in through all, through CREDEBL once its address is proved. What people see in a browser, such as \`/signin\`, \`/device\` and \`/account\`, is not in here. Texts are well-formed Unicode, and no body has more than ${BODY_MAX_BYTES / 1024} KiB.`,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/", description: "Where this document is served." }],
    tags: [
      ...contracts.map(({ title, description }) => ({ name: title, description })),
      {
        name: "OAuth 2.0",
        description:
          "Devices, code with PKCE, refresh, client credentials, OpenID Connect. A refusal is RFC 6749's: `{ error, error_description }`.",
      },
      { name: "Health", description: "Whether the service runs." },
      { name: "Mail", description: "What the mail provider tells." },
    ],
    paths: openApiPaths(paths.flatMap(Object.entries)),
    components: { schemas, ...shared, securitySchemes },
  };
}

/** A shape under several names goes by the one that is no reply's. */
function namesOf({ surface, shapes, replies }: DescribedContract): [z.ZodType, string][] {
  const replyNamesFirst = Object.entries(shapes).sort(
    ([a], [b]) => Number(b in replies) - Number(a in replies),
  );
  return replyNamesFirst.map(([name, shape]) => [
    shape,
    capital(surface.terms.contract) + capital(name),
  ]);
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
