import { admin as contract } from "../../src/surfaces/admin/contract.ts";
import { admin } from "./flows/admin.ts";
import { contractSurvives } from "./support/contract-survives.ts";

contractSurvives(contract, admin);
