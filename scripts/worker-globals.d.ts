/** What the Worker's runtime has beyond browsers: scripts use modules that were written for it. */
interface Scheduler {
  wait(milliseconds: number): Promise<void>;
}

interface SubtleCrypto {
  timingSafeEqual(a: ArrayBufferView, b: ArrayBufferView): boolean;
}
