import { z } from "zod";

export const message = z.object({ success: z.literal(true), message: z.string() });

export const tokens = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresIn: z.number(),
});
export type Tokens = z.output<typeof tokens>;

export const deviceGrant = z.object({
  deviceCode: z.string(),
  userCode: z.string(),
  verificationUri: z.string(),
  verificationUriComplete: z.string(),
  expiresIn: z.number(),
  interval: z.number(),
});
export type DeviceGrant = z.output<typeof deviceGrant>;

export const mailbox = z.object({
  messages: z.array(z.object({ subject: z.string(), text: z.string() })),
});

export const refusal = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
