import { isResource } from "../../src/core/admin/client-rules.ts";
import { Problem } from "../problem.ts";

/** An API as its tokens name it: an absolute URI without a fragment. RFC 8707 §2. */
export function readResource(given: string): string {
  if (!isResource(given)) {
    throw new Problem(
      `${JSON.stringify(given)} is not a resource.`,
      "Give an absolute URI without a fragment, such as https://api.example.com or urn:example:api",
    );
  }
  return given;
}
