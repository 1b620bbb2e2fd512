import { FLOOR_ROWS } from "../../floor/rows.ts";
import { type Ask, type Contender, expectAnswer } from "../load/contender.ts";
import type { Facts } from "../load/sender.ts";
import { getWithBearer } from "./json.ts";
import { endless, paced } from "./supplies.ts";

const get = (path: string): Ask => ({ method: "GET", path, headers: {} });

function route(ask: (number: number) => Ask, words: string): Contender<number> {
  return {
    prepare: endless(),
    ask,
    read(answer, number) {
      expectAnswer(answer, 200, words);
      return number;
    },
  };
}

export const emptyRoute = () => route(() => get("/empty"), '"done":true');

export const jwtVerify = ({ floorToken }: Facts) =>
  route(() => getWithBearer("/jwt", floorToken), '"subject":"');

export const d1Read = () =>
  route((number) => get(`/d1-read/${number % FLOOR_ROWS}`), '"row":{"id"');

export const d1Write = () =>
  route((number) => get(`/d1-write/${number % FLOOR_ROWS}`), '"row":{"number"');

/** A call to another Worker, which answers what never changes. */
export const serviceBinding = () => route(() => get("/binding"), '"subject":"');

let objects = 0;

/** Each time another object, which is made by it, as a device grant is. */
export const durableObjectWrite = () =>
  route(() => {
    objects += 1;
    return get(`/object-write/${objects}`);
  }, '"written":true');

export const hash = () => route(() => get("/hash"), '"hash":"');

/** As many objects as there are devices that poll, and as wide awake. */
export function durableObject(): Contender<number> {
  const { ask, read } = route((number) => get(`/object/${number}`), '"calls":');
  return {
    prepare: paced({
      make: async (_send, number) => number,
      use: async (send, number) => {
        read(await send(ask(number)), number);
      },
    }),
    ask,
    read(answer, number) {
      read(answer, number);
      return null;
    },
  };
}
