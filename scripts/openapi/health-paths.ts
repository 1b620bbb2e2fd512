import * as z from "zod";
import type { DocumentedOperation, Paths, Response } from "../../src/reference/types.ts";
import { requestSchema } from "./schemas.ts";

const up = z.object({ status: z.literal("ok") });
const down = z.object({ status: z.literal("unavailable"), failing: z.array(z.string()) });

/** Where a load balancer looks. */
export const healthPaths: Paths = {
  "/health": {
    get: operation("health", "Tell that the Worker runs", {
      200: answer("It runs.", up, { status: "ok" }),
    }),
  },
  "/health/ready": {
    get: operation("ready", "Tell whether everything it depends on runs", {
      200: answer("All of it runs.", up, { status: "ok" }),
      503: {
        ...answer("What does not is named.", down, { status: "unavailable", failing: ["d1"] }),
        headers: { "retry-after": { $ref: "#/components/headers/retry-after" } },
      },
    }),
  },
};

function operation(
  id: string,
  summary: string,
  responses: DocumentedOperation["responses"],
): DocumentedOperation {
  return { operationId: `health.${id}`, summary, tags: ["Health"], security: [], responses };
}

function answer(description: string, shape: z.ZodType, example: object): Response {
  return {
    description,
    content: { "application/json": { schema: requestSchema(shape), example } },
  };
}
