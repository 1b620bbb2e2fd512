import type { DeviceGrant, GrantState } from "../../core/device/device-grant.ts";

/** What an object keeps of its grant. Every write is one that a person or a redeem asked for. */
export class DeviceRecord {
  readonly #kv: SyncKvStorage;

  constructor(kv: SyncKvStorage) {
    this.#kv = kv;
  }

  grant(): DeviceGrant | undefined {
    return this.#kv.get<DeviceGrant>("grant");
  }

  state(): GrantState {
    return this.#kv.get<GrantState>("state") ?? { is: "pending" };
  }

  begin(grant: DeviceGrant): void {
    this.#kv.put("grant", grant);
    // Of a grant before it, under the same code. A pending one needs none.
    this.#kv.delete("state");
  }

  become(state: GrantState): void {
    this.#kv.put("state", state);
  }
}
