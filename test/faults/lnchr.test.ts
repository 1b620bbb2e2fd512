import { lnchr as surface } from "../../src/surfaces/lnchr/contract.ts";
import { lnchr } from "./flows/lnchr.ts";
import { contractSurvives } from "./support/contract-survives.ts";

contractSurvives(surface, lnchr);
