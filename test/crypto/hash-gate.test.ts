import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Unavailable } from "../../src/core/unavailable.ts";
import { createHashGate } from "../../src/crypto/hash-gate.ts";

type Gate = ReturnType<typeof createHashGate>;

const QUEUE_LENGTH = 32;
/** Long enough for every waiting request to have looked at the queue several times. */
const A_FEW_LOOKS_MS = 40;

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2030-01-01") }));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const aFewLooks = () => scheduler.wait(A_FEW_LOOKS_MS);

/** Lets time go by while everyone who waits keeps looking. */
async function pass(seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 0.25) {
    vi.setSystemTime(Date.now() + 250);
    await aFewLooks();
  }
}

/** Somebody who holds the place until told, and tells that they are still here when asked to. */
function holder(gate: Gate) {
  const { promise: until, resolve: leave, reject: fail } = Promise.withResolvers<void>();
  let stillHere = () => {};
  const done = gate.enter(async (here) => {
    stillHere = here;
    await until;
  });
  return { done, leave, fail, stillHere: () => stillHere() };
}

/** Somebody whose client hung up while they held the place. */
function gone(gate: Gate): void {
  void gate.enter(() => new Promise<never>(() => {}));
}

/** Who got in, in that order. */
function visitors(gate: Gate) {
  const entered: string[] = [];
  const enter = (name: string) =>
    gate.enter(async () => {
      entered.push(name);
    });
  return { entered, enter };
}

describe("REL-05: the hash gate", () => {
  it("gives back what the work gives", async () => {
    expect(await createHashGate().enter(async () => "a hash")).toBe("a hash");
  });

  it("lets one in at a time, in order of arrival", async () => {
    const gate = createHashGate();
    const entered: number[] = [];
    let inside = 0;
    let mostInside = 0;
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        gate.enter(async () => {
          mostInside = Math.max(mostInside, ++inside);
          entered.push(i);
          await scheduler.wait(i % 3);
          inside--;
        }),
      ),
    );
    expect(mostInside).toBe(1);
    expect(entered).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });

  it("holds back who comes while somebody is inside", async () => {
    const gate = createHashGate();
    const first = holder(gate);
    const { entered, enter } = visitors(gate);
    const second = enter("second");
    await aFewLooks();
    expect(entered).toEqual([]);
    first.leave();
    await second;
    expect(entered).toEqual(["second"]);
  });

  it("is every instance's own", async () => {
    const first = holder(createHashGate());
    await createHashGate().enter(async () => {});
    first.leave();
    await first.done;
  });

  it("gives the place on when the work fails, and passes the error to who asked for it", async () => {
    const gate = createHashGate();
    const failing = holder(gate);
    const { entered, enter } = visitors(gate);
    const second = enter("second");
    failing.fail(new Error("no more bits"));
    await expect(failing.done).rejects.toThrow("no more bits");
    await second;
    expect(entered).toEqual(["second"]);
  });

  it("gives the place on when the work throws before it begins to wait", async () => {
    const gate = createHashGate();
    const failing = gate.enter(() => {
      throw new Error("at once");
    });
    await expect(failing).rejects.toThrow("at once");
    await gate.enter(async () => {});
  });
});

describe("REL-05: a full queue", () => {
  it("lets 32 wait and turns away the next with a time to come back", async () => {
    const gate = createHashGate();
    const first = holder(gate);
    const { entered, enter } = visitors(gate);
    const waiting = Array.from({ length: QUEUE_LENGTH }, (_, i) => enter(`${i}`));

    const refused = await enter("one too many").catch((error: unknown) => error);

    expect(refused).toBeInstanceOf(Unavailable);
    expect(refused).toMatchObject({ part: "password hashing", retryAfterSeconds: 5 });
    first.leave();
    await Promise.all(waiting);
    expect(entered).toEqual(Array.from({ length: QUEUE_LENGTH }, (_, i) => `${i}`));
  });

  it("takes somebody again as soon as a place is free", async () => {
    const gate = createHashGate();
    const first = holder(gate);
    const { entered, enter } = visitors(gate);
    const waiting = Array.from({ length: QUEUE_LENGTH }, () => enter("waiting"));
    await expect(enter("too early")).rejects.toBeInstanceOf(Unavailable);
    first.leave();
    await first.done;
    waiting.push(enter("in time"));
    await Promise.all(waiting);
    expect(entered.at(-1)).toBe("in time");
    expect(entered).not.toContain("too early");
  });
});

