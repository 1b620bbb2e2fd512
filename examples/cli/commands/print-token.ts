import type { Order } from "../order.ts";
import { openKeptClient } from "../sign-in/open-kept-client.ts";
import type { Surroundings } from "../surroundings.ts";

/** Prints an access token and nothing else, for scripts. */
export async function printToken(order: Order, surroundings: Surroundings): Promise<void> {
  const { accessToken } = await openKeptClient(order, surroundings);
  surroundings.out.write(`${accessToken}\n`);
}
