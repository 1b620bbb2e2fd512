import { pionne as surface } from "../../src/surfaces/pionne/contract.ts";
import { pionne } from "./flows/pionne.ts";
import { contractSurvives } from "./support/contract-survives.ts";

contractSurvives(surface, pionne);
