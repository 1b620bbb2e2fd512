import { credebl as surface } from "../../src/surfaces/credebl/contract.ts";
import { credebl } from "./flows/credebl.ts";
import { contractSurvives } from "./support/contract-survives.ts";

contractSurvives(surface, credebl);
