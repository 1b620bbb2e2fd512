import { planasonix } from "./planasonix/contract.ts";
import type { Surface } from "./surface.ts";

/** Every wire contract the service speaks. */
export const surfaces: readonly Surface[] = [planasonix];
