import * as z from "zod";
import { email, role, time, uuid } from "../shape-fields.ts";

/** The shape of each reply's body, by the reply's name. For the API reference: no Worker loads it. */
export const setupStatus = success(z.object({ setup_complete: z.boolean() }));

const person = {
  id: uuid,
  email,
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  role,
};

export const session = success(z.object({ token: z.string(), user: z.object(person) }));

export const codeSent = success(z.object({ message: z.string() }));

export const user = success(
  z.object({
    ...person,
    must_reset_password: z.boolean(),
    two_factor_enabled: z.boolean(),
    created_at: time,
    updated_at: time,
  }),
);

const serviceKey = {
  id: uuid,
  name: z.string(),
  key_prefix: z.string().describe("How the key begins."),
  created_at: time,
  expires_at: time.nullable(),
  last_used_at: time.nullable(),
};

export const serviceKeys = success(z.array(z.object(serviceKey)));

export const createdServiceKey = success(
  z.object({ ...serviceKey, key: z.string().describe("Shown this once.") }),
);

export const refusal = z.object({
  success: z.literal(false),
  error: z.object({ code: z.string(), message: z.string() }),
});

function success<T extends z.ZodType>(data: T) {
  return z.object({ success: z.literal(true), data });
}
