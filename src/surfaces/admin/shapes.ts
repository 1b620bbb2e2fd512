import * as z from "zod";
import type { Reason } from "../../core/refused.ts";
import { email, role, time, uuid } from "../shape-fields.ts";
import { admin } from "./contract.ts";

/** The shape of each reply's body, by the reply's name. For the API reference: no Worker loads it. */
const nextCursor = z.string().nullable().describe("Brings the next page; null on the last.");

const record = {
  id: uuid,
  email,
  email_verified: z.boolean(),
  name: z.string().nullable(),
  role,
  disabled: z.boolean(),
  must_reset_password: z.boolean(),
  zapier: z.boolean(),
  two_factor_enabled: z.boolean(),
  created_at: time,
  updated_at: time,
};

export const accounts = z.object({ accounts: z.array(z.object(record)), next_cursor: nextCursor });

export const account = z.object(record);

export const accountInFull = z.object({
  ...record,
  has_password: z.boolean(),
  recovery_codes_left: z.int(),
  passkeys: z.int().describe("How many it has."),
});

export const changedAccount = accountInFull.extend({
  ended_count: z
    .int()
    .describe("Sessions that ended with it: where it was disabled, or got a higher role."),
  revoked_key_count: z
    .int()
    .describe("API keys that were revoked with it: where it got a higher role."),
});

export const sessions = z.object({
  sessions: z.array(
    z.object({
      id: uuid,
      contract: z.string().describe("What it was opened through; `pages` for a browser."),
      client_id: z.string().nullable(),
      client_name: z.string().nullable(),
      name: z.string().nullable().describe("What the person calls it."),
      scope: z.string().nullable(),
      impersonated_by: uuid.nullable(),
      browser: z.string(),
      os: z.string(),
      address: z.string(),
      city: z.string().nullable(),
      country: z.string().nullable(),
      created_at: time,
      last_used_at: time,
      expires_at: time,
    }),
  ),
});

export const ended = z.object({ ended_count: z.int() });

export const events = z.object({
  events: z.array(
    z.object({
      id: z.string(),
      event: z.string(),
      outcome: z
        .enum(["done", "refused"])
        .nullable()
        .describe("Null for an event of a newer version."),
      actor: z.string().describe("Who did it: an account, `client:<id>`, `operator`, or empty."),
      target: z
        .string()
        .describe("To whom: an account, `client:<id>`, `tenant:<slug>`, `webhook:<id>`, or empty."),
      session_id: z.string().nullable(),
      client_id: z.string().nullable().describe("The OAuth client that had a part in it."),
      subject: z.string().nullable(),
      address: z.string(),
      city: z.string().nullable(),
      country: z.string().nullable(),
      user_agent: z.string().nullable(),
      at: time,
    }),
  ),
  next_cursor: nextCursor,
});

export const keys = z.object({
  keys: z.array(
    z.object({
      id: uuid,
      kind: z.enum(["api", "service"]),
      account_id: uuid.describe("Whose it is, or who made it for the tenant."),
      name: z.string(),
      prefix: z.string().describe("How the key begins."),
      scopes: z.array(z.string()),
      created_at: time,
      expires_at: time.nullable(),
      last_used_at: time.nullable(),
    }),
  ),
});

const aTenant = {
  id: uuid,
  slug: z.string(),
  name: z.string(),
  registration: z.enum(["open", "closed"]),
  brand_name: z.string().nullable(),
  brand_color: z.string().nullable(),
  has_logo: z.boolean(),
  sender_name: z.string().nullable(),
  reply_to: z.string().nullable(),
  created_at: time,
};

export const tenant = z.object({
  ...aTenant,
  brand_logo: z.string().nullable().describe("The image, in base64."),
  brand_logo_type: z.enum(["image/png", "image/svg+xml", "image/webp"]).nullable(),
});

export const tenants = z.object({ tenants: z.array(z.object(aTenant)), next_cursor: nextCursor });

const words = z.string().nullable();
const aLetter = {
  kind: z.string(),
  language: z.string(),
  subject: words.describe("Null for our words, as of each of them."),
  lead: words,
  action: words,
  more: words,
  not_you: words,
  what: words,
};

export const letter = z.object(aLetter);

export const letters = z.object({ letters: z.array(z.object(aLetter)) });

const aFrontEnd = {
  alias: z.string().describe("What clients call it."),
  url: z.string(),
  created_at: time,
  changed_at: time.describe("When the alias was last said to lead elsewhere."),
};

export const frontEnd = z.object(aFrontEnd);

export const frontEnds = z.object({ front_ends: z.array(z.object(aFrontEnd)) });

const aClient = {
  id: z.string().meta({ examples: ["living-room"] }),
  name: z.string().meta({ examples: ["Living Room"] }),
  owner: z.string().nullable(),
  grants: z.array(z.string()),
  scopes: z.array(z.string()),
  redirect_uris: z.array(z.string()),
  resources: z.array(z.string()),
  confidential: z.boolean(),
  first_party: z.boolean(),
  same_place: z.enum(["country", "network"]).nullable(),
  created_at: time,
};

export const client = z.object(aClient);

export const clients = z.object({ clients: z.array(z.object(aClient)), next_cursor: nextCursor });

export const clientWithSecret = z.object({
  ...aClient,
  client_secret: z.string().nullable().describe("Shown this once; null for a public client."),
});

const aWebhook = {
  id: uuid,
  url: z.string(),
  events: z.array(z.string()).nullable().describe("Which it hears; null for all."),
  seals_behind: z.int().describe("How many seals of the audit log it has not heard all of."),
  failing_since: time.nullable(),
  problem: z.string().nullable().describe("What was wrong the last time, where it fails."),
  retry_at: time.nullable().describe("When it is tried again, where it fails and is on."),
  disabled_at: time.nullable().describe("Since when it is off."),
  previous_secret_until: time.nullable().describe("Until when the secret before signs as well."),
  created_at: time,
};

export const webhook = z.object(aWebhook);

export const webhooks = z.object({
  webhooks: z.array(z.object(aWebhook)),
  next_cursor: nextCursor,
});

export const webhookWithSecret = z.object({
  ...aWebhook,
  webhook_secret: z.string().describe("Shown this once. Receivers check signatures with it."),
});

/** With a type of its own: the contract's would hang on itself, by the shape of its refusals. */
const reasons: Reason[] = Object.keys(admin.refusals) as Reason[];

/** RFC 6749 §5.2, which lets there be further members. */
export const refusal = z.object({
  error: z.string(),
  error_description: z.string(),
  reason: z
    .enum(reasons)
    .describe(
      "What stands in the way, for programs: names stay where words change. More may come.",
    ),
});
