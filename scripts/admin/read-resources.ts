import { isResource } from "../../src/core/admin/client-rules.ts";
import { Problem } from "../problem.ts";
import { refuseTooMuch } from "./refuse-too-much.ts";

/** APIs as their tokens name them: absolute URIs without a fragment. RFC 8707 §2. */
export function readResources(given: readonly string[]): string[] {
  refuseTooMuch("resource", given);
  for (const uri of given) {
    if (!isResource(uri)) {
      throw new Problem(
        `${JSON.stringify(uri)} is not a resource.`,
        "Give an absolute URI without a fragment, such as https://api.example.com or urn:example:api",
      );
    }
  }
  return [...given];
}