describe("a request that was cut off", () => {
  it("keeps its place for a second, then the next takes it", async () => {
    const gate = createHashGate();
    gone(gate);
    const { entered, enter } = visitors(gate);
    const next = enter("next");

    vi.setSystemTime(Date.now() + 999);
    await aFewLooks();
    expect(entered).toEqual([]);

    vi.setSystemTime(Date.now() + 1);
    await next;
    expect(entered).toEqual(["next"]);
  });

  it("is told apart from one that works long and says that it is still here", async () => {
    const gate = createHashGate();
    const slow = holder(gate);
    const { entered, enter } = visitors(gate);
    const next = enter("next");
    for (let call = 0; call < 6; call++) {
      await pass(0.75);
      slow.stillHere();
    }
    expect(entered).toEqual([]);
    slow.leave();
    await next;
    expect(entered).toEqual(["next"]);
  });

  it("gives its place to one of those who wait, the others keep their order", async () => {
    const gate = createHashGate();
    gone(gate);
    const { entered, enter } = visitors(gate);
    const waiting = ["second", "third", "fourth"].map(enter);
    await pass(1.25);
    await Promise.all(waiting);
    expect(entered).toEqual(["second", "third", "fourth"]);
  });

  it("is passed over when it was cut off while it waited", async () => {
    const gate = createHashGate();
    const first = holder(gate);
    const { entered, enter } = visitors(gate);
    const wait = vi.spyOn(scheduler, "wait").mockReturnValueOnce(new Promise<never>(() => {}));
    void enter("cut off");
    wait.mockRestore();
    const third = enter("third");
    await pass(1.25);
    first.leave();
    await third;
    expect(entered).toEqual(["third"]);
  });

  it("leaves nobody turned away for good: a queue full of them is empty a second later", async () => {
    const gate = createHashGate();
    gone(gate);
    vi.spyOn(scheduler, "wait").mockReturnValue(new Promise<never>(() => {}));
    const { entered, enter } = visitors(gate);
    for (let i = 0; i < QUEUE_LENGTH; i++) {
      void enter("cut off");
    }
    await expect(enter("too early")).rejects.toBeInstanceOf(Unavailable);
    vi.restoreAllMocks();

    vi.setSystemTime(Date.now() + 1_000);
    await enter("in time");
    expect(entered).toEqual(["in time"]);
  });

  it("that comes back after all does not let two more in", async () => {
    const gate = createHashGate();
    const paused = holder(gate);
    const second = { entered: Promise.withResolvers<void>(), leave: Promise.withResolvers<void>() };
    const secondDone = gate.enter(async () => {
      second.entered.resolve();
      await second.leave.promise;
    });
    await pass(1.25);
    await second.entered.promise;
    const { entered, enter } = visitors(gate);
    const third = enter("third");

    paused.leave();
    await paused.done;
    await aFewLooks();
    expect(entered).toEqual([]);

    second.leave.resolve();
    await Promise.all([secondDone, third]);
    expect(entered).toEqual(["third"]);
  });
});

describe("an isolate that stood still", () => {
  it("drops nobody who still waits: each gets in when it goes on", async () => {
    const gate = createHashGate();
    gone(gate);
    const { entered, enter } = visitors(gate);
    const waiting = ["second", "third", "fourth"].map(enter);
    await aFewLooks();

    vi.setSystemTime(Date.now() + 10_000);
    await Promise.race([Promise.all(waiting), scheduler.wait(10_000)]);

    // Whoever still waits is ended here, so that nobody goes on looking after the test.
    const settled = Promise.allSettled(waiting);
    vi.spyOn(scheduler, "wait").mockRejectedValue(new Error("the test is over"));
    await settled;
    expect(entered.sort()).toEqual(["fourth", "second", "third"]);
  });
});
