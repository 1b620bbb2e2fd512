import type * as z from "zod";
import { admin } from "../../src/surfaces/admin/contract.ts";
import * as adminReplies from "../../src/surfaces/admin/replies.ts";
import * as adminShapes from "../../src/surfaces/admin/shapes.ts";
import { credebl } from "../../src/surfaces/credebl/contract.ts";
import * as credeblReplies from "../../src/surfaces/credebl/replies.ts";
import * as credeblShapes from "../../src/surfaces/credebl/shapes.ts";
import { lnchr } from "../../src/surfaces/lnchr/contract.ts";
import * as lnchrReplies from "../../src/surfaces/lnchr/replies.ts";
import * as lnchrShapes from "../../src/surfaces/lnchr/shapes.ts";
import { pionne } from "../../src/surfaces/pionne/contract.ts";
import * as pionneReplies from "../../src/surfaces/pionne/replies.ts";
import * as pionneShapes from "../../src/surfaces/pionne/shapes.ts";
import { planasonix } from "../../src/surfaces/planasonix/contract.ts";
import * as planasonixReplies from "../../src/surfaces/planasonix/replies.ts";
import * as planasonixShapes from "../../src/surfaces/planasonix/shapes.ts";
import { planpoint } from "../../src/surfaces/planpoint/contract.ts";
import * as planpointReplies from "../../src/surfaces/planpoint/replies.ts";
import * as planpointShapes from "../../src/surfaces/planpoint/shapes.ts";
import type { Reply, Surface } from "../../src/surfaces/surface.ts";

type Replies = Readonly<Record<string, (...given: never[]) => Reply>>;
/** A shape for each reply that has a body, called like it. */
type ShapesOf<R extends Replies> = {
  [Name in keyof R as ReturnType<R[Name]> extends { body: object } ? Name : never]: z.ZodType<
    ReturnType<R[Name]>["body"]
  >;
};

/** A contract with the shapes of its replies. */
export interface DescribedContract {
  surface: Surface;
  /** What people call it. */
  title: string;
  description: string;
  replies: Replies;
  shapes: Readonly<Record<string, z.ZodType>>;
  /** The replies that set cookies. */
  cookieReplies: readonly string[];
}

function described<const R extends Replies>(
  surface: Surface,
  [title, description]: readonly [string, string],
  replies: R,
  shapes: ShapesOf<R>,
  cookieReplies: readonly (keyof R & string)[] = [],
): DescribedContract {
  return { surface, title, description, replies, shapes, cookieReplies };
}

export const contracts: readonly DescribedContract[] = [
  described(
    planasonix,
    [
      "Planasonix",
      "Access and refresh tokens, device sign-in, second factor, API keys. A refusal is `{ error: { code, message } }`, with the problem of each field where there are any.",
    ],
    planasonixReplies,
    planasonixShapes,
  ),
  described(
    lnchr,
    [
      "Launcher",
      "Tenants, first-user setup, e-mailed login codes, service keys, in a `{ success, data }` envelope. Each tenant is under its own name; `/api/v1` is the default tenant. A service key (`X-Lnchr-Key`, or as Bearer) is known and opens nothing here: it is for your own APIs, which ask `/oauth/introspect` or, over a service binding, `verifyKey`.",
    ],
    lnchrReplies,
    lnchrShapes,
  ),
  described(
    credebl,
    [
      "CREDEBL",
      "Verified sign-up, refresh tokens, sessions by UUID, mailed links to one's own sites, in a `{ statusCode, message, data }` envelope. The same is served under `/v1/auth`.",
    ],
    credeblReplies,
    credeblShapes,
  ),
  described(
    pionne,
    [
      "Pionne",
      "Numbered opaque tokens, one for each type of client, and a second factor. Some refusals have a code, some only a text.",
    ],
    pionneReplies,
    pionneShapes,
  ),
  described(
    planpoint,
    [
      "Planpoint",
      "HttpOnly cookies, profiles, impersonation. What changes something and rides on a cookie has to come from the same origin. Credentials in the query string are refused.",
    ],
    planpointReplies,
    planpointShapes,
    ["session", "refreshed", "signedOut"],
  ),
  described(
    admin,
    [
      "Admin",
      "For operators, support and back offices: accounts and everything of theirs. Whoever asks is an `admin` or `superadmin` of the tenant who signed in through any contract, or a client with a token of its own (`client_credentials`) and the scope. A token of a plain sign-in goes by the role alone; one that is held to scopes needs one of those that each operation names. Changes take a person's sign-in of the last ten minutes (RFC 9470). An admin touches users alone, and so does a client; a superadmin everybody. `tenant` names another tenant, for its own administrators and for operators: superadmins of the default tenant, and its clients with `admin:tenants`. A parameter or field that is not known is refused by its name, and so is one that is there twice. A refusal is `{ error, error_description, reason }`: `reason` is the name of what stands in the way, for programs to go by.",
    ],
    adminReplies,
    adminShapes,
  ),
];
