import * as z from "zod";
import type { Paths } from "../../src/reference/types.ts";
import { requestSchema } from "./schemas.ts";

const refused = z.object({ error: z.string(), error_description: z.string().optional() });

/** Where a mail provider tells what became of letters. */
export const mailEventPaths: Paths = {
  "/mail/events": {
    post: {
      operationId: "mail.events",
      summary: "Be told of letters that came back",
      description:
        "For Resend, which signs what it tells (Standard Webhooks, with Svix's names of headers). An address whose letter came back for good, or was reported as spam, is sent nothing for a while. Nothing is taken without a signature of the last five minutes.",
      tags: ["Mail"],
      security: [],
      parameters: ["svix-id", "svix-timestamp", "svix-signature"].map((name) => ({
        name,
        in: "header" as const,
        required: true,
        schema: { type: "string" },
      })),
      requestBody: {
        required: true,
        content: {
          "application/json": {
            schema: { type: "object" },
            example: {
              type: "email.bounced",
              created_at: "2026-11-29T09:00:00.000Z",
              data: {
                to: ["ada@example.com"],
                tags: { latchkey_tenant: "00000000-0000-7000-8000-000000000000" },
                bounce: { type: "Permanent", subType: "General" },
              },
            },
          },
        },
      },
      responses: {
        204: { description: "It was taken, or is nothing to act on." },
        400: answer("It is signed, and no JSON object.", "invalid_request"),
        401: answer("It is not signed, or was at another time.", "invalid_signature"),
        413: answer("It is larger than 64 KiB.", "body_too_large"),
        503: {
          ...answer("A store does not answer: tell it again.", "temporarily_unavailable"),
          headers: { "retry-after": { $ref: "#/components/headers/retry-after" } },
        },
      },
    },
  },
};

function answer(description: string, error: string) {
  return {
    description,
    content: { "application/json": { schema: requestSchema(refused), example: { error } } },
  };
}
