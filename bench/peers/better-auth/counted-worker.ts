import { betterAuth } from "better-auth";
import { counted } from "../../cost/worker/counted.ts";
import { type CountedBindings, countedOptions } from "./counted-options.ts";

const create = (env: CountedBindings) => betterAuth(countedOptions(env));

let auth: ReturnType<typeof create> | undefined;

export default counted(
  {
    fetch(request, env) {
      auth ??= create(env);
      return auth.handler(request);
    },
  },
  {},
);
