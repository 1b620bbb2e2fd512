import { planpoint as surface } from "../../src/surfaces/planpoint/contract.ts";
import { planpoint } from "./flows/planpoint.ts";
import { contractSurvives } from "./support/contract-survives.ts";

contractSurvives(surface, planpoint);
