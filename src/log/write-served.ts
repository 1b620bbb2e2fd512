import { write } from "./write.ts";

/** Writes the line of something that was served: what went well, only as often as is set. */
export function writeServed(fields: object, wentWell: boolean, oneIn: number): void {
  if (!wentWell || oneIn === 1) {
    write("info", fields);
  } else if (Math.random() * oneIn < 1) {
    write("info", { ...fields, one_in: oneIn });
  }
}
