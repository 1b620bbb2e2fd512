import { planasonix as surface } from "../../src/surfaces/planasonix/contract.ts";
import { planasonix } from "./flows/planasonix.ts";
import { contractSurvives } from "./support/contract-survives.ts";

contractSurvives(surface, planasonix);
