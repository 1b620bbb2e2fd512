import * as z from "zod";
import { email, time, uuid } from "../shape-fields.ts";

/** The shape of each reply's body, by the reply's name. For the API reference: no Worker loads it. */
const pair = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  token_type: z.literal("Bearer"),
  expires_in: z.int().describe("Seconds that the access token lives."),
  scope: z.literal("email profile"),
  sessionId: uuid,
});

export const signedIn = success(pair);
export const refreshed = success(pair);

const done = z.object({ statusCode: z.literal(200), message: z.string() });

export const signedOut = done;
export const sessionRevoked = done;
export const addressProved = done;

export const resetRequested = success(
  z.object({ id: uuid.describe("New with every request, and nobody's."), email }),
);

const account = success(z.object({ id: uuid, email }));

export const passwordReset = account;
export const passwordReplaced = account;

export const sessionList = success(
  z.array(
    z.object({
      id: uuid,
      userId: uuid,
      expiresAt: time,
      createdAt: time,
      clientInfo: z.string().describe("JSON: browser, os, deviceType, rawDetail and ip."),
      sessionType: z.literal("user-session"),
    }),
  ),
);

export const frontEndList = success(
  z.array(
    z.object({
      id: uuid,
      clientAlias: z.string(),
      clientUrl: z.url(),
      createDateTime: time,
      lastChangedDateTime: time,
    }),
  ),
);

export const proofRequested = z.object({ statusCode: z.literal(201), message: z.string() });

export const signedUp = z.object({
  statusCode: z.literal(201),
  message: z.string(),
  data: z.object({ userId: uuid }),
});

export const refusal = z.object({
  statusCode: z.int(),
  message: z
    .union([z.string(), z.array(z.string())])
    .describe("A text for each problem, where fields are to blame."),
  error: z.string().describe("The reason phrase of the status."),
});

function success<T extends z.ZodType>(data: T) {
  return z.object({ statusCode: z.literal(200), message: z.string(), data });
}
