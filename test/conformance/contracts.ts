import type { Contract } from "./driver.ts";
import { planasonix } from "./drivers/planasonix.ts";

/** Every contract the service speaks, for the stories to be told through. */
export const contracts: readonly Contract[] = [planasonix];
