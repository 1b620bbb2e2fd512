import { describe, expect, it } from "vitest";
import { insertSuperadmin } from "../../../scripts/insert-superadmin.ts";
import { executeAll } from "../../support/imports.ts";
import { somebody } from "../../support/people.ts";
import { countRows } from "../../support/rows.ts";
import { closeRegistration, emptiedDefaultTenant, newTenant } from "../../support/tenants.ts";
import {
  A_TOKEN,
  AN_ID,
  invalid,
  PASSWORD,
  refusal,
  SET_UP_ALREADY,
  seen,
  success,
  TOO_COMMON,
} from "./answers.ts";
import {
  BASES,
  codeMember,
  type Launcher,
  launcherAt,
  logIn,
  ROBIN,
  superadmin,
} from "./launcher.ts";

/** As a deployment leaves it before there is an account. */
async function closedDefaultTenant() {
  await closeRegistration();
  return emptiedDefaultTenant();
}

const setUp = ({ ask }: Launcher, body: object) => ask("POST /auth/register", { body });

describe("GET /api/v1/auth/setup-status", () => {
  it.each(BASES)("tells under $base whether there is a first account", async ({ open }) => {
    const launcher = await open();
    const status = async () => seen(await launcher.ask("GET /auth/setup-status"));

    expect(await status()).toEqual(success(200, { setup_complete: false }));
    await superadmin(launcher);
    expect(await status()).toEqual(success(200, { setup_complete: true }));
  });
});

describe("POST /api/v1/auth/register", () => {
  it.each(BASES)("makes the superadmin under $base and signs them in", async ({ open }) => {
    const launcher = await open();
    const { email } = somebody();

    const answer = await setUp(launcher, { email: ` ${email}`, password: PASSWORD, ...ROBIN });

    expect(seen(answer)).toEqual(
      success(201, {
        token: A_TOKEN,
        user: { id: AN_ID, email, ...ROBIN, role: "superadmin" },
      }),
    );
    const { token } = answer.body.data;
    expect((await launcher.ask("GET /auth/me", { bearer: token })).status).toBe(200);
    expect((await logIn(launcher, { email, password: PASSWORD })).status).toBe(200);
    expect(launcher.service.orders.map(({ kind }) => kind)).toEqual(["verify-email"]);
  });

  it.each(BASES)("is closed under $base once there is an account", async ({ open }) => {
    const launcher = await open();
    const { email, password } = await superadmin(launcher);

    for (const body of [{ email, password }, somebody()]) {
      expect(seen(await setUp(launcher, { ...body, ...ROBIN }))).toEqual(SET_UP_ALREADY);
    }
  });

  it("is closed too where the first account was made by a code", async () => {
    const launcher = await BASES[1].open();
    await codeMember(launcher);

    expect(seen(await setUp(launcher, { ...somebody(), ...ROBIN }))).toEqual(SET_UP_ALREADY);
  });

  it.each([
    { base: "/api/v1", closed: closedDefaultTenant },
    { base: "/:tenant/api/v1", closed: () => newTenant({ selfRegistration: false }) },
  ])(
    "makes nobody superadmin of a closed tenant under $base: an operator does",
    async ({ closed }) => {
      const launcher = launcherAt(await closed());
      const person = { ...somebody(), ...ROBIN };

      expect(seen(await setUp(launcher, person))).toEqual(
        refusal(403, "FORBIDDEN", "Registration is closed. Ask an administrator for an account."),
      );
      expect(await countRows("accounts", "tenant_id = ?", launcher.tenantId)).toBe(0);
      expect(seen(await launcher.ask("GET /auth/setup-status"))).toEqual(
        success(200, { setup_complete: true }),
      );

      const superadmin = {
        tenantSlug: launcher.slug ?? "default",
        ...{ email: person.email, passwordHash: null },
      };
      await executeAll(Object.values(insertSuperadmin(superadmin)));
      expect(seen(await setUp(launcher, { ...somebody(), ...ROBIN }))).toEqual(SET_UP_ALREADY);
    },
  );

  it("refuses what is easy to guess, and names the field that is wrong", async () => {
    const launcher = await BASES[1].open();
    const good = { email: somebody().email, password: PASSWORD, ...ROBIN };
    const answer = async (change: object) => seen(await setUp(launcher, { ...good, ...change }));

    expect(await answer({ password: "password" })).toEqual(invalid(`password ${TOO_COMMON}`));
    expect(await answer({ password: "robin-example" })).toEqual(
      invalid("password is made of your own name or address; choose another"),
    );
    expect(await answer({ email: "robin" })).toEqual(invalid("email must be an e-mail address"));
    expect(await answer({ last_name: 7 })).toEqual(invalid("last_name must be a text"));
    expect(await answer({ email: undefined, first_name: undefined })).toEqual(
      invalid("email is required; first_name is required"),
    );
    expect(await answer({})).toMatchObject({ status: 201 });
  });
});
