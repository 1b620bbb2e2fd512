import type { CountedService } from "./counted-service.ts";
import type { Flow } from "./flow.ts";
import {
  join,
  mailedToken,
  OWN_FORM,
  type Person,
  signIn,
  signInOnPage,
  somebody,
  turnOnSecondFactor,
} from "./latchkey-person.ts";

/** What people do with their accounts. */
export function accountFlows(service: CountedService, person: Person, bearer: string): Flow[] {
  return [
    {
      id: "signUp",
      name: "sign-up, address confirmed by mail",
      prepare: async () => () => join(service, somebody()),
    },
    {
      id: "signIn",
      name: "sign-in with a password",
      prepare: async () => () => signIn(service, person),
    },
    {
      id: "signInSecondFactor",
      name: "sign-in with password and second factor",
      isDear: true,
      prepare: () => withSecondFactor(service),
    },
    {
      id: "signInMailedCode",
      name: "sign-in with a mailed code",
      isDear: true,
      prepare: () => withMailedCode(service),
    },
    { id: "refresh", name: "refresh", isDear: true, prepare: () => refreshing(service, person) },
    {
      id: "me",
      name: "authenticated read (profile)",
      prepare: async () => () => service.ask("/api/user/profile", { bearer }),
    },
    {
      id: "signOut",
      name: "sign-out",
      isDear: true,
      prepare: async () => {
        const { accessToken } = await signIn(service, person);
        return () => service.ask("/auth/signout", { bearer: accessToken, json: {} });
      },
    },
    {
      id: "forgotReset",
      name: "forgotten password: link mailed, new one set",
      isDear: true,
      prepare: () => forgetting(service),
    },
    {
      id: "accountPage",
      name: "account page",
      isDear: true,
      prepare: async () => {
        const cookie = await signInOnPage(service, await join(service));
        return () => service.ask("/account", { headers: { ...OWN_FORM, cookie } });
      },
    },
  ];
}

async function withSecondFactor(service: CountedService) {
  const person = await join(service);
  const app = await turnOnSecondFactor(service, person);
  return async () => {
    const { body } = await service.ask<{ mfaToken: string }>("/api/login", { json: person });
    await service.ask("/api/login/mfa", {
      json: { mfaToken: body.mfaToken, code: app.generate() },
    });
  };
}

async function withMailedCode(service: CountedService) {
  const { email } = await join(service);
  return async () => {
    await service.ask("/api/v1/auth/send-code", { json: { email } });
    const { text } = await service.order<{ text: string }>("letter", {
      to: email,
      subject: "code",
    });
    const code = text.match(/\b\d{3} ?\d{3}\b/)?.[0].replace(" ", "");
    await service.ask("/api/v1/auth/verify-code", { json: { email, code } });
  };
}

async function refreshing(service: CountedService, person: Person) {
  const { refreshToken } = await signIn(service, person);
  return () => service.ask("/api/auth/refresh", { json: { refreshToken } });
}

async function forgetting(service: CountedService) {
  const { email } = await join(service);
  return async () => {
    await service.ask("/api/forgot-password", { json: { email } });
    const token = await mailedToken(service, email, "password");
    await service.ask("/api/reset-password", { json: { token, password: somebody().password } });
  };
}
