import { betterAuth } from "better-auth";
import { authOptions, type Bindings } from "./options.ts";

const create = (env: Bindings) => betterAuth(authOptions(env));

let auth: ReturnType<typeof create> | undefined;

export default {
  fetch(request, env) {
    auth ??= create(env);
    return auth.handler(request);
  },
} satisfies ExportedHandler<Bindings>;
