import { admin } from "./admin/contract.ts";
import { credebl } from "./credebl/contract.ts";
import { lnchr } from "./lnchr/contract.ts";
import { pionne } from "./pionne/contract.ts";
import { planasonix } from "./planasonix/contract.ts";
import { planpoint } from "./planpoint/contract.ts";
import type { Surface } from "./surface.ts";

/** Every wire contract the service speaks. */
export const surfaces: readonly Surface[] = [planasonix, lnchr, credebl, pionne, planpoint];

/** The same and the service's own admin API: all that is told in tables. */
export const tables: readonly Surface[] = [...surfaces, admin];
