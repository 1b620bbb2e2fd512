import { ask } from "../ask.ts";
import type { Check } from "../check.ts";
import { isFinding, poll, type Started, said, startDevice } from "../device-client.ts";
import { type Finding, fail, pass, skip } from "../finding.ts";
import type { Patient } from "../patient.ts";
import { CANNOT_SIGN_IN, NO_ACCOUNT, signedIn } from "../signed-in.ts";

/** An approved code buys tokens once, also for two who ask at once; a denied one never. */
export const redeemsOnce: Check = {
  name: "redeem",
  title: "An approved device gets its tokens once, a denied one none",
  async look(patient) {
    const { account } = patient;
    const denied = await startDevice(patient);
    if (isFinding(denied)) {
      return denied;
    }
    if (account?.password == null) {
      return skip(NO_ACCOUNT.saw, NO_ACCOUNT.mend);
    }
    const person = { ...account, password: account.password };
    const finding = await signedIn(patient, person, async (accessToken) => {
      await decide(patient, accessToken, denied, false);
      const approved = await startDevice(patient);
      if (isFinding(approved)) {
        return approved;
      }
      const answer = await decide(patient, accessToken, approved, true);
      return answer.status === 200
        ? redeem(patient, denied, approved)
        : fail(
            `The approval was answered ${answer.status}: ${answer.text.slice(0, 200)}`,
            "Approve one by hand at /device to see why.",
          );
    });
    return finding ?? fail(CANNOT_SIGN_IN.saw, CANNOT_SIGN_IN.mend);
  },
};

function decide(patient: Patient, accessToken: string, { userCode }: Started, approve: boolean) {
  return ask(patient, "/api/v2/auth/device/authorize", {
    json: { userCode, approve },
    headers: { authorization: `Bearer ${accessToken}` },
  });
}

async function redeem(patient: Patient, denied: Started, approved: Started): Promise<Finding> {
  const [no, ...two] = await Promise.all([
    poll(patient, denied.deviceCode),
    poll(patient, approved.deviceCode),
    poll(patient, approved.deviceCode),
  ]);
  const outcomes = [no, ...two].map(said);
  const signedOut = await Promise.all(
    two
      .filter(({ status }) => status === 200)
      .map(({ body }) => revoke(patient, String(body["access_token"]))),
  );
  if (
    outcomes[0] !== "access_denied" ||
    outcomes.slice(1).sort().join() !== "invalid_grant,tokens"
  ) {
    return fail(
      `Denied: ${outcomes[0]}. Approved, redeemed twice at once: ${outcomes.slice(1).join(" and ")}.`,
      "One of the two must get tokens and the other invalid_grant: check the DEVICE_GRANT binding and its migration.",
    );
  }
  return signedOut.every(Boolean)
    ? pass("Two at once: one got tokens, which were revoked again. The denied one got none.")
    : fail(
        "Its tokens were revoked, and still open /oauth/userinfo.",
        "Check that D1 sessions are read from the primary: docs/deploying.md, Where things run.",
      );
}

/** Ends the session, and says whether its token is refused at once. */
async function revoke(patient: Patient, token: string): Promise<boolean> {
  await ask(patient, "/oauth/revoke", { form: { token, client_id: patient.clientId ?? "" } });
  const headers = { authorization: `Bearer ${token}` };
  return (await ask(patient, "/oauth/userinfo", { headers })).status === 401;
}
