import * as z from "zod";
import { email, role, time, uuid } from "../shape-fields.ts";

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
      id: uuid,
      event: z.string(),
      actor: z.string().describe("Who did it: an account, `client:<id>`, or empty."),
      target: z.string().describe("To whom: an account, `client:<id>` or `tenant:<slug>`."),
      session_id: uuid.nullable(),
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

/** RFC 6749 §5.2. */
export const refusal = z.object({ error: z.string(), error_description: z.string() });
