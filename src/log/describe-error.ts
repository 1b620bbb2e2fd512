/**
 * Error names, messages and stacks down the chain of causes. A database error repeats its statement
 * and parameters, so only its innermost message is kept.
 */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) {
    return { message: "not an Error" };
  }
  const isQuery = error.name === "DrizzleQueryError" || error.message.startsWith("Failed query");
  return {
    name: error.name,
    message: isQuery ? "query failed" : error.message,
    ...(isQuery || !error.stack ? {} : { stack: error.stack.split("\n").slice(1, 6) }),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}
