import { expect, it } from "vitest";
import { countCalls } from "../support/count-calls.ts";
import { logLines } from "../support/log-lines.ts";
import { signedIn } from "../support/people.ts";
import { startPostOffice } from "../support/post-office.ts";
import { newTenant } from "../support/tenants.ts";
import { launcherAt, superadmin } from "../surfaces/lnchr/launcher.ts";
import { startPionne } from "../surfaces/pionne/pionne.ts";
import { auth, failureOf } from "./entrypoint.ts";

const UNKNOWN = "No tenant has the slug that `props.tenant` of this service binding names.";

it("a binding that names a tenant takes the tokens of that one, and of no other", async () => {
  const launcher = launcherAt(await newTenant());
  const tenant = launcher.slug ?? "";
  const { token } = await superadmin(launcher);
  const { accessToken } = await signedIn(startPostOffice());

  expect(await auth({ tenant }).verify(token)).toMatchObject({ tenantId: launcher.tenantId });
  expect(await auth({ tenant }).verify(accessToken)).toBeNull();
  expect(await auth({ tenant }).introspect(accessToken)).toEqual({ active: false });
  const { token: numbered } = await startPionne().registered();
  expect(await auth().verify(numbered)).not.toBeNull();
  expect(await auth({ tenant }).verify(numbered)).toBeNull();
  expect(await auth().verify(token)).toBeNull();
  expect(await auth().introspect(token)).toEqual({ active: false });
});

it("a binding that names none, or the default one, takes the tokens of the default tenant", async () => {
  const { accessToken } = await signedIn(startPostOffice());

  for (const binding of [auth(), auth({}), auth({ tenant: "default" })]) {
    expect(await binding.verify(accessToken)).not.toBeNull();
  }
});

it.each(["nowhere", "", "api", "x".repeat(1000), "../default", "DEFAULT"])(
  "a binding that names the tenant %j, which there is not, is told so",
  async (tenant) => {
    const log = logLines();
    const { accessToken } = await signedIn(startPostOffice());

    const binding = auth({ tenant });
    const failures = [
      await failureOf(() => binding.verify(accessToken)),
      await failureOf(() => binding.introspect(accessToken)),
      await failureOf(() => binding.verifyKey("x")),
    ];

    expect(failures.map(({ message }) => message)).toEqual([UNKNOWN, UNKNOWN, UNKNOWN]);
    expect(log.text()).toContain('"name":"UnknownTenant"');
  },
);

it.each([null, 5, ["default"], { slug: "default" }])(
  "a binding whose tenant is no text (%j) is not given the default one",
  async (tenant) => {
    logLines();
    const binding = auth({ tenant } as unknown as { tenant: string });

    expect(await failureOf(() => binding.verify("x"))).toMatchObject({ message: UNKNOWN });
  },
);

it("a tenant's name is looked up once for many calls: they share what the isolate remembers", async () => {
  const launcher = launcherAt(await newTenant());
  const { token } = await superadmin(launcher);
  const binding = auth({ tenant: launcher.slug ?? "" });
  await binding.verify(token);

  expect(await countCalls(() => binding.verify(token))).toMatchObject({ d1: 1 });
});
