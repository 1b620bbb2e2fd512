import type { Order } from "../order.ts";
import type { Surroundings } from "../surroundings.ts";
import { freshTokens } from "../tokens/fresh-tokens.ts";

/** Prints an access token and nothing else, for scripts. */
export async function printToken(order: Order, surroundings: Surroundings): Promise<void> {
  const { accessToken } = await freshTokens(order, surroundings);
  surroundings.out.write(`${accessToken}\n`);
}
