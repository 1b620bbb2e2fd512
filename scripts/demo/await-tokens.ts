import { Problem } from "../problem.ts";
import { type Answer, ask, type Walk } from "./ask.ts";
import { countDown } from "./count-down.ts";
import { nextPace, type Pace } from "./poll-pace.ts";
import { type DeviceGrant, refusal, type Tokens, tokens } from "./replies.ts";
import { shortened } from "./shortened.ts";
import { step } from "./step.ts";
import { televisionId } from "./television.ts";

/**
 * Polls at the announced pace until there are tokens, the person denies or the code expires. Calls
 * `beforeNextPoll` with the number of polls so far.
 */
export async function awaitTokens(
  walk: Walk,
  grant: DeviceGrant,
  beforeNextPoll: (polls: number) => Promise<void>,
): Promise<Tokens> {
  const validUntil = performance.now() + grant.expiresIn * 1_000;
  let pace: Pace = { intervalSeconds: grant.interval, waitSeconds: 0, failures: 0, said: "" };
  for (let polls = 1; ; polls += 1) {
    const answer = await poll(walk, grant);
    if (answer?.status === 200) {
      const received = tokens.parse(answer.body);
      step("The TV received its tokens", answer, `access ${shortened(received.accessToken)}`);
      return received;
    }
    const next = nextPace(pace, answer);
    if (!next || performance.now() > validUntil) {
      throw ended(answer);
    }
    pace = next;
    await countDown(`poll ${polls}: ${pace.said}`, pace.waitSeconds, validUntil, walk.stop);
    await beforeNextPoll(polls);
  }
}

/** Null when no answer came: a device backs off and asks again. */
async function poll(walk: Walk, grant: DeviceGrant): Promise<Answer | null> {
  const body = { deviceCode: grant.deviceCode, clientId: televisionId };
  try {
    return await ask(walk, { method: "POST", path: "/api/v2/auth/device/token", body });
  } catch {
    walk.stop.throwIfAborted();
    return null;
  }
}

function ended(answer: Answer | null): Problem {
  const refused = refusal.safeParse(answer?.body).data?.error;
  if (refused?.code === "access_denied") {
    return new Problem(
      "The TV was denied: access_denied.",
      "To see it signed in, run the demo again and approve.",
    );
  }
  return new Problem(
    `The TV got no tokens: ${refused ? `${refused.code}, ${refused.message}` : "its code expired."}`,
    "A code can be approved once and until it expires: run the demo again for a new one.",
  );
}
