import { credebl } from "./credebl/contract.ts";
import { lnchr } from "./lnchr/contract.ts";
import { pionne } from "./pionne/contract.ts";
import { planasonix } from "./planasonix/contract.ts";
import { planpoint } from "./planpoint/contract.ts";
import type { Surface } from "./surface.ts";

/** Every wire contract the service speaks. */
export const surfaces: readonly Surface[] = [planasonix, lnchr, credebl, pionne, planpoint];
